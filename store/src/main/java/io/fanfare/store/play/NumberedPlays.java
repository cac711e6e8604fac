package io.fanfare.store.play;

import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.play.PlayId;
import io.fanfare.store.Database;
import io.fanfare.store.UtcTimes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.Optional;

/** Plays as those know them who read their topic. */
public final class NumberedPlays {

    private final Database database;

    public NumberedPlays(Database database) {
        this.database = database;
    }

    /** Empty where the tenant has no such play. */
    public Optional<NumberedPlay> find(TenantId tenant, PlayId id) {
        return database.jdbc()
                .sql("""
                        select p.player_id, p.sequence, p.occurred_at, g.campaign_id
                        from play p
                        join game_revision g
                            on g.tenant_id = p.tenant_id and g.game_id = p.game_id and g.revision = p.game_revision
                        where p.tenant_id = :tenant and p.play_id = :play
                        """)
                .param("tenant", tenant.value())
                .param("play", id.value())
                .query((row, _) -> read(row))
                .optional();
    }

    private static NumberedPlay read(ResultSet row) throws SQLException {
        String campaign = row.getString("campaign_id");
        return new NumberedPlay(
                new PlayerId(row.getString("player_id")),
                row.getLong("sequence"),
                campaign == null ? null : new CampaignId(campaign),
                UtcTimes.instant(row.getObject("occurred_at", LocalDateTime.class)));
    }
}
