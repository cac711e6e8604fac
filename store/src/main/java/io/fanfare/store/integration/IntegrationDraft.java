package io.fanfare.store.integration;

import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.MerchantId;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an operator asks for.
 *
 * @param merchant only events of this merchant; null for those of all
 * @param campaign only events of this campaign; null for those of all
 * @param events at least one
 * @param status active or paused
 */
public record IntegrationDraft(
        @Nullable MerchantId merchant,
        @Nullable CampaignId campaign,
        IntegrationType type,
        Set<EventType> events,
        WebhookEndpoint endpoint,
        IntegrationStatus status) {

    public IntegrationDraft {
        if (events.isEmpty()) {
            throw new IllegalArgumentException("events is empty, expected at least one");
        }
        if (status == IntegrationStatus.DISABLED) {
            throw new IllegalArgumentException("status is 'disabled', expected active or paused");
        }
        events = Collections.unmodifiableSet(EnumSet.copyOf(events));
    }
}
