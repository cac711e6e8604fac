package io.fanfare.store.campaign;

import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.quest.QuestId;
import io.fanfare.events.CampaignConfigured;
import io.fanfare.schemas.Topics;
import io.fanfare.store.Database;
import io.fanfare.store.Deletion;
import io.fanfare.store.Page;
import io.fanfare.store.UtcTimes;
import io.fanfare.store.identity.Ids;
import io.fanfare.store.outbox.Outbox;
import io.fanfare.store.outbox.OutboxEvent;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The campaigns of a tenant. A revision is never changed; a change adds one and publishes it. */
public final class Campaigns {

    private final Database database;
    private final Outbox outbox;
    private final Ids ids;
    private final Clock clock;

    public Campaigns(Database database, Outbox outbox, Ids ids, Clock clock) {
        this.database = database;
        this.outbox = outbox;
        this.ids = ids;
        this.clock = clock;
    }

    /** @param traceparent of the request; null where none */
    public CampaignRecord create(TenantId tenant, CampaignDefinition definition, @Nullable String traceparent) {
        Instant now = UtcTimes.toMillis(clock.instant());
        var campaign = new CampaignRecord(tenant, ids.campaign(), 1, definition, now, now);
        return database.inTransaction(() -> {
            database.jdbc()
                    .sql("""
                            insert into campaign (tenant_id, campaign_id, revision, created_at, updated_at)
                            values (:tenant, :campaign, 1, :now, :now)
                            """)
                    .param("tenant", tenant.value())
                    .param("campaign", campaign.id().value())
                    .param("now", UtcTimes.column(now))
                    .update();
            return added(campaign, traceparent);
        });
    }

    /** Replaces what the campaign is by a new revision; empty where the tenant has no such campaign. */
    public Optional<CampaignRecord> replace(
            TenantId tenant, CampaignId id, CampaignDefinition definition, @Nullable String traceparent) {
        Instant now = UtcTimes.toMillis(clock.instant());
        return database.inTransaction(() -> lock(tenant, id)
                .filter(current -> current.deletedAt() == null)
                .map(current ->
                        new CampaignRecord(tenant, id, current.revision() + 1, definition, current.createdAt(), now))
                .map(next -> {
                    point(next);
                    return added(next, traceparent);
                }));
    }

    /**
     * Deletes a campaign that is not active and that no game is played under. Its last revision has ended; what was played in it
     * stays. A campaign that was deleted before is deleted, since then.
     *
     * @param traceparent of the request; null where none
     */
    public Deletion delete(TenantId tenant, CampaignId id, @Nullable String traceparent) {
        Instant now = UtcTimes.toMillis(clock.instant());
        return database.inTransaction(() -> {
            Current current = lock(tenant, id).orElse(null);
            if (current == null) {
                return new Deletion.NotFound();
            }
            if (current.deletedAt() != null) {
                return new Deletion.Deleted(current.deletedAt());
            }
            CampaignRecord last = find(tenant, id).orElseThrow();
            if (last.definition().status() == CampaignStatus.ACTIVE) {
                return new Deletion.Active();
            }
            List<String> games = gamesOf(tenant, id);
            if (!games.isEmpty()) {
                return new Deletion.InUse(games);
            }
            var end = new CampaignRecord(
                    tenant, id, last.revision() + 1, last.definition().ended(), last.createdAt(), now);
            point(end);
            markDeleted(end);
            insertRevision(end);
            outbox.write(fact(end, true, traceparent));
            return new Deletion.Deleted(now);
        });
    }

    /** The current revision. */
    public Optional<CampaignRecord> find(TenantId tenant, CampaignId id) {
        return database.jdbc()
                .sql(CampaignRows.SELECT_CURRENT + """
                        where c.tenant_id = :tenant and c.campaign_id = :campaign and c.deleted_at is null
                        """)
                .param("tenant", tenant.value())
                .param("campaign", id.value())
                .query(CampaignRows::read)
                .optional();
    }

