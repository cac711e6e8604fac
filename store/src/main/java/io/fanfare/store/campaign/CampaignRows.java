package io.fanfare.store.campaign;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fanfare.engine.campaign.WalletScope;
import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.MerchantId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.quest.QuestId;
import io.fanfare.store.UtcTimes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.function.Function;

/** Campaigns as the tables keep them. A list is a JSON array of texts. */
final class CampaignRows {

    /** Current revisions; to be continued by a condition. */
    static final String SELECT_CURRENT = """
            select r.*, c.created_at as campaign_created_at
            from campaign c
            join campaign_revision r
                on r.tenant_id = c.tenant_id and r.campaign_id = c.campaign_id and r.revision = c.revision
            """;

    /** Every revision; to be continued by a condition. */
    static final String SELECT_ALL = """
            select r.*, c.created_at as campaign_created_at,
                c.deleted_at is not null and r.revision = c.revision as is_deleted
            from campaign c
            join campaign_revision r on r.tenant_id = c.tenant_id and r.campaign_id = c.campaign_id
            """;

    private static final JsonMapper JSON = new JsonMapper();

    private CampaignRows() {}

    static CampaignRecord read(ResultSet row, int number) throws SQLException {
        return new CampaignRecord(
                new TenantId(row.getString("tenant_id")),
                new CampaignId(row.getString("campaign_id")),
                row.getLong("revision"),
                definition(row),
                UtcTimes.instant(row.getObject("campaign_created_at", LocalDateTime.class)),
                UtcTimes.instant(row.getObject("created_at", LocalDateTime.class)));
    }

    private static CampaignDefinition definition(ResultSet row) throws SQLException {
        String merchant = row.getString("merchant_id");
        return new CampaignDefinition(
                merchant == null ? null : new MerchantId(merchant),
                row.getString("name"),
                CampaignStatus.ofWord(row.getString("status")).orElseThrow(),
                UtcTimes.instantOrNull(row.getObject("start_date", LocalDateTime.class)),
                UtcTimes.instantOrNull(row.getObject("end_date", LocalDateTime.class)),
                texts(row.getString("channels"), Function.identity()),
                texts(row.getString("games"), GameId::new),
                texts(row.getString("quests"), QuestId::new),
                settings(row),
                row.getLong("budget"),
                ScheduleColumn.read(row.getString("schedule")));
    }

    private static CampaignSettings settings(ResultSet row) throws SQLException {
        return new CampaignSettings(
                row.getBoolean("require_auth"),
                texts(
                        row.getString("auth_methods"),
                        word -> AuthMethod.ofWord(word).orElseThrow()),
                texts(row.getString("collect_fields"), Function.identity()),
                row.getInt("max_plays_per_user"),
                row.getInt("max_plays_per_day"),
                WalletScope.named(row.getString("wallet_scope")).orElseThrow());
    }

    static <T> String column(List<T> values, Function<T, String> text) {
        try {
            return JSON.writeValueAsString(values.stream().map(text).toList());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a list of texts can always be written", e);
        }
    }

    private static <T> List<T> texts(String column, Function<String, T> value) {
        try {
            return JSON.readValue(column, new TypeReference<List<String>>() {}).stream()
                    .map(value)
                    .toList();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a campaign keeps '%s' as a list of texts".formatted(column), e);
        }
    }
}
