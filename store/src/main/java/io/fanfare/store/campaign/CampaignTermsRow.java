package io.fanfare.store.campaign;

import io.fanfare.engine.campaign.CampaignTerms;
import io.fanfare.engine.campaign.CampaignTerms.Stage;
import io.fanfare.engine.campaign.WalletScope;
import io.fanfare.store.UtcTimes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;

/** What a campaign adds to the rules of a game, read along with the game. */
public final class CampaignTermsRow {

    /** To be selected beside the columns of a game's revision, which is {@code r}. */
    public static final String COLUMNS = """
            terms.status as campaign_status, terms.start_date as campaign_start_date, terms.end_date as campaign_end_date,
            terms.max_plays_per_user as campaign_max_plays_per_user, terms.max_plays_per_day as campaign_max_plays_per_day,
            terms.budget as campaign_budget, terms.schedule as campaign_schedule,
            terms.require_auth as campaign_require_auth, terms.wallet_scope as campaign_wallet_scope
            """;

    /** To be joined to a game's revision, which is {@code r}. */
    public static final String JOIN = """
            left join campaign on campaign.tenant_id = r.tenant_id and campaign.campaign_id = r.campaign_id
            left join campaign_revision terms on terms.tenant_id = campaign.tenant_id
                and terms.campaign_id = campaign.campaign_id and terms.revision = campaign.revision
            """;

    /** To be joined in the same place, for what the campaign said at the time {@code :at}. */
    public static final String JOIN_AT = """
            left join campaign_revision terms on terms.tenant_id = r.tenant_id and terms.campaign_id = r.campaign_id
                and terms.revision = (
                    select max(said.revision) from campaign_revision said
                    where said.tenant_id = r.tenant_id and said.campaign_id = r.campaign_id and said.created_at <= :at)
            """;

    private CampaignTermsRow() {}

    /** {@link CampaignTerms#OPEN} where the game has no campaign, or one that nobody has described. */
    public static CampaignTerms read(ResultSet row) throws SQLException {
        String status = row.getString("campaign_status");
        return status == null
                ? CampaignTerms.OPEN
                : new CampaignTerms(
                        stage(CampaignStatus.ofWord(status).orElseThrow()),
                        UtcTimes.instantOrNull(row.getObject("campaign_start_date", LocalDateTime.class)),
                        UtcTimes.instantOrNull(row.getObject("campaign_end_date", LocalDateTime.class)),
                        ScheduleColumn.read(row.getString("campaign_schedule")),
                        row.getInt("campaign_max_plays_per_user"),
                        row.getInt("campaign_max_plays_per_day"),
                        row.getLong("campaign_budget"),
                        row.getBoolean("campaign_require_auth"),
                        WalletScope.named(row.getString("campaign_wallet_scope"))
                                .orElseThrow());
    }

    private static Stage stage(CampaignStatus status) {
        return switch (status) {
            case DRAFT -> Stage.DRAFT;
            case ACTIVE -> Stage.RUNNING;
            case PAUSED -> Stage.PAUSED;
            case ENDED -> Stage.ENDED;
        };
    }
}
