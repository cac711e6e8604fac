package io.fanfare.engine.play;

import io.fanfare.engine.identity.OpaqueId;

/** One permission to play once, given by a start. */
public record SessionId(String value) implements Comparable<SessionId> {

    public SessionId {
        OpaqueId.require("session", value);
    }

    @Override
    public int compareTo(SessionId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
