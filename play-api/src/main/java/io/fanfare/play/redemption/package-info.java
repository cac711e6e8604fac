/** Milestones of games: what players have reached, and what they redeem. */
@NullMarked
package io.fanfare.play.redemption;

import org.jspecify.annotations.NullMarked;
