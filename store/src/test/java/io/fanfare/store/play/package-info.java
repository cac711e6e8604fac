/** Tests; see the package of the same name. */
@NullMarked
package io.fanfare.store.play;

import org.jspecify.annotations.NullMarked;
