package io.fanfare.engine.play;

import io.fanfare.engine.identity.OpaqueId;

/** A play that was committed. */
public record PlayId(String value) implements Comparable<PlayId> {

    public PlayId {
        OpaqueId.require("play", value);
    }

    @Override
    public int compareTo(PlayId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
