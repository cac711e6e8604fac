/** Prizes, their stock and their codes. */
@NullMarked
package io.fanfare.play.prize;

import org.jspecify.annotations.NullMarked;
