package io.fanfare.store.integration;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** By which means an integration is told of an event. */
public enum IntegrationType {
    /** A signed POST to an address of the tenant's. */
    WEBHOOK;

    /** As it stands on the wire: {@code webhook}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<IntegrationType> ofWord(String word) {
        return Arrays.stream(values()).filter(type -> type.word().equals(word)).findFirst();
    }
}
