package io.fanfare.store.game;

import io.fanfare.engine.campaign.CampaignTerms;
import io.fanfare.engine.campaign.WalletScope;
import io.fanfare.engine.game.GameId;
import io.fanfare.engine.game.GameRules;
import io.fanfare.engine.game.GameStatus;
import io.fanfare.engine.game.OnUnavailable;
import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.MerchantId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.milestone.Milestones;
import io.fanfare.engine.shape.Shapes.PartNames;
import io.fanfare.events.GameConfigured;
import io.fanfare.events.MilestonesConfigured;
import io.fanfare.schemas.Topics;
import io.fanfare.store.Database;
import io.fanfare.store.Deletion;
import io.fanfare.store.Page;
import io.fanfare.store.UtcTimes;
import io.fanfare.store.campaign.CampaignTermsRow;
import io.fanfare.store.identity.Ids;
import io.fanfare.store.outbox.Outbox;
import io.fanfare.store.outbox.OutboxEvent;
import io.fanfare.store.wallet.WalletScopes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** The games of a tenant. A revision is never changed; a change adds one and publishes it. */
public final class Games {

    /** From a change to its effect on wallets: by then every instance that judges them has it. */
    public static final Duration MILESTONES_LEAD = Duration.ofSeconds(5);

    private static final String SELECT = """
            select r.*, g.created_at as game_created_at, g.deleted_at is not null and r.revision = g.revision as is_deleted, %s
            from game g
            join game_revision r on r.tenant_id = g.tenant_id and r.game_id = g.game_id
            %s
            """.formatted(MilestoneRows.COLUMNS, MilestoneRows.JOIN);

    /** To be continued by further conditions. */
    private static final String CURRENT =
            SELECT + "where g.tenant_id = :tenant and r.revision = g.revision and g.deleted_at is null ";

    private static final String SELECT_PLAYABLE =
            """
            select r.*, g.created_at as game_created_at, %s, %s
            from game g
            join game_revision r on r.tenant_id = g.tenant_id and r.game_id = g.game_id
            %s
            %s
            """.formatted(MilestoneRows.COLUMNS, CampaignTermsRow.COLUMNS, MilestoneRows.JOIN, CampaignTermsRow.JOIN);

    private static final String SELECT_PLAYED = """
            select r.*, g.created_at as game_created_at, %s, %s
            from game g
            join game_revision r on r.tenant_id = g.tenant_id and r.game_id = g.game_id
            %s
            %s
            """.formatted(
                    MilestoneRows.COLUMNS, CampaignTermsRow.COLUMNS, MilestoneRows.JOIN, CampaignTermsRow.JOIN_AT);

    private final Database database;
    private final MilestoneRows milestones;
    private final WalletScopes scopes;
    private final Outbox outbox;
    private final Ids ids;
    private final Clock clock;

    public Games(Database database, Outbox outbox, Ids ids, Clock clock) {
        this.database = database;
        this.milestones = new MilestoneRows(database);
        this.scopes = new WalletScopes(database, clock);
        this.outbox = outbox;
        this.ids = ids;
        this.clock = clock;
    }

    /** @param traceparent of the request; null where none */
    public GameRecord create(TenantId tenant, GameDefinition definition, @Nullable String traceparent) {
        Instant now = UtcTimes.toMillis(clock.instant());
        return database.inTransaction(() -> {
            var game = new GameRecord(tenant, ids.game(), 1, withWallet(tenant, definition), now, now);
            database.jdbc()
                    .sql("""
                            insert into game (tenant_id, game_id, revision, created_at, updated_at)
                            values (:tenant, :game, 1, :now, :now)
                            """)
                    .param("tenant", tenant.value())
                    .param("game", game.id().value())
                    .param("now", UtcTimes.column(now))
                    .update();
            return added(game, Optional.empty(), traceparent);
        });
    }

    /** Replaces what the game is by a new revision; empty where the tenant has no such game. */
    public Optional<GameRecord> replace(
            TenantId tenant, GameId id, GameDefinition definition, @Nullable String traceparent) {
        Instant now = UtcTimes.toMillis(clock.instant());
        return database.inTransaction(() -> lock(tenant, id)
                .filter(current -> current.deletedAt() == null)
                .map(current -> new GameRecord(
                        tenant, id, current.revision() + 1, withWallet(tenant, definition), current.createdAt(), now))
                .map(next -> {
                    point(next);
                    return added(next, milestones.find(tenant, id, next.revision() - 1), traceparent);
                }));
    }

