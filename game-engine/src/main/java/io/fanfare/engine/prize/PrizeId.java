package io.fanfare.engine.prize;

import io.fanfare.engine.identity.OpaqueId;

/** A prize within one tenant. */
public record PrizeId(String value) implements Comparable<PrizeId> {

    public PrizeId {
        OpaqueId.require("prize", value);
    }

    @Override
    public int compareTo(PrizeId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
