package io.fanfare.store.leaderboard;

import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.leaderboard.LeaderboardId;
import io.fanfare.events.LeaderboardConfigured;
import io.fanfare.schemas.Topics;
import io.fanfare.store.Database;
import io.fanfare.store.Page;
import io.fanfare.store.UtcTimes;
import io.fanfare.store.identity.Ids;
import io.fanfare.store.outbox.Outbox;
import io.fanfare.store.outbox.OutboxEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The leaderboards of a tenant. A revision is never changed; a change adds one, publishes it, and takes effect a little later,
 * when every instance that judges plays by it has it.
 */
public final class Leaderboards {

    /** From a change to its effect. */
    public static final Duration LEAD = Duration.ofSeconds(5);

    private static final String ACTIVE = "active";
    private static final String DELETED = "deleted";

    private static final String SELECT_NEWEST = """
            select r.*, b.created_at as board_created_at
            from leaderboard b
            join leaderboard_revision r
                on r.tenant_id = b.tenant_id and r.leaderboard_id = b.leaderboard_id and r.revision = b.revision
            where r.status = 'active'
            """;

    private final Database database;
    private final Outbox outbox;
    private final Ids ids;
    private final Clock clock;

    public Leaderboards(Database database, Outbox outbox, Ids ids, Clock clock) {
        this.database = database;
        this.outbox = outbox;
        this.ids = ids;
        this.clock = clock;
    }

    /** @param traceparent of the request; null where none */
    public LeaderboardRecord create(TenantId tenant, LeaderboardDefinition definition, @Nullable String traceparent) {
        Instant now = UtcTimes.toMillis(clock.instant());
        var board = new LeaderboardRecord(tenant, ids.leaderboard(), 1, definition, now.plus(LEAD), now, now);
        return database.inTransaction(() -> {
            database.jdbc()
                    .sql("""
                            insert into leaderboard (tenant_id, leaderboard_id, revision, created_at, updated_at)
                            values (:tenant, :board, 1, :now, :now)
                            """)
                    .param("tenant", tenant.value())
                    .param("board", board.id().value())
                    .param("now", UtcTimes.column(now))
                    .update();
            return added(board, ACTIVE, traceparent);
        });
    }

    /** Replaces what the board is by a new revision; empty where the tenant has no such board. */
    public Optional<LeaderboardRecord> replace(
            TenantId tenant, LeaderboardId id, LeaderboardDefinition definition, @Nullable String traceparent) {
        return database.inTransaction(
                () -> lock(tenant, id).map(current -> revised(current, definition, ACTIVE, traceparent)));
    }

    /** Takes the board away: it counts no more and is not shown. False where the tenant has no such board. */
    public boolean delete(TenantId tenant, LeaderboardId id, @Nullable String traceparent) {
        return database.inTransaction(() -> lock(tenant, id)
                .map(current -> revised(current, current.definition(), DELETED, traceparent))
                .isPresent());
    }

    /** The newest revision, in effect or about to be; empty where there is none or the board was deleted. */
    public Optional<LeaderboardRecord> find(TenantId tenant, LeaderboardId id) {
        return database.jdbc()
                .sql(SELECT_NEWEST + "and b.tenant_id = :tenant and b.leaderboard_id = :board")
                .param("tenant", tenant.value())
                .param("board", id.value())
                .query(Leaderboards::read)
                .optional();
    }

    /**
     * The newest revisions, newest board first, without the deleted ones.
     *
     * @param before continue behind this board; null = from the newest
     */
    public Page<LeaderboardRecord> list(TenantId tenant, @Nullable LeaderboardId before, int limit) {
        return Page.of(
                limit,
                atMost -> database.jdbc()
                        .sql(SELECT_NEWEST + """
                        and b.tenant_id = :tenant and (cast(:before as char) is null or b.leaderboard_id < :before)
                        order by b.leaderboard_id desc
                        limit :limit
                        """)
                        .param("tenant", tenant.value())
                        .param("before", before == null ? null : before.value())
                        .param("limit", atMost)
                        .query(Leaderboards::read)
                        .list());
    }

    /** The newest revisions of those that count the plays of this campaign alone, oldest board first, without the deleted ones. */
    public List<LeaderboardRecord> ofCampaign(TenantId tenant, CampaignId campaign, int atMost) {
        return database.jdbc()
                .sql(SELECT_NEWEST + """
                        and b.tenant_id = :tenant and r.campaign_id = :campaign
                        order by b.leaderboard_id
                        limit :limit
                        """)
                .param("tenant", tenant.value())
                .param("campaign", campaign.value())
                .param("limit", atMost)
                .query(Leaderboards::read)
                .list();
    }

