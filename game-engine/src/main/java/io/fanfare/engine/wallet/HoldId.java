package io.fanfare.engine.wallet;

import io.fanfare.engine.identity.OpaqueId;

/** The identity of a hold, unique within its wallet while it stands. */
public record HoldId(String value) implements Comparable<HoldId> {

    public HoldId {
        OpaqueId.require("hold", value);
    }

    @Override
    public int compareTo(HoldId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
