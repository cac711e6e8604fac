package io.fanfare.engine.milestone;

import io.fanfare.engine.identity.OpaqueId;

/** A player's request for the prize of a milestone, within one tenant. */
public record RedemptionId(String value) implements Comparable<RedemptionId> {

    public RedemptionId {
        OpaqueId.require("redemption", value);
    }

    @Override
    public int compareTo(RedemptionId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
