package io.fanfare.store.integration;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an integration can subscribe to. */
public enum EventType {
    PLAY_COMPLETED,
    /** One event for each reward of a play. */
    PRIZE_WON,
    PRIZE_CLAIMED,
    QUEST_COMPLETED,
    LEADERBOARD_FINALIZED;

    /** As it stands on the wire: {@code play_completed}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<EventType> ofWord(String word) {
        return Arrays.stream(values()).filter(type -> type.word().equals(word)).findFirst();
    }
}
