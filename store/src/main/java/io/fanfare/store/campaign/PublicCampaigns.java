package io.fanfare.store.campaign;

import io.fanfare.engine.identity.CampaignId;
import io.fanfare.store.AcrossTenants;
import io.fanfare.store.Database;
import java.util.Optional;

/** Campaigns as anybody may look them up. What is shown of them is up to the edge. */
@AcrossTenants("a public page knows its campaign's id and nothing else; an id belongs to one tenant only")
public final class PublicCampaigns {

    private final Database database;

    public PublicCampaigns(Database database) {
        this.database = database;
    }

    /** The current revision, whosever it is. */
    public Optional<CampaignRecord> find(CampaignId id) {
        return database.jdbc()
                .sql(CampaignRows.SELECT_CURRENT + "where c.campaign_id = :campaign")
                .param("campaign", id.value())
                .query(CampaignRows::read)
                .optional();
    }
}
