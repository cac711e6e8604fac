package io.fanfare.store.integration;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whether an integration is told of events. Deliveries it is owed already wait until it is active again. */
public enum IntegrationStatus {
    ACTIVE,
    /** Switched off by an operator. */
    PAUSED,
    /** Switched off because the endpoint said that it is gone. */
    DISABLED;

    /** As it stands on the wire: {@code active}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<IntegrationStatus> ofWord(String word) {
        return Arrays.stream(values())
                .filter(status -> status.word().equals(word))
                .findFirst();
    }
}
