@NullMarked
package io.fanfare.store.granting;

import org.jspecify.annotations.NullMarked;