    /**
     * Deletes a game that is not active. Its last revision has ended and has no milestones; what was played, won and earned in it
     * stays. A game that was deleted before is deleted, since then.
     *
     * @param traceparent of the request; null where none
     */
    public Deletion delete(TenantId tenant, GameId id, @Nullable String traceparent) {
        Instant now = UtcTimes.toMillis(clock.instant());
        return database.inTransaction(() -> {
            Current current = lock(tenant, id).orElse(null);
            if (current == null) {
                return new Deletion.NotFound();
            }
            if (current.deletedAt() != null) {
                return new Deletion.Deleted(current.deletedAt());
            }
            GameRecord last = find(tenant, id).orElseThrow();
            if (last.definition().status() == GameStatus.ACTIVE) {
                return new Deletion.Active();
            }
            var end = new GameRecord(
                    tenant, id, last.revision() + 1, last.definition().ended(), last.createdAt(), now);
            point(end);
            markDeleted(end);
            add(end, Optional.ofNullable(last.definition().milestones()), fact(end, true, traceparent), traceparent);
            return new Deletion.Deleted(now);
        });
    }

    /** The current revision. */
    public Optional<GameRecord> find(TenantId tenant, GameId id) {
        return database.jdbc()
                .sql(CURRENT + "and g.game_id = :game")
                .param("tenant", tenant.value())
                .param("game", id.value())
                .query(Games::read)
                .optional();
    }

    /**
     * The current revision, which nobody replaces before this transaction ends.
     *
     * @throws IllegalStateException outside a transaction
     */
    public Optional<GameRecord> hold(TenantId tenant, GameId id) {
        database.requireTransaction("a game was to be held");
        return lock(tenant, id).flatMap(_ -> find(tenant, id));
    }

    /** The current revision, also of a game that was deleted: for what was played in it, or earned. */
    public Optional<GameRecord> findOrDeleted(TenantId tenant, GameId id) {
        return database.jdbc()
                .sql(SELECT + "where g.tenant_id = :tenant and g.game_id = :game and r.revision = g.revision")
                .param("tenant", tenant.value())
                .param("game", id.value())
                .query(Games::read)
                .optional();
    }

    /** The current revision, under what its campaign says now. */
    public Optional<PlayableGame> findPlayable(TenantId tenant, GameId id) {
        return database.jdbc()
                .sql(SELECT_PLAYABLE + """
                        where g.tenant_id = :tenant and g.game_id = :game and r.revision = g.revision and g.deleted_at is null
                        """)
                .param("tenant", tenant.value())
                .param("game", id.value())
                .query((row, number) -> new PlayableGame(read(row, number), CampaignTermsRow.read(row)))
                .optional();
    }

    /** A certain revision, under what its campaign said at a time. */
    public Optional<PlayableGame> findPlayed(TenantId tenant, GameId id, long revision, Instant at) {
        return database.jdbc()
                .sql(SELECT_PLAYED + "where g.tenant_id = :tenant and g.game_id = :game and r.revision = :revision")
                .param("tenant", tenant.value())
                .param("game", id.value())
                .param("revision", revision)
                .param("at", UtcTimes.column(at))
                .query((row, number) -> new PlayableGame(read(row, number), CampaignTermsRow.read(row)))
                .optional();
    }

    /** A certain revision. */
    public Optional<GameRecord> find(TenantId tenant, GameId id, long revision) {
        return database.jdbc()
                .sql(SELECT + "where g.tenant_id = :tenant and g.game_id = :game and r.revision = :revision")
                .param("tenant", tenant.value())
                .param("game", id.value())
                .param("revision", revision)
                .query(Games::read)
                .optional();
    }

    /**
     * The current revisions, newest game first.
     *
     * @param before continue behind this game; null = from the newest
     */
    public Page<GameRecord> list(TenantId tenant, @Nullable GameId before, int limit) {
        return Page.of(
                limit,
                atMost -> database.jdbc()
                        .sql(CURRENT + """
                        and (cast(:before as char) is null or g.game_id < :before)
                        order by g.game_id desc
                        limit :limit
                        """)
                        .param("tenant", tenant.value())
                        .param("before", before == null ? null : before.value())
                        .param("limit", atMost)
                        .query(Games::read)
                        .list());
    }

    /** The current revisions of those that are played under this campaign, oldest first. */
    public List<GameRecord> ofCampaign(TenantId tenant, CampaignId campaign, int atMost) {
        return database.jdbc()
                .sql(CURRENT + """
                        and r.campaign_id = :campaign
                        order by g.game_id
                        limit :limit
                        """)
                .param("tenant", tenant.value())
                .param("campaign", campaign.value())
                .param("limit", atMost)
                .query(Games::read)
                .list();
    }

