package io.fanfare.engine.milestone;

import io.fanfare.engine.identity.OpaqueId;

/** A milestone within its game, as the operator calls it: at most {@value #MAX_LENGTH} letters, digits, {@code _ - .}. */
public record MilestoneId(String value) implements Comparable<MilestoneId> {

    /** Short enough that a game and a milestone together are one name in a wallet. */
    public static final int MAX_LENGTH = 60;

    public MilestoneId {
        OpaqueId.require("milestone", value);
        if (value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("milestone is '%s', %d characters, expected at most %d"
                    .formatted(value, value.length(), MAX_LENGTH));
        }
    }

    public static boolean isValid(String value) {
        return OpaqueId.isValid(value) && value.length() <= MAX_LENGTH;
    }

    @Override
    public int compareTo(MilestoneId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
