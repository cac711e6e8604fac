/** Where ids come from. */
@NullMarked
package io.fanfare.store.identity;

import org.jspecify.annotations.NullMarked;
