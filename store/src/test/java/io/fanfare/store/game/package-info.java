/** Tests; see the package of the same name. */
@NullMarked
package io.fanfare.store.game;

import org.jspecify.annotations.NullMarked;
