/** Tests; see the package of the same name. */
@NullMarked
package io.fanfare.store.prize;

import org.jspecify.annotations.NullMarked;
