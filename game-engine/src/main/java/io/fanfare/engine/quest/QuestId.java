package io.fanfare.engine.quest;

import io.fanfare.engine.identity.OpaqueId;

/** A quest within one tenant. */
public record QuestId(String value) implements Comparable<QuestId> {

    public QuestId {
        OpaqueId.require("quest", value);
    }

    @Override
    public int compareTo(QuestId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
