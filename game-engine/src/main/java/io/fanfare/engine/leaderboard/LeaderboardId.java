package io.fanfare.engine.leaderboard;

import io.fanfare.engine.identity.OpaqueId;

/** A leaderboard within one tenant. */
public record LeaderboardId(String value) implements Comparable<LeaderboardId> {

    public LeaderboardId {
        OpaqueId.require("leaderboard", value);
    }

    @Override
    public int compareTo(LeaderboardId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
