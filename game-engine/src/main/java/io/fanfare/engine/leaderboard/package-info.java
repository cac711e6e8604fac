/** Who is ahead: boards, metrics, contributions and ranks. */
@NullMarked
package io.fanfare.engine.leaderboard;

import org.jspecify.annotations.NullMarked;
