package io.fanfare.store.game;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.milestone.Milestone;
import io.fanfare.engine.milestone.MilestoneId;
import io.fanfare.engine.milestone.MilestoneMode;
import io.fanfare.engine.milestone.Milestones;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.wallet.Currency;
import io.fanfare.events.ConfiguredMilestone;
import io.fanfare.events.MilestonesConfigured;
import io.fanfare.schemas.Topics;
import io.fanfare.store.Database;
import io.fanfare.store.UtcTimes;
import io.fanfare.store.outbox.OutboxEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What revisions of games say about their milestones, in a table of its own. A game that never had any has no rows. */
final class MilestoneRows {

    /** What a statement on revisions {@code r} needs, to be read with {@link #read}. */
    static final String COLUMNS = """
            m.currency as milestone_currency, m.mode as milestone_mode, m.auto_grant as milestone_auto_grant,
                m.milestones as milestones
            """;

    static final String JOIN = """
            left join game_milestones m
                on m.tenant_id = r.tenant_id and m.game_id = r.game_id and m.revision = r.revision
            """;

    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<List<Kept>> KEPT = new TypeReference<>() {};

    private final Database database;

    private record Kept(String id, long threshold, String prize) {}

    /** A row: milestones of one revision of a game, from a time on. */
    record Version(
            TenantId tenant,
            GameId game,
            long revision,
            String scopeKey,
            Milestones milestones,
            Instant effectiveAt,
            Instant createdAt) {

        OutboxEvent<MilestonesConfigured> fact(@Nullable String traceparent) {
            var configured = MilestonesConfigured.newBuilder()
                    .setTenantId(tenant.value())
                    .setGameId(game.value())
                    .setRevision(revision)
                    .setScopeKey(scopeKey)
                    .setCurrency(milestones.currency().code())
                    .setMode(milestones.mode().wireName())
                    .setAutoGrant(milestones.isGrantedUnasked())
                    .setMilestones(milestones.milestones().stream()
                            .map(milestone -> new ConfiguredMilestone(
                                    milestone.id().value(),
                                    milestone.threshold(),
                                    milestone.prize().value()))
                            .toList())
                    .setEffectiveAt(effectiveAt)
                    .setOccurredAt(createdAt)
                    .build();
            return OutboxEvent.keyed(
                    tenant,
                    Topics.CONFIG,
                    Topics.definitionKey(tenant.value(), "milestones", game.value(), revision),
                    configured,
                    traceparent,
                    createdAt);
        }
    }

    MilestoneRows(Database database) {
        this.database = database;
    }

    /** What a revision says, also where that is that there are none any more; empty where it says nothing. */
    Optional<Milestones> find(TenantId tenant, GameId game, long revision) {
        return database.jdbc()
                .sql("""
                        select currency as milestone_currency, mode as milestone_mode, auto_grant as milestone_auto_grant,
                            milestones
                        from game_milestones
                        where tenant_id = :tenant and game_id = :game and revision = :revision
                        """)
                .param("tenant", tenant.value())
                .param("game", game.value())
                .param("revision", revision)
                .query((row, _) -> milestones(row))
                .optional();
    }

    void insert(Version version) {
        database.jdbc()
                .sql("""
                        insert into game_milestones (tenant_id, game_id, revision, scope_key, currency, mode, auto_grant,
                            milestones, effective_at, created_at)
                        values (:tenant, :game, :revision, :scope, :currency, :mode, :auto_grant, :milestones,
                            :effective_at, :created_at)
                        """)
                .param("tenant", version.tenant().value())
                .param("game", version.game().value())
                .param("revision", version.revision())
                .param("scope", version.scopeKey())
                .param("currency", version.milestones().currency().code())
                .param("mode", version.milestones().mode().wireName())
                .param("auto_grant", version.milestones().isGrantedUnasked())
                .param("milestones", write(version.milestones().milestones()))
                .param("effective_at", UtcTimes.column(version.effectiveAt()))
                .param("created_at", UtcTimes.column(version.createdAt()))
                .update();
    }

    List<Version> ofTenant(TenantId tenant) {
        return database.jdbc()
                .sql("""
                        select game_id, revision, scope_key, currency as milestone_currency, mode as milestone_mode,
                            auto_grant as milestone_auto_grant, milestones, effective_at, created_at
                        from game_milestones
                        where tenant_id = :tenant
                        order by game_id, revision
                        """)
                .param("tenant", tenant.value())
                .query((row, _) -> new Version(
                        tenant,
                        new GameId(row.getString("game_id")),
                        row.getLong("revision"),
                        row.getString("scope_key"),
                        milestones(row),
                        UtcTimes.instant(row.getObject("effective_at", LocalDateTime.class)),
                        UtcTimes.instant(row.getObject("created_at", LocalDateTime.class))))
                .list();
    }

    /** From a row with {@link #COLUMNS}; null where there are none, or none any more. */
    static @Nullable Milestones read(ResultSet row) throws SQLException {
        if (row.getString("milestone_currency") == null) {
            return null;
        }
        Milestones milestones = milestones(row);
        return milestones.milestones().isEmpty() ? null : milestones;
    }

    private static Milestones milestones(ResultSet row) throws SQLException {
        return new Milestones(
                new Currency(row.getString("milestone_currency")),
                MilestoneMode.named(row.getString("milestone_mode")).orElseThrow(),
                row.getBoolean("milestone_auto_grant"),
                parse(row.getString("milestones")));
    }

    private static String write(List<Milestone> milestones) {
        try {
            return JSON.writeValueAsString(milestones.stream()
                    .map(milestone -> new Kept(
                            milestone.id().value(),
                            milestone.threshold(),
                            milestone.prize().value()))
                    .toList());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts can always be written", e);
        }
    }

    private static List<Milestone> parse(String column) {
        try {
            return JSON.readValue(column, KEPT).stream()
                    .map(kept -> new Milestone(new MilestoneId(kept.id()), kept.threshold(), new PrizeId(kept.prize())))
                    .toList();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a game keeps '%s' as its milestones".formatted(column), e);
        }
    }
}