    /** What the topic of definitions holds of the tenant's leaderboards: each revision, those of deleted ones too. */
    public List<OutboxEvent<LeaderboardConfigured>> facts(TenantId tenant) {
        return database.jdbc()
                .sql("""
                        select r.*, b.created_at as board_created_at
                        from leaderboard b
                        join leaderboard_revision r on r.tenant_id = b.tenant_id and r.leaderboard_id = b.leaderboard_id
                        where b.tenant_id = :tenant
                        order by r.leaderboard_id, r.revision
                        """)
                .param("tenant", tenant.value())
                .query((row, number) -> fact(read(row, number), row.getString("status"), null))
                .list();
    }

    private Optional<LeaderboardRecord> lock(TenantId tenant, LeaderboardId id) {
        return database.jdbc()
                .sql("""
                        select 1 from leaderboard
                        where tenant_id = :tenant and leaderboard_id = :board
                        for update
                        """)
                .param("tenant", tenant.value())
                .param("board", id.value())
                .query(Integer.class)
                .optional()
                .flatMap(_ -> find(tenant, id));
    }

    private LeaderboardRecord revised(
            LeaderboardRecord current, LeaderboardDefinition definition, String status, @Nullable String traceparent) {
        Instant now = UtcTimes.toMillis(clock.instant());
        var next = new LeaderboardRecord(
                current.tenant(),
                current.id(),
                current.revision() + 1,
                definition,
                now.plus(LEAD),
                current.createdAt(),
                now);
        database.jdbc()
                .sql("""
                        update leaderboard set revision = :revision, updated_at = :now
                        where tenant_id = :tenant and leaderboard_id = :board
                        """)
                .param("revision", next.revision())
                .param("now", UtcTimes.column(now))
                .param("tenant", next.tenant().value())
                .param("board", next.id().value())
                .update();
        return added(next, status, traceparent);
    }

    private LeaderboardRecord added(LeaderboardRecord board, String status, @Nullable String traceparent) {
        insertRevision(board, status);
        outbox.write(fact(board, status, traceparent));
        return board;
    }

    private static OutboxEvent<LeaderboardConfigured> fact(
            LeaderboardRecord board, String status, @Nullable String traceparent) {
        return OutboxEvent.keyed(
                board.tenant(),
                Topics.CONFIG,
                Topics.definitionKey(
                        board.tenant().value(), "leaderboard", board.id().value(), board.revision()),
                configured(board, status),
                traceparent,
                board.updatedAt());
    }

    private void insertRevision(LeaderboardRecord board, String status) {
        LeaderboardDefinition definition = board.definition();
        database.jdbc()
                .sql("""
                        insert into leaderboard_revision (tenant_id, leaderboard_id, revision, campaign_id, name, metric,
                            tie_rule, settings, status, effective_at, created_at)
                        values (:tenant, :board, :revision, :campaign, :name, :metric,
                            :tie_rule, :settings, :status, :effective_at, :created_at)
                        """)
                .param("tenant", board.tenant().value())
                .param("board", board.id().value())
                .param("revision", board.revision())
                .param("campaign", campaign(definition))
                .param("name", definition.name())
                .param("metric", definition.metric())
                .param("tie_rule", definition.tieRule())
                .param("settings", definition.settings())
                .param("status", status)
                .param("effective_at", UtcTimes.column(board.effectiveAt()))
                .param("created_at", UtcTimes.column(board.updatedAt()))
                .update();
    }

    private static LeaderboardConfigured configured(LeaderboardRecord board, String status) {
        LeaderboardDefinition definition = board.definition();
        return LeaderboardConfigured.newBuilder()
                .setTenantId(board.tenant().value())
                .setCampaignId(campaign(definition))
                .setLeaderboardId(board.id().value())
                .setRevision(board.revision())
                .setName(definition.name())
                .setMetric(definition.metric())
                .setStatus(status)
                .setTieRule(definition.tieRule())
                .setEffectiveAt(board.effectiveAt())
                .setOccurredAt(board.updatedAt())
                .build();
    }

    private static @Nullable String campaign(LeaderboardDefinition definition) {
        return definition.campaign() == null ? null : definition.campaign().value();
    }

    private static LeaderboardRecord read(ResultSet row, int number) throws SQLException {
        String campaign = row.getString("campaign_id");
        var definition = new LeaderboardDefinition(
                campaign == null ? null : new CampaignId(campaign),
                row.getString("name"),
                row.getString("metric"),
                row.getString("tie_rule"),
                row.getString("settings"));
        return new LeaderboardRecord(
                new TenantId(row.getString("tenant_id")),
                new LeaderboardId(row.getString("leaderboard_id")),
                row.getLong("revision"),
                definition,
                UtcTimes.instant(row.getObject("effective_at", LocalDateTime.class)),
                UtcTimes.instant(row.getObject("board_created_at", LocalDateTime.class)),
                UtcTimes.instant(row.getObject("created_at", LocalDateTime.class)));
    }
}
