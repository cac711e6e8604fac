package io.fanfare.engine.prize;

import io.fanfare.engine.identity.OpaqueId;

/** Something that a player has earned a prize with outside of a play, within one tenant. */
public record AwardId(String value) implements Comparable<AwardId> {

    public AwardId {
        OpaqueId.require("award", value);
    }

    @Override
    public int compareTo(AwardId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
