package io.fanfare.store.integration;

import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.MerchantId;
import io.fanfare.engine.identity.TenantId;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's wish to be told of events, in one of its revisions.
 *
 * @param merchant only events of this merchant; null for those of all
 * @param campaign only events of this campaign; null for those of all
 * @param statusReason why it is disabled; null in the other states
 * @param revision from 1, one more with each change
 */
public record Integration(
        IntegrationId id,
        TenantId tenant,
        @Nullable MerchantId merchant,
        @Nullable CampaignId campaign,
        IntegrationType type,
        Set<EventType> events,
        WebhookEndpoint endpoint,
        IntegrationStatus status,
        @Nullable String statusReason,
        long revision,
        Instant createdAt) {

    public Integration {
        events = Collections.unmodifiableSet(EnumSet.copyOf(events));
        if (revision < 1) {
            throw new IllegalArgumentException("revision is %d, expected at least 1".formatted(revision));
        }
    }

    public Optional<MerchantId> narrowedToMerchant() {
        return Optional.ofNullable(merchant);
    }

    public Optional<CampaignId> narrowedToCampaign() {
        return Optional.ofNullable(campaign);
    }

    /** Whether it subscribes to events of this type that happen in this scope of its tenant. */
    public boolean wants(EventType type, @Nullable MerchantId ofMerchant, @Nullable CampaignId ofCampaign) {
        return status == IntegrationStatus.ACTIVE
                && events.contains(type)
                && (merchant == null || merchant.equals(ofMerchant))
                && (campaign == null || campaign.equals(ofCampaign));
    }

    /** Whether it was there when something happened: nobody is told of what was before. */
    public boolean existedAt(Instant occurredAt) {
        return !createdAt.isAfter(occurredAt);
    }
}
