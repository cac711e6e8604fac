package io.fanfare.engine.game;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where a game is in its life; only an active one can be played. */
public enum GameStatus {
    DRAFT,
    ACTIVE,
    PAUSED,
    ENDED;

    public static Optional<GameStatus> named(String name) {
        return Arrays.stream(values())
                .filter(status -> status.wireName().equals(name))
                .findFirst();
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
