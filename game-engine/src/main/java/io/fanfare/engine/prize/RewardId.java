package io.fanfare.engine.prize;

import io.fanfare.engine.identity.OpaqueId;

/** One awarded unit of a prize. */
public record RewardId(String value) implements Comparable<RewardId> {

    public RewardId {
        OpaqueId.require("reward", value);
    }

    @Override
    public int compareTo(RewardId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
