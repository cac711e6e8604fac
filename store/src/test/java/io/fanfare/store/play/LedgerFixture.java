package io.fanfare.store.play;

import static io.fanfare.engine.play.Wheel.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.play.CommittedPlay;
import io.fanfare.engine.play.DecidedPlay;
import io.fanfare.engine.play.DecidedPlay.Award;
import io.fanfare.engine.play.IdempotencyClaim;
import io.fanfare.engine.play.KeptAnswer;
import io.fanfare.engine.play.PendingPlay;
import io.fanfare.engine.play.PlayLedger;
import io.fanfare.engine.play.PlayLedger.Outcome;
import io.fanfare.engine.play.Session;
import io.fanfare.engine.play.Wheel;
import io.fanfare.engine.prize.Prize;
import io.fanfare.engine.reward.Redemption;
import io.fanfare.schemas.wire.InMemoryRegistry;
import io.fanfare.schemas.wire.SchemaRegistry;
import io.fanfare.store.Database;
import io.fanfare.store.StorePostgres;
import io.fanfare.store.StoreServer;
import io.fanfare.store.identity.Ids;
import io.fanfare.store.outbox.Outbox;
import io.fanfare.store.prize.Rewards;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.Arguments;

/** A ledger, and what is needed to play against it. */
final class LedgerFixture {

    private final Database database;
    private final SchemaRegistry registry = new InMemoryRegistry();
    private final PlayLedger ledger;

    /** How plays that come in at the same time get into transactions. */
    enum Transactions {
        EACH_ITS_OWN,
        SHARED
    }

    private LedgerFixture(Database database, Transactions transactions) {
        this.database = database;
        var alone = new JdbcPlayLedger(
                database, new Outbox(database, registry), new Ids(), Clock.fixed(NOON, ZoneOffset.UTC));
        this.ledger = switch (transactions) {
            case EACH_ITS_OWN -> alone;
            case SHARED ->
                new GroupCommitLedger(
                        alone,
                        new GroupCommitSettings(2, 64, 1_000, Duration.ofSeconds(30), Duration.ofMillis(5), 16),
                        _ -> {});
        };
    }

    /** What a contract of the ledger runs on: its constructor is given the server and how transactions are shared. */
    static Stream<Arguments> everyWayOnEveryDatabase() {
        return StoreServer.all()
                .flatMap(server ->
                        Stream.of(Transactions.values()).map(transactions -> Arguments.of(server, transactions)));
    }

    static LedgerFixture onSharedDatabase(StoreServer server, Transactions transactions) {
        return new LedgerFixture(server.shared(), transactions);
    }

    static LedgerFixture onFreshDatabase(StoreServer server, Transactions transactions) {
        return new LedgerFixture(server.fresh(), transactions);
    }

    static LedgerFixture onCarelessDatabase() {
        return new LedgerFixture(StorePostgres.freshAndCareless(), Transactions.EACH_ITS_OWN);
    }

    Database database() {
        return database;
    }

    SchemaRegistry registry() {
        return registry;
    }

    PlayLedger ledger() {
        return ledger;
    }

    Turns turns() {
        return new Turns(database, Clock.fixed(NOON, ZoneOffset.UTC));
    }

    Rewards rewards() {
        return new Rewards(database, new Outbox(database, registry), Clock.fixed(NOON, ZoneOffset.UTC));
    }

    /** Makes a prize known that has limited stock and none of it yet. */
    void introduce(Prize prize, Redemption redemption) {
        Duration validFor = redemption.validFor();
        database.jdbc()
                .sql("""
                        insert into prize (tenant_id, prize_id, revision, name, type, value, max_per_user, max_per_day,
                            needs_code, redemption_mode, is_in_app, valid_for_seconds, fulfillment, created_at, updated_at)
                        values (?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, '{}', now(), now())
                        """)
                .param(prize.tenant().value())
                .param(prize.id().value())
                .param(prize.name())
                .param(prize.type().wireName())
                .param(prize.value())
                .param(prize.constraints().maxPerUser())
                .param(prize.constraints().maxPerDay())
                .param(prize.needsCode())
                .param(redemption.mode().wireName())
                .param(redemption.isInApp())
                .param(validFor == null ? null : validFor.toSeconds())
                .update();
        stock(prize, 0L);
    }

    void stock(Prize prize, @Nullable Long units) {
        database.jdbc()
                .sql("insert into prize_stock (tenant_id, prize_id, total, remaining) values (?, ?, ?, ?)")
                .param(prize.tenant().value())
                .param(prize.id().value())
                .param(units)
                .param(units)
                .update();
    }

    void codes(Prize prize, List<String> codes) {
        for (String code : codes) {
            database.jdbc()
                    .sql("insert into prize_code (tenant_id, prize_id, code, created_at) values (?, ?, ?, now())")
                    .params(prize.tenant().value(), prize.id().value(), code)
                    .update();
        }
    }

    Optional<Long> remaining(Prize prize) {
        return Optional.ofNullable(database.jdbc()
                .sql("select remaining from prize_stock where tenant_id = ? and prize_id = ?")
                .params(prize.tenant().value(), prize.id().value())
                .query((row, _) -> row.getObject(1, Long.class))
                .list()
                .getFirst());
    }

    long count(String sql, Object... params) {
        return database.jdbc()
                .sql(sql)
                .params(params)
                .query((row, _) -> row.getLong(1))
                .single();
    }

    Session opened(Wheel wheel, PlayerId player) {
        Session session = wheel.session(player, NOON);
        ledger.open(session);
        return session;
    }

    /** A play in a session of its own. */
    DecidedPlay decided(Wheel wheel, PlayerId player) {
        return wheel.decided(opened(wheel, player), NOON);
    }

    Outcome commit(PendingPlay play) {
        return ledger.commit(List.of(play)).getFirst();
    }

    Outcome commit(DecidedPlay play) {
        return commit(pending(play));
    }

    static PendingPlay pending(DecidedPlay play) {
        return pending(play, null);
    }

    static PendingPlay pending(DecidedPlay play, @Nullable IdempotencyClaim claim) {
        return new PendingPlay(
                play, claim, committed -> new KeptAnswer(200, "{\"play_id\":\"%s\"}".formatted(committed.id())), null);
    }

    /** The same play, winning something else. */
    static DecidedPlay winning(DecidedPlay play, Award... awards) {
        return new DecidedPlay(
                play.id(),
                play.game(),
                play.session(),
                play.input(),
                play.clientSeed(),
                List.of(awards),
                play.metadata(),
                play.score(),
                play.occurredAt());
    }

    static CommittedPlay committed(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Committed.class);
        return ((Outcome.Committed) outcome).play();
    }

    static <T> List<T> allAtOnce(List<Callable<T>> calls) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.invokeAll(calls).stream().map(Future::resultNow).toList();
        }
    }

    /** With no more than this many under way at any time. */
    static <T> List<T> onThreads(int threads, List<Callable<T>> calls) throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            return pool.invokeAll(calls).stream().map(Future::resultNow).toList();
        }
    }
}