    /** The current revision, also of a campaign that was deleted: for what was played in it. */
    public Optional<CampaignRecord> findOrDeleted(TenantId tenant, CampaignId id) {
        return database.jdbc()
                .sql(CampaignRows.SELECT_CURRENT + "where c.tenant_id = :tenant and c.campaign_id = :campaign")
                .param("tenant", tenant.value())
                .param("campaign", id.value())
                .query(CampaignRows::read)
                .optional();
    }

    /**
     * Whether the campaign may be named by what this transaction configures: until its end nobody deletes it. One that the tenant never
     * had may be named, one that was deleted not.
     *
     * @throws IllegalStateException outside a transaction
     */
    public boolean hold(TenantId tenant, CampaignId id) {
        database.requireTransaction("a campaign was to be held");
        return database.jdbc()
                .sql("select deleted_at from campaign where tenant_id = :tenant and campaign_id = :campaign "
                        + database.dialect().forHolding())
                .param("tenant", tenant.value())
                .param("campaign", id.value())
                .query((row, _) -> row.getObject(1) == null)
                .optional()
                .orElse(true);
    }

    /**
     * The current revisions, newest campaign first.
     *
     * @param before continue behind this campaign; null = from the newest
     */
    public Page<CampaignRecord> list(TenantId tenant, @Nullable CampaignId before, int limit) {
        return Page.of(
                limit,
                atMost -> database.jdbc()
                        .sql(CampaignRows.SELECT_CURRENT + """
                        where c.tenant_id = :tenant and c.deleted_at is null
                            and (cast(:before as char) is null or c.campaign_id < :before)
                        order by c.campaign_id desc
                        limit :limit
                        """)
                        .param("tenant", tenant.value())
                        .param("before", before == null ? null : before.value())
                        .param("limit", atMost)
                        .query(CampaignRows::read)
                        .list());
    }

    /** What the topic of definitions holds of the tenant's campaigns: each revision. */
    public List<OutboxEvent<CampaignConfigured>> facts(TenantId tenant) {
        return database.jdbc()
                .sql(CampaignRows.SELECT_ALL + "where c.tenant_id = :tenant order by r.campaign_id, r.revision")
                .param("tenant", tenant.value())
                .query((row, number) -> fact(CampaignRows.read(row, number), row.getBoolean("is_deleted"), null))
                .list();
    }

    private record Current(
            long revision, Instant createdAt, @Nullable Instant deletedAt) {}

    private Optional<Current> lock(TenantId tenant, CampaignId id) {
        return database.jdbc()
                .sql("""
                        select revision, created_at, deleted_at from campaign
                        where tenant_id = :tenant and campaign_id = :campaign
                        for update
                        """)
                .param("tenant", tenant.value())
                .param("campaign", id.value())
                .query((row, _) -> new Current(
                        row.getLong("revision"),
                        UtcTimes.instant(row.getObject("created_at", LocalDateTime.class)),
                        UtcTimes.instantOrNull(row.getObject("deleted_at", LocalDateTime.class))))
                .optional();
    }

    private void markDeleted(CampaignRecord campaign) {
        database.jdbc()
                .sql("update campaign set deleted_at = :now where tenant_id = :tenant and campaign_id = :campaign")
                .param("now", UtcTimes.column(campaign.updatedAt()))
                .param("tenant", campaign.tenant().value())
                .param("campaign", campaign.id().value())
                .update();
    }

    private List<String> gamesOf(TenantId tenant, CampaignId id) {
        return database.jdbc()
                .sql("""
                        select g.game_id from game g
                        join game_revision r
                            on r.tenant_id = g.tenant_id and r.game_id = g.game_id and r.revision = g.revision
                        where g.tenant_id = :tenant and g.deleted_at is null and r.campaign_id = :campaign
                        order by g.game_id
                        limit :limit
                        """)
                .param("tenant", tenant.value())
                .param("campaign", id.value())
                .param("limit", Deletion.MOST_NAMED)
                .query((row, _) -> row.getString(1))
                .list();
    }

