package io.fanfare.engine.identity;

/** A player within one tenant. */
public record PlayerId(String value) implements Comparable<PlayerId> {

    public PlayerId {
        OpaqueId.require("player", value);
    }

    @Override
    public int compareTo(PlayerId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
