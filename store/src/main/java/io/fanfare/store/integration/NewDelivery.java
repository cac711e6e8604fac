package io.fanfare.store.integration;

import io.fanfare.engine.identity.TenantId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event that one endpoint is to be told of.
 *
 * @param eventId the same for every endpoint and every attempt; one row per endpoint and event
 * @param body the JSON text that is sent and signed, byte by byte the same on each attempt
 * @param traceparent of the cause; null where it has none
 */
public record NewDelivery(
        TenantId tenant,
        IntegrationId integration,
        UUID eventId,
        EventType type,
        String body,
        @Nullable String traceparent) {

    private static final int MAX_BODY_LENGTH = 256 * 1024;

    public NewDelivery {
        if (body.length() > MAX_BODY_LENGTH) {
            throw new IllegalArgumentException(
                    "body has %d characters, expected at most %d".formatted(body.length(), MAX_BODY_LENGTH));
        }
    }
}
