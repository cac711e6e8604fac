/** Tests; see the package of the same name. */
@NullMarked
package io.fanfare.store.identity;

import org.jspecify.annotations.NullMarked;
