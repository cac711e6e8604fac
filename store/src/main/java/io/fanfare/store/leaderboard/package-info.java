/** The leaderboards of a tenant, revision by revision. */
@NullMarked
package io.fanfare.store.leaderboard;

import org.jspecify.annotations.NullMarked;
