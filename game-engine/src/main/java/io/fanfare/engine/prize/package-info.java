/** Prizes, their stock, and the rewards that players win. */
@NullMarked
package io.fanfare.engine.prize;

import org.jspecify.annotations.NullMarked;
