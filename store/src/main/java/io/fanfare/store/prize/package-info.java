/** Prizes, their stock and codes, and the rewards that players won. */
@NullMarked
package io.fanfare.store.prize;

import org.jspecify.annotations.NullMarked;