    /** What the topic of definitions holds of the tenant's games: each revision. */
    public List<OutboxEvent<GameConfigured>> facts(TenantId tenant) {
        return database.jdbc()
                .sql(SELECT + "where g.tenant_id = :tenant order by r.game_id, r.revision")
                .param("tenant", tenant.value())
                .query((row, number) -> fact(read(row, number), row.getBoolean("is_deleted"), null))
                .list();
    }

    /** What it holds of their milestones: each revision that says something about them. */
    public List<OutboxEvent<MilestonesConfigured>> milestoneFacts(TenantId tenant) {
        return milestones.ofTenant(tenant).stream()
                .map(version -> version.fact(null))
                .toList();
    }

    private record Current(
            long revision, Instant createdAt, @Nullable Instant deletedAt) {}

    private Optional<Current> lock(TenantId tenant, GameId id) {
        return database.jdbc()
                .sql("""
                        select revision, created_at, deleted_at from game
                        where tenant_id = :tenant and game_id = :game
                        for update
                        """)
                .param("tenant", tenant.value())
                .param("game", id.value())
                .query((row, _) -> new Current(
                        row.getLong("revision"),
                        instant(row, "created_at"),
                        UtcTimes.instantOrNull(row.getObject("deleted_at", LocalDateTime.class))))
                .optional();
    }

    private void markDeleted(GameRecord game) {
        database.jdbc()
                .sql("update game set deleted_at = :now where tenant_id = :tenant and game_id = :game")
                .param("now", UtcTimes.column(game.updatedAt()))
                .param("tenant", game.tenant().value())
                .param("game", game.id().value())
                .update();
    }

    private void point(GameRecord game) {
        database.jdbc()
                .sql("""
                        update game set revision = :revision, updated_at = :now
                        where tenant_id = :tenant and game_id = :game
                        """)
                .param("revision", game.revision())
                .param("now", UtcTimes.column(game.updatedAt()))
                .param("tenant", game.tenant().value())
                .param("game", game.id().value())
                .update();
    }

    /** @param before what the revision before it says about milestones */
    private GameRecord added(GameRecord game, Optional<Milestones> before, @Nullable String traceparent) {
        add(game, before, fact(game, false, traceparent), traceparent);
        return game;
    }

    /** @param before what the revision before it says about milestones */
    private void add(
            GameRecord game,
            Optional<Milestones> before,
            OutboxEvent<GameConfigured> fact,
            @Nullable String traceparent) {
        insertRevision(game);
        outbox.write(fact);
        Optional.ofNullable(game.definition().milestones())
                .or(() -> before.map(Milestones::withoutAny))
                .ifPresent(now -> addMilestones(game, now, traceparent));
    }

    /**
     * A game without a campaign keeps what its merchant or tenant says at this moment. What milestones are measured by must not move
     * under them: a game that has some keeps what its campaign says at this moment.
     */
    private GameDefinition withWallet(TenantId tenant, GameDefinition definition) {
        if (definition.walletScope() != null) {
            return definition;
        }
        GameDefinition said = definition.campaign() == null
                ? scopes.of(tenant, definition.merchant())
                        .map(definition::payingInto)
                        .orElse(definition)
                : definition;
        return said.milestones() == null || said.walletScope() != null
                ? said
                : said.payingInto(campaignScope(tenant, said.campaign()));
    }

    private WalletScope campaignScope(TenantId tenant, @Nullable CampaignId campaign) {
        return database.jdbc()
                .sql("""
                        select terms.wallet_scope from campaign
                        join campaign_revision terms on terms.tenant_id = campaign.tenant_id
                            and terms.campaign_id = campaign.campaign_id and terms.revision = campaign.revision
                        where campaign.tenant_id = :tenant and campaign.campaign_id = :campaign
                        """)
                .param("tenant", tenant.value())
                .param("campaign", campaign == null ? null : campaign.value())
                .query((row, _) -> WalletScope.named(row.getString(1)).orElseThrow())
                .optional()
                .orElse(CampaignTerms.OPEN.walletScope());
    }

    private void addMilestones(GameRecord game, Milestones now, @Nullable String traceparent) {
        var version = new MilestoneRows.Version(
                game.tenant(),
                game.id(),
                game.revision(),
                game.definition().walletScopeKey(game.tenant()),
                now,
                game.updatedAt().plus(MILESTONES_LEAD),
                game.updatedAt());
        milestones.insert(version);
        outbox.write(version.fact(traceparent));
    }

    private static OutboxEvent<GameConfigured> fact(GameRecord game, boolean isDeleted, @Nullable String traceparent) {
        return OutboxEvent.keyed(
                game.tenant(),
                Topics.CONFIG,
                Topics.definitionKey(game.tenant().value(), "game", game.id().value(), game.revision()),
                configured(game, isDeleted),
                traceparent,
                game.updatedAt());
    }

