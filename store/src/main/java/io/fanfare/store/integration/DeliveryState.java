package io.fanfare.store.integration;

import java.util.Locale;

/**
 * {@code pending → processing → delivered | retrying | dead}; a retrying one is processed again when it is due, and a
 * processing one when its lease has ended.
 */
public enum DeliveryState {
    PENDING,
    PROCESSING,
    RETRYING,
    DELIVERED,
    DEAD;

    /** As it stands in the database and in metrics. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static DeliveryState ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
