/** Leaderboards: what operators configure, and where players stand. */
@NullMarked
package io.fanfare.play.leaderboard;

import org.jspecify.annotations.NullMarked;
