package io.fanfare.engine.game;

import io.fanfare.engine.identity.OpaqueId;

/** A game within one tenant. */
public record GameId(String value) implements Comparable<GameId> {

    public GameId {
        OpaqueId.require("game", value);
    }

    @Override
    public int compareTo(GameId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
