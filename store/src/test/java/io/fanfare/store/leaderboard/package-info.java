/** Tests; see the package of the same name. */
@NullMarked
package io.fanfare.store.leaderboard;

import org.jspecify.annotations.NullMarked;
