package io.fanfare.store.campaign;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.TenantId;
import java.time.Instant;

/**
 * One revision of a campaign, as kept.
 *
 * @param revision from 1; every change makes a new one
 * @param createdAt of the campaign
 * @param updatedAt of this revision
 */
public record CampaignRecord(
        TenantId tenant,
        CampaignId id,
        long revision,
        CampaignDefinition definition,
        Instant createdAt,
        Instant updatedAt) {

    public CampaignRecord {
        requireNonNull(tenant, "tenant");
        requireNonNull(id, "id");
        requireNonNull(definition, "definition");
    }
}