    private void insertRevision(GameRecord game) {
        GameDefinition definition = game.definition();
        GameRules rules = definition.rules();
        WalletScope walletScope = definition.walletScope();
        StatementSpec insert = database.jdbc()
                .sql("""
                        insert into game_revision (tenant_id, game_id, revision, merchant_id, campaign_id, name, type,
                            seed_generator, validator, reward_handler, status, max_plays_per_user, max_plays_per_day,
                            require_login, use_turns, start_date, end_date, handler_config, validator_config, ui, on_unavailable,
                            wallet_scope, created_at)
                        values (:tenant, :game, :revision, :merchant, :campaign, :name, :type,
                            :seed_generator, :validator, :reward_handler, :status, :max_plays_per_user, :max_plays_per_day,
                            :require_login, :use_turns, :start_date, :end_date, :handler_config, :validator_config, :ui, :on_unavailable,
                            :wallet_scope, :created_at)
                        """)
                .param("tenant", game.tenant().value())
                .param("game", game.id().value())
                .param("revision", game.revision())
                .param(
                        "merchant",
                        definition.merchant() == null
                                ? null
                                : definition.merchant().value())
                .param(
                        "campaign",
                        definition.campaign() == null
                                ? null
                                : definition.campaign().value())
                .param("name", definition.name())
                .param("type", definition.type())
                .param("seed_generator", definition.parts().seedGenerator())
                .param("validator", definition.parts().validator())
                .param("reward_handler", definition.parts().rewardHandler())
                .param("status", definition.status().wireName())
                .param("max_plays_per_user", rules.maxPlaysPerUser())
                .param("max_plays_per_day", rules.maxPlaysPerDay())
                .param("require_login", rules.requireLogin())
                .param("use_turns", rules.useTurns())
                .param("start_date", UtcTimes.columnOrNull(rules.start()))
                .param("end_date", UtcTimes.columnOrNull(rules.end()))
                .param("handler_config", definition.handlerConfig())
                .param("validator_config", definition.validatorConfig())
                .param("ui", definition.ui())
                .param("on_unavailable", definition.onUnavailable().wireName())
                .param("wallet_scope", walletScope == null ? null : walletScope.wireName())
                .param("created_at", UtcTimes.column(game.updatedAt()));
        insert.update();
    }

    private static GameConfigured configured(GameRecord game, boolean isDeleted) {
        GameDefinition definition = game.definition();
        return GameConfigured.newBuilder()
                .setTenantId(game.tenant().value())
                .setMerchantId(
                        definition.merchant() == null
                                ? null
                                : definition.merchant().value())
                .setCampaignId(
                        definition.campaign() == null
                                ? null
                                : definition.campaign().value())
                .setGameId(game.id().value())
                .setRevision(game.revision())
                .setName(definition.name())
                .setType(definition.type())
                .setStatus(definition.status().wireName())
                .setDeleted(isDeleted)
                .setOccurredAt(game.updatedAt())
                .build();
    }

    private static GameRecord read(ResultSet row, int number) throws SQLException {
        var definition = new GameDefinition(
                idOrNull(row.getString("merchant_id"), MerchantId::new),
                idOrNull(row.getString("campaign_id"), CampaignId::new),
                row.getString("name"),
                row.getString("type"),
                new PartNames(
                        row.getString("seed_generator"), row.getString("validator"), row.getString("reward_handler")),
                GameStatus.named(row.getString("status")).orElseThrow(),
                new GameRules(
                        row.getInt("max_plays_per_user"),
                        row.getInt("max_plays_per_day"),
                        row.getBoolean("require_login"),
                        UtcTimes.instantOrNull(row.getObject("start_date", LocalDateTime.class)),
                        UtcTimes.instantOrNull(row.getObject("end_date", LocalDateTime.class)),
                        row.getBoolean("use_turns")),
                row.getString("handler_config"),
                row.getString("validator_config"),
                row.getString("ui"),
                OnUnavailable.named(row.getString("on_unavailable")).orElseThrow(),
                idOrNull(
                        row.getString("wallet_scope"),
                        name -> WalletScope.named(name).orElseThrow()),
                MilestoneRows.read(row));
        return new GameRecord(
                new TenantId(row.getString("tenant_id")),
                new GameId(row.getString("game_id")),
                row.getLong("revision"),
                definition,
                instant(row, "game_created_at"),
                instant(row, "created_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return UtcTimes.instant(row.getObject(column, LocalDateTime.class));
    }

    private static <T> @Nullable T idOrNull(@Nullable String value, Function<String, T> id) {
        return value == null ? null : id.apply(value);
    }
}
