/** Who is ahead: plays become standings on boards, and questions about them are answered from every slice. */
@NullMarked
package io.fanfare.streams.leaderboard;

import org.jspecify.annotations.NullMarked;
