/** The turns that players have for the games of a campaign. */
@NullMarked
package io.fanfare.play.turn;

import org.jspecify.annotations.NullMarked;
