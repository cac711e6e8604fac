package io.fanfare.store.integration;

import io.fanfare.engine.identity.TenantId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that somebody holds, for as long as the lease lasts.
 *
 * @param attempt the number of the attempt that the lease is for, from 1
 * @param lease names the holder: who comes back with another one, or late, changes nothing
 */
public record LeasedDelivery(
        long deliveryId,
        TenantId tenant,
        IntegrationId integration,
        UUID eventId,
        EventType type,
        String body,
        @Nullable String traceparent,
        int attempt,
        UUID lease) {}
