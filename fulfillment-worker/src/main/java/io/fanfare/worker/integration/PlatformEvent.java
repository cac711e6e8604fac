package io.fanfare.worker.integration;

import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.MerchantId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.store.integration.EventType;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that integrations can be told of.
 *
 * @param id made from what it is about, so that it is the same whenever it is read
 * @param body the JSON text for receivers
 */
record PlatformEvent(
        UUID id,
        EventType type,
        TenantId tenant,
        @Nullable MerchantId merchant,
        @Nullable CampaignId campaign,
        Instant occurredAt,
        String body) {}
