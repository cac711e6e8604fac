package io.fanfare.store.integration;

import io.fanfare.events.IntegrationConfigured;
import org.jspecify.annotations.Nullable;

/**
 * Where revisions of integrations are announced: the outbox. It is called inside of the transaction that makes the revision,
 * on the same thread, and either becomes part of that transaction or throws.
 */
@FunctionalInterface
public interface IntegrationAnnouncement {

    /**
     * Adds the revision to the outbox.
     *
     * @param key of the record on the configuration topic
     * @param traceparent of the request behind the revision; null where there is none
     */
    void announce(String key, IntegrationConfigured revision, @Nullable String traceparent);
}
