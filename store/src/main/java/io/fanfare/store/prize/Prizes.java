package io.fanfare.store.prize;

import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.prize.AwardConstraints;
import io.fanfare.engine.prize.Prize;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.prize.PrizeType;
import io.fanfare.engine.reward.Redemption;
import io.fanfare.events.PrizeConfigured;
import io.fanfare.schemas.Topics;
import io.fanfare.store.Database;
import io.fanfare.store.Deletion;
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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The prizes of a tenant, what is in stock of them, and the codes that go with them. */
public final class Prizes {

    /** The most codes that one import may bring. */
    public static final int MAX_CODES = 100_000;

    private static final String SELECT = """
            select p.*, s.total, s.remaining
            from prize p
            join prize_stock s on s.tenant_id = p.tenant_id and s.prize_id = p.prize_id
            """;

    private final Database database;
    private final Outbox outbox;
    private final PrizeRevisions revisions;
    private final PrizeUses uses;
    private final Ids ids;
    private final Clock clock;

    public Prizes(Database database, Outbox outbox, Ids ids, Clock clock) {
        this.database = database;
        this.outbox = outbox;
        this.revisions = new PrizeRevisions(database);
        this.uses = new PrizeUses(database);
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * @param stock what there is of it from the start
     * @param traceparent of the request; null where none
     */
    public PrizeRecord create(TenantId tenant, PrizeDefinition definition, Stock stock, @Nullable String traceparent) {
        Instant now = UtcTimes.toMillis(clock.instant());
        var prize = new PrizeRecord(tenant, ids.prize(), 1, definition, stock, now, now);
        return database.inTransaction(() -> {
            insert(prize);
            insertStock(prize);
            publish(prize, traceparent);
            return prize;
        });
    }

    /** Replaces what the prize is, not its stock; empty where the tenant has no such prize. */
    public Optional<PrizeRecord> replace(
            TenantId tenant, PrizeId id, PrizeDefinition definition, @Nullable String traceparent) {
        return database.inTransaction(() -> {
            int found = update(tenant, id, definition);
            Optional<PrizeRecord> replaced = found == 0 ? Optional.empty() : find(tenant, id);
            replaced.ifPresent(prize -> publish(prize, traceparent));
            return replaced;
        });
    }

    /**
     * Deletes a prize that nothing offers: no game awards it, no leaderboard either, no redemption has set a unit of it aside, and
     * nobody has earned it in vain. What was won of it stays, as do stock and codes. A prize that was deleted before is deleted,
     * since then.
     *
     * @param traceparent of the request; null where none
     */
    public Deletion delete(TenantId tenant, PrizeId id, @Nullable String traceparent) {
        return database.inTransaction(() -> {
            Deletable deletable = lock(tenant, id).orElse(null);
            if (deletable == null) {
                return new Deletion.NotFound();
            }
            if (deletable.deletedAt() != null) {
                return new Deletion.Deleted(deletable.deletedAt());
            }
            List<String> users = uses.of(tenant, id, Deletion.MOST_NAMED);
            if (!users.isEmpty()) {
                return new Deletion.InUse(users);
            }
            Instant now = UtcTimes.toMillis(clock.instant());
            markDeleted(tenant, id, now);
            PrizeRecord end = findOrDeleted(tenant, id).orElseThrow();
            revisions.keep(end);
            outbox.write(fact(end, true, traceparent));
            return new Deletion.Deleted(now);
        });
    }

    public Optional<PrizeRecord> find(TenantId tenant, PrizeId id) {
        return database.jdbc()
                .sql(SELECT + "where p.tenant_id = :tenant and p.prize_id = :prize and p.deleted_at is null")
                .param("tenant", tenant.value())
                .param("prize", id.value())
                .query(Prizes::read)
                .optional();
    }

    /** Also a prize that was deleted: for what was won of it, or earned. */
    public Optional<PrizeRecord> findOrDeleted(TenantId tenant, PrizeId id) {
        return database.jdbc()
                .sql(SELECT + "where p.tenant_id = :tenant and p.prize_id = :prize")
                .param("tenant", tenant.value())
                .param("prize", id.value())
                .query(Prizes::read)
                .optional();
    }

    /**
     * Those of the given prizes that the tenant has, to be offered by what this transaction configures: until its end nobody deletes
     * them.
     *
     * @throws IllegalStateException outside a transaction
     */
    public Set<PrizeId> hold(TenantId tenant, Collection<PrizeId> ids) {
        database.requireTransaction("prizes were to be held");
        return ids.isEmpty()
                ? Set.of()
                : database
                        .jdbc()
                        .sql("""
                                select prize_id from prize
                                where tenant_id = :tenant and prize_id in (:prizes) and deleted_at is null
                                order by prize_id
                                """ + database.dialect().forHolding())
                        .param("tenant", tenant.value())
                        .param(
                                "prizes",
                                ids.stream().map(PrizeId::value).distinct().toList())
                        .query((row, _) -> new PrizeId(row.getString(1)))
                        .list()
                        .stream()
                        .collect(Collectors.toSet());
    }

    /**
     * Those of the given prizes that the tenant has or had, ready to be awarded: what was offered when a play began is awarded at its
     * end.
     */
    public Map<PrizeId, Prize> findAll(TenantId tenant, Collection<PrizeId> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        return database
                .jdbc()
                .sql(SELECT + "where p.tenant_id = :tenant and p.prize_id in (:prizes)")
                .param("tenant", tenant.value())
                .param("prizes", ids.stream().map(PrizeId::value).distinct().toList())
                .query(Prizes::read)
                .list()
                .stream()
                .map(PrizeRecord::prize)
                .collect(Collectors.toMap(Prize::id, Function.identity()));
    }

    /**
     * Newest first.
     *
     * @param before continue behind this prize; null = from the newest
     */
    public Page<PrizeRecord> list(TenantId tenant, @Nullable PrizeId before, int limit) {
        return Page.of(
                limit,
                atMost -> database.jdbc()
                        .sql(SELECT + """
                        where p.tenant_id = :tenant and p.deleted_at is null
                            and (cast(:before as char) is null or p.prize_id < :before)
                        order by p.prize_id desc
                        limit :limit
                        """)
                        .param("tenant", tenant.value())
                        .param("before", before == null ? null : before.value())
                        .param("limit", atMost)
                        .query(Prizes::read)
                        .list());
    }

    /**
     * Puts units in stock, or takes some out.
     *
     * @param delta units, negative to take out
     * @param reason for the log of movements
     */
    public StockChange changeStock(TenantId tenant, PrizeId id, long delta, String reason) {
        return database.inTransaction(() -> switch (lockStock(tenant, id).orElse(null)) {
            case null -> new StockChange.PrizeNotFound();
            case Stock.Unlimited() -> new StockChange.StockUnlimited();
            case Stock.Limited(long _, long remaining)
            when remaining + delta < 0 -> new StockChange.BelowZero(remaining);
            case Stock.Limited(long total, long remaining) -> {
                var changed = new Stock.Limited(Math.addExact(total, delta), Math.addExact(remaining, delta));
                updateStock(tenant, id, changed);
                logMovement(tenant, id, delta, reason);
                yield new StockChange.Changed(changed);
            }
        });
    }

    /**
     * Adds codes to the pool of a prize that is handed out with codes, to be given out in this order.
     *
     * @throws IllegalArgumentException where there are more than {@link #MAX_CODES}
     */
    public CodeImport importCodes(TenantId tenant, PrizeId id, List<String> codes) {
        if (codes.size() > MAX_CODES) {
            throw new IllegalArgumentException("%d codes, expected at most %d".formatted(codes.size(), MAX_CODES));
        }
        return database.inTransaction(() -> {
            PrizeRecord prize = find(tenant, id).orElse(null);
            if (prize == null) {
                return new CodeImport.PrizeNotFound();
            }
            if (!prize.definition().needsCode()) {
                return new CodeImport.PrizeWithoutCodes();
            }
            int imported = CodePools.insert(database, tenant, id, codes, clock.instant());
            return new CodeImport.Imported(imported, codes.size() - imported);
        });
    }

    /**
     * How the prizes are doing, newest first.
     *
     * @param before continue behind this prize; null = from the newest
     */
    public Page<PrizeSummary> summarize(TenantId tenant, @Nullable PrizeId before, int limit) {
        return Page.of(
                limit,
                atMost -> database.jdbc()
                        .sql("""
                        select p.prize_id, p.name, s.total, s.remaining,
                            (select count(*) from reward r where r.tenant_id = p.tenant_id and r.prize_id = p.prize_id
                                and r.status not in ('revoked', 'expired')) as awarded,
                            (select count(*) from prize_code c where c.tenant_id = p.tenant_id and c.prize_id = p.prize_id
                                and c.reward_id is null) as codes_available
                        from prize p
                        join prize_stock s on s.tenant_id = p.tenant_id and s.prize_id = p.prize_id
                        where p.tenant_id = :tenant and p.deleted_at is null
                            and (cast(:before as char) is null or p.prize_id < :before)
                        order by p.prize_id desc
                        limit :limit
                        """)
                        .param("tenant", tenant.value())
                        .param("before", before == null ? null : before.value())
                        .param("limit", atMost)
                        .query(Prizes::readSummary)
                        .list());
    }

    private void insert(PrizeRecord prize) {
        PrizeDefinition definition = prize.definition();
        database.jdbc()
                .sql("""
                        insert into prize (tenant_id, prize_id, revision, name, type, image, value, max_per_user, max_per_day,
                            needs_code, redemption_mode, is_in_app, valid_for_seconds, fulfillment, metadata, created_at, updated_at)
                        values (:tenant, :prize, :revision, :name, :type, :image, :value, :max_per_user, :max_per_day,
                            :needs_code, :redemption_mode, :is_in_app, :valid_for_seconds, :fulfillment, :metadata, :now, :now)
                        """)
                .param("tenant", prize.tenant().value())
                .param("prize", prize.id().value())
                .param("revision", prize.revision())
                .param("name", definition.name())
                .param("type", definition.type().wireName())
                .param("image", definition.image())
                .param("value", definition.value())
                .param("max_per_user", definition.constraints().maxPerUser())
                .param("max_per_day", definition.constraints().maxPerDay())
                .param("needs_code", definition.needsCode())
                .param("redemption_mode", definition.redemption().mode().wireName())
                .param("is_in_app", definition.redemption().isInApp())
                .param("valid_for_seconds", seconds(definition.redemption().validFor()))
                .param("fulfillment", definition.fulfillment())
                .param("metadata", definition.metadata())
                .param("now", UtcTimes.column(prize.createdAt()))
                .update();
    }

    private int update(TenantId tenant, PrizeId id, PrizeDefinition definition) {
        return database.jdbc()
                .sql("""
                        update prize
                        set revision = revision + 1, name = :name, type = :type, image = :image, value = :value,
                            max_per_user = :max_per_user, max_per_day = :max_per_day, needs_code = :needs_code,
                            redemption_mode = :redemption_mode, is_in_app = :is_in_app,
                            valid_for_seconds = :valid_for_seconds, fulfillment = :fulfillment,
                            metadata = :metadata, updated_at = :now
                        where tenant_id = :tenant and prize_id = :prize and deleted_at is null
                        """)
                .param("name", definition.name())
                .param("type", definition.type().wireName())
                .param("image", definition.image())
                .param("value", definition.value())
                .param("max_per_user", definition.constraints().maxPerUser())
                .param("max_per_day", definition.constraints().maxPerDay())
                .param("needs_code", definition.needsCode())
                .param("redemption_mode", definition.redemption().mode().wireName())
                .param("is_in_app", definition.redemption().isInApp())
                .param("valid_for_seconds", seconds(definition.redemption().validFor()))
                .param("fulfillment", definition.fulfillment())
                .param("metadata", definition.metadata())
                .param("now", UtcTimes.column(clock.instant()))
                .param("tenant", tenant.value())
                .param("prize", id.value())
                .update();
    }

    private record Deletable(@Nullable Instant deletedAt) {}

    private Optional<Deletable> lock(TenantId tenant, PrizeId id) {
        return database.jdbc()
                .sql("select deleted_at from prize where tenant_id = :tenant and prize_id = :prize for update")
                .param("tenant", tenant.value())
                .param("prize", id.value())
                .query((row, _) ->
                        new Deletable(UtcTimes.instantOrNull(row.getObject("deleted_at", LocalDateTime.class))))
                .optional();
    }

    private void markDeleted(TenantId tenant, PrizeId id, Instant now) {
        database.jdbc()
                .sql("""
                        update prize set revision = revision + 1, deleted_at = :now, updated_at = :now
                        where tenant_id = :tenant and prize_id = :prize
                        """)
                .param("now", UtcTimes.column(now))
                .param("tenant", tenant.value())
                .param("prize", id.value())
                .update();
    }

    private static @Nullable Long seconds(@Nullable Duration time) {
        return time == null ? null : time.toSeconds();
    }

    private static Redemption redemption(ResultSet row) throws SQLException {
        Long seconds = row.getObject("valid_for_seconds", Long.class);
        return new Redemption(
                Redemption.Mode.named(row.getString("redemption_mode")).orElseThrow(),
                row.getBoolean("is_in_app"),
                seconds == null ? null : Duration.ofSeconds(seconds));
    }

    private void insertStock(PrizeRecord prize) {
        Long units = switch (prize.stock()) {
            case Stock.Unlimited() -> null;
            case Stock.Limited(long total, long _) -> total;
        };
        database.jdbc()
                .sql("""
                        insert into prize_stock (tenant_id, prize_id, total, remaining)
                        values (:tenant, :prize, :units, :units)
                        """)
                .param("tenant", prize.tenant().value())
                .param("prize", prize.id().value())
                .param("units", units)
                .update();
        if (units != null) {
            logMovement(prize.tenant(), prize.id(), units, "initial stock");
        }
    }

    private Optional<Stock> lockStock(TenantId tenant, PrizeId id) {
        return database.jdbc()
                .sql("""
                        select total, remaining from prize_stock
                        where tenant_id = :tenant and prize_id = :prize and exists (
                            select 1 from prize p
                            where p.tenant_id = :tenant and p.prize_id = :prize and p.deleted_at is null)
                        for update
                        """)
                .param("tenant", tenant.value())
                .param("prize", id.value())
                .query((row, _) -> readStock(row))
                .optional();
    }

    private void updateStock(TenantId tenant, PrizeId id, Stock.Limited stock) {
        database.jdbc()
                .sql("""
                        update prize_stock set total = :total, remaining = :remaining
                        where tenant_id = :tenant and prize_id = :prize
                        """)
                .param("total", stock.total())
                .param("remaining", stock.remaining())
                .param("tenant", tenant.value())
                .param("prize", id.value())
                .update();
    }

    private void logMovement(TenantId tenant, PrizeId id, long delta, String reason) {
        database.jdbc()
                .sql("""
                        insert into stock_movement (tenant_id, prize_id, movement_id, delta, reason, created_at)
                        values (:tenant, :prize, :movement, :delta, :reason, :now)
                        """)
                .param("tenant", tenant.value())
                .param("prize", id.value())
                .param("movement", ids.mint("stock_"))
                .param("delta", delta)
                .param("reason", reason)
                .param("now", UtcTimes.column(clock.instant()))
                .update();
    }

    /** What the topic of definitions is to hold of the tenant's prizes: of each the current revision, no other is kept. */
    public List<OutboxEvent<PrizeConfigured>> facts(TenantId tenant) {
        return database.jdbc()
                .sql(SELECT + "where p.tenant_id = :tenant order by p.prize_id")
                .param("tenant", tenant.value())
                .query((row, number) -> fact(read(row, number), row.getObject("deleted_at") != null, null))
                .list();
    }

    private void publish(PrizeRecord prize, @Nullable String traceparent) {
        revisions.keep(prize);
        outbox.write(fact(prize, false, traceparent));
    }

    private static OutboxEvent<PrizeConfigured> fact(
            PrizeRecord prize, boolean isDeleted, @Nullable String traceparent) {
        var configured = PrizeConfigured.newBuilder()
                .setTenantId(prize.tenant().value())
                .setPrizeId(prize.id().value())
                .setRevision(prize.revision())
                .setName(prize.definition().name())
                .setType(prize.definition().type().wireName())
                .setValue(prize.definition().value())
                .setDeleted(isDeleted)
                .setOccurredAt(prize.updatedAt())
                .build();
        return OutboxEvent.keyed(
                prize.tenant(),
                Topics.CONFIG,
                Topics.definitionKey(prize.tenant().value(), "prize", prize.id().value(), prize.revision()),
                configured,
                traceparent,
                prize.updatedAt());
    }

    private static PrizeRecord read(ResultSet row, int number) throws SQLException {
        var definition = new PrizeDefinition(
                row.getString("name"),
                PrizeType.named(row.getString("type")).orElseThrow(),
                row.getString("image"),
                row.getLong("value"),
                new AwardConstraints(row.getInt("max_per_user"), row.getInt("max_per_day")),
                row.getBoolean("needs_code"),
                redemption(row),
                row.getString("fulfillment"),
                row.getString("metadata"));
        return new PrizeRecord(
                new TenantId(row.getString("tenant_id")),
                new PrizeId(row.getString("prize_id")),
                row.getLong("revision"),
                definition,
                readStock(row),
                UtcTimes.instant(row.getObject("created_at", LocalDateTime.class)),
                UtcTimes.instant(row.getObject("updated_at", LocalDateTime.class)));
    }

    private static PrizeSummary readSummary(ResultSet row, int number) throws SQLException {
        return new PrizeSummary(
                new PrizeId(row.getString("prize_id")),
                row.getString("name"),
                readStock(row),
                row.getLong("awarded"),
                row.getLong("codes_available"));
    }

    private static Stock readStock(ResultSet row) throws SQLException {
        Long total = row.getObject("total", Long.class);
        return total == null ? new Stock.Unlimited() : new Stock.Limited(total, row.getLong("remaining"));
    }
}
