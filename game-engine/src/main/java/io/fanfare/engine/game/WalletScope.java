package io.fanfare.engine.game;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whose wallet a game pays into. */
public enum WalletScope {
    CAMPAIGN,
    MERCHANT,
    TENANT;

    public static Optional<WalletScope> named(String name) {
        return Arrays.stream(values())
                .filter(scope -> scope.wireName().equals(name))
                .findFirst();
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
