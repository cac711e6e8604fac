package io.fanfare.streams.leaderboard;

import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.leaderboard.LeaderboardId;

/** A board across tenants. */
record BoardKey(TenantId tenant, LeaderboardId leaderboard) {

    /** The only window so far. */
    static final String ALL_TIME = "all";

    /** The board as the ranked store knows it; no id holds a slash. */
    String inStore() {
        return tenant + "/" + leaderboard;
    }
}
