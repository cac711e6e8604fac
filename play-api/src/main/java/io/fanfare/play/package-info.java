/** The REST edge for players and operators. */
@NullMarked
package io.fanfare.play;

import org.jspecify.annotations.NullMarked;