    private void point(CampaignRecord campaign) {
        database.jdbc()
                .sql("""
                        update campaign set revision = :revision, updated_at = :now
                        where tenant_id = :tenant and campaign_id = :campaign
                        """)
                .param("revision", campaign.revision())
                .param("now", UtcTimes.column(campaign.updatedAt()))
                .param("tenant", campaign.tenant().value())
                .param("campaign", campaign.id().value())
                .update();
    }

    private CampaignRecord added(CampaignRecord campaign, @Nullable String traceparent) {
        insertRevision(campaign);
        outbox.write(fact(campaign, false, traceparent));
        return campaign;
    }

    private static OutboxEvent<CampaignConfigured> fact(
            CampaignRecord campaign, boolean isDeleted, @Nullable String traceparent) {
        return OutboxEvent.keyed(
                campaign.tenant(),
                Topics.CONFIG,
                Topics.definitionKey(
                        campaign.tenant().value(), "campaign", campaign.id().value(), campaign.revision()),
                configured(campaign, isDeleted),
                traceparent,
                campaign.updatedAt());
    }

    private void insertRevision(CampaignRecord campaign) {
        CampaignDefinition definition = campaign.definition();
        CampaignSettings settings = definition.settings();
        database.jdbc()
                .sql("""
                        insert into campaign_revision (tenant_id, campaign_id, revision, merchant_id, name, status,
                            start_date, end_date, channels, games, quests, require_auth, auth_methods, collect_fields,
                            max_plays_per_user, max_plays_per_day, wallet_scope, budget, schedule, created_at)
                        values (:tenant, :campaign, :revision, :merchant, :name, :status,
                            :start_date, :end_date, :channels, :games, :quests, :require_auth, :auth_methods, :collect_fields,
                            :max_plays_per_user, :max_plays_per_day, :wallet_scope, :budget, :schedule, :created_at)
                        """)
                .param("tenant", campaign.tenant().value())
                .param("campaign", campaign.id().value())
                .param("revision", campaign.revision())
                .param("merchant", merchant(definition))
                .param("name", definition.name())
                .param("status", definition.status().word())
                .param("start_date", UtcTimes.columnOrNull(definition.start()))
                .param("end_date", UtcTimes.columnOrNull(definition.end()))
                .param("channels", CampaignRows.column(definition.channels(), Function.identity()))
                .param("games", CampaignRows.column(definition.games(), GameId::value))
                .param("quests", CampaignRows.column(definition.quests(), QuestId::value))
                .param("require_auth", settings.requireAuth())
                .param("auth_methods", CampaignRows.column(settings.authMethods(), AuthMethod::word))
                .param("collect_fields", CampaignRows.column(settings.collectFields(), Function.identity()))
                .param("max_plays_per_user", settings.maxPlaysPerUser())
                .param("max_plays_per_day", settings.maxPlaysPerDay())
                .param("wallet_scope", settings.walletScope().wireName())
                .param("budget", definition.budget())
                .param("schedule", ScheduleColumn.write(definition.schedule()))
                .param("created_at", UtcTimes.column(campaign.updatedAt()))
                .update();
    }

    private static CampaignConfigured configured(CampaignRecord campaign, boolean isDeleted) {
        CampaignDefinition definition = campaign.definition();
        return CampaignConfigured.newBuilder()
                .setTenantId(campaign.tenant().value())
                .setMerchantId(merchant(definition))
                .setCampaignId(campaign.id().value())
                .setRevision(campaign.revision())
                .setName(definition.name())
                .setStatus(definition.status().word())
                .setStartDate(definition.start())
                .setEndDate(definition.end())
                .setChannels(definition.channels())
                .setGames(definition.games().stream().map(GameId::value).toList())
                .setQuests(definition.quests().stream().map(QuestId::value).toList())
                .setDeleted(isDeleted)
                .setOccurredAt(campaign.updatedAt())
                .build();
    }

    private static @Nullable String merchant(CampaignDefinition definition) {
        return definition.merchant() == null ? null : definition.merchant().value();
    }
}
