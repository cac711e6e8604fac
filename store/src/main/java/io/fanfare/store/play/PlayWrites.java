package io.fanfare.store.play;

import static io.fanfare.store.RowStatement.integer;
import static io.fanfare.store.RowStatement.number;
import static io.fanfare.store.RowStatement.text;
import static io.fanfare.store.RowStatement.time;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import io.fanfare.engine.play.CaughtPlay;
import io.fanfare.engine.play.CommittedPlay;
import io.fanfare.engine.play.CommittedPlay.GrantedReward;
import io.fanfare.engine.play.KeptAnswer;
import io.fanfare.engine.play.Session;
import io.fanfare.engine.reward.RewardState;
import io.fanfare.store.Database;
import io.fanfare.store.RowStatement;
import io.fanfare.store.RowStatement.Rows;
import io.fanfare.store.UtcTimes;
import io.fanfare.store.idempotency.CallerKey;
import io.fanfare.store.play.ShelfTables.Counted;
import io.fanfare.store.prize.NewReward;
import io.fanfare.store.prize.RewardCause;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The statements of a commit that every database takes in the same words: the rows that a batch leaves behind, to be written
 * together. What they change is locked by {@link PlayTables} and {@link ShelfTables}.
 */
final class PlayWrites {

    private static final RowStatement OPEN_SESSION = RowStatement.insert(
            "session",
            text("tenant_id"),
            text("session_id"),
            text("game_id"),
            number("game_revision"),
            text("player_id"),
            text("seed"),
            text("server_seed"),
            time("started_at"),
            time("expires_at"),
            time("consumed_at"),
            text("client_seed"));

    private static final RowStatement FIX_CLIENT_SEED = RowStatement.update(
            "session", List.of(text("client_seed")), List.of(text("tenant_id"), text("session_id")));

    private static final RowStatement CONSUME_SESSION = RowStatement.update(
            "session",
            List.of(time("consumed_at"), text("client_seed")),
            List.of(text("tenant_id"), text("session_id")));

    private static final RowStatement KEEP_ANSWER = RowStatement.update(
            "idempotency_key",
            List.of(integer("status"), text("body")),
            List.of(text("tenant_id"), text("caller"), text("key")));

    private static final RowStatement PLAY = RowStatement.insert(
            "play",
            text("tenant_id"),
            text("play_id"),
            text("game_id"),
            number("game_revision"),
            text("player_id"),
            text("session_id"),
            number("sequence"),
            text("input"),
            text("client_seed"),
            number("draws_used"),
            text("drawn"),
            text("metadata"),
            number("score"),
            text("unavailable"),
            text("wallet_scope_key"),
            number("wallet_number"),
            text("traceparent"),
            time("occurred_at"));

    private static final RowStatement GIVE_OUT_CODE = RowStatement.update(
            "prize_code", List.of(text("reward_id")), List.of(text("tenant_id"), text("prize_id"), text("code")));

    private static final Map<Counted, RowStatement> CORRECT =
            Arrays.stream(Counted.values()).collect(toMap(Function.identity(), Counted::correction));

    private static final RowStatement TAKE_TURNS = RowStatement.update(
            "turn_balance",
            List.of(number("balance").subtracted()),
            List.of(text("tenant_id"), text("campaign_id"), text("player_id")));

    private static final RowStatement SPEND = RowStatement.update(
            "budget_counter",
            List.of(number("spent").added()),
            List.of(text("tenant_id"), text("scope"), text("scope_id")));

    private static final RowStatement CLAIM_MOMENTS = RowStatement.update(
            "moment_counter",
            List.of(number("claimed").added()),
            List.of(text("tenant_id"), text("game_id"), text("prize_id")));

    /** Where stock is unlimited nothing remains less of it. */
    private static final RowStatement TAKE_STOCK = RowStatement.update(
            "prize_stock", List.of(number("remaining").subtracted()), List.of(text("tenant_id"), text("prize_id")));

    private final Database database;

    /**
     * A play about to be written.
     *
     * @param states in which its rewards begin their lives, in their order
     */
    record Fact(Candidate candidate, CommittedPlay play, List<RewardState> states) {}

    /** A reward's place among those of its play. */
    private record Place(Fact fact, int ordinal) {

        GrantedReward reward() {
            return fact.play().rewards().get(ordinal);
        }
    }

    PlayWrites(Database database) {
        this.database = database;
    }

    /** Writes what a batch leaves behind, with one round trip where the database allows it. */
    void run(List<Rows> rows) {
        database.write(rows);
    }

    static Rows sessions(List<Session> sessions) {
        return OPEN_SESSION.of(sessions, PlayWrites::sessionRow);
    }

    static Rows answers(Map<CallerKey, KeptAnswer> answers) {
        return KEEP_ANSWER.of(
                answers.entrySet(),
                answer -> row(
                        answer.getValue().status(),
                        answer.getValue().body(),
                        answer.getKey().tenant().value(),
                        answer.getKey().caller(),
                        answer.getKey().key()));
    }

    /** Fixes what sessions draw with whose plays failed; they are locked and open. */
    static Rows clientSeeds(Map<SessionKey, String> seeds) {
        return FIX_CLIENT_SEED.of(
                seeds.entrySet(),
                seed -> row(
                        seed.getValue(),
                        seed.getKey().tenant().value(),
                        seed.getKey().session().value()));
    }

    static Rows consumedSessions(List<Fact> facts) {
        return CONSUME_SESSION.of(
                facts,
                fact -> row(
                        UtcTimes.column(fact.play().occurredAt()),
                        fact.candidate().play().clientSeed(),
                        fact.candidate().tenant().value(),
                        fact.candidate().session().session().value()));
    }

    static Rows plays(List<Fact> facts) {
        return PLAY.of(facts, PlayWrites::playRow);
    }

    /** The rewards of plays, ready to be minted. */
    static List<NewReward> rewards(List<Fact> facts) {
        return places(facts).stream()
                .map(place -> reward(place.fact(), place.ordinal()))
                .toList();
    }

    /** Marks the codes of the rewards as given out; they are locked. */
    static Rows codes(List<Fact> facts) {
        return GIVE_OUT_CODE.of(
                places(facts).stream()
                        .filter(place -> place.reward().code() != null)
                        .toList(),
                place -> row(
                        place.reward().id().value(),
                        place.fact().candidate().tenant().value(),
                        place.reward().prize().value(),
                        place.reward().code()));
    }

    /** Makes an end of a session; false where it has one already. */
    boolean endSession(CaughtPlay play) {
        return database.jdbc()
                        .sql("""
                                update session set consumed_at = :at
                                where tenant_id = :tenant and session_id = :session and consumed_at is null
                                """)
                        .param("tenant", play.game().tenant().value())
                        .param("session", play.session().id().value())
                        .param("at", UtcTimes.column(play.occurredAt()))
                        .update()
                == 1;
    }

    void insertCaughtPlay(CaughtPlay play, @Nullable String traceparent) {
        database.jdbc()
                .sql("""
                        insert into caught_play (tenant_id, play_id, game_id, game_revision, player_id, session_id, input,
                            verdict, facts, traceparent, occurred_at)
                        values (:tenant, :play, :game, :revision, :player, :session, :input, :verdict, :facts, :trace, :at)
                        """)
                .param("tenant", play.game().tenant().value())
                .param("play", play.id().value())
                .param("game", play.game().id().value())
                .param("revision", play.game().revision())
                .param("player", play.session().player().value())
                .param("session", play.session().id().value())
                .param("input", PlayJson.write(play.input()))
                .param("verdict", play.verdict().why())
                .param("facts", PlayJson.writeFacts(play.verdict().facts()))
                .param("trace", traceparent)
                .param("at", UtcTimes.column(play.occurredAt()))
                .update();
    }

    /**
     * Gives back what was counted for nothing on a day, below zero counts what was not.
     *
     * @param counts where the counters stand, whose rows are locked
     */
    static Rows corrections(Counted counted, long epochDay, Map<CounterKey, Long> by, Map<CounterKey, Count> counts) {
        return requireNonNull(CORRECT.get(counted)).of(by.entrySet(), entry -> {
            Count count = requireNonNull(counts.get(entry.getKey()), "a counter that is locked");
            return row(
                    entry.getValue(),
                    count.isOf(epochDay) ? entry.getValue() : 0L,
                    count.isOfDayAfter(epochDay) ? entry.getValue() : 0L,
                    entry.getKey().tenant().value(),
                    entry.getKey().subject(),
                    entry.getKey().player().value());
        });
    }

    /** Takes turns from balances that are locked. */
    static Rows takenTurns(Map<TurnKey, Long> turns) {
        return TAKE_TURNS.of(
                turns.entrySet(),
                entry -> row(
                        entry.getValue(),
                        entry.getKey().tenant().value(),
                        entry.getKey().campaign().value(),
                        entry.getKey().player().value()));
    }

    /** Takes from budgets that are locked. */
    static Rows spent(Map<BudgetKey, Long> amounts) {
        return SPEND.of(
                amounts.entrySet(),
                entry -> row(
                        entry.getValue(),
                        entry.getKey().tenant().value(),
                        entry.getKey().scope(),
                        entry.getKey().id()));
    }

    /** Claims moments whose counters are locked. */
    static Rows claimedMoments(Map<MomentKey, Long> moments) {
        return CLAIM_MOMENTS.of(
                moments.entrySet(),
                entry -> row(
                        entry.getValue(),
                        entry.getKey().tenant().value(),
                        entry.getKey().game().value(),
                        entry.getKey().prize().value()));
    }

    /** Takes units from stock that is locked. */
    static Rows takenStock(Map<PrizeKey, Long> units) {
        return TAKE_STOCK.of(
                units.entrySet(),
                entry -> row(
                        entry.getValue(),
                        entry.getKey().tenant().value(),
                        entry.getKey().prize().value()));
    }

    private static List<Place> places(List<Fact> facts) {
        return facts.stream()
                .flatMap(fact ->
                        IntStream.range(0, fact.play().rewards().size()).mapToObj(ordinal -> new Place(fact, ordinal)))
                .toList();
    }

    private static @Nullable Object[] sessionRow(Session session) {
        return row(
                session.tenant().value(),
                session.id().value(),
                session.game().value(),
                session.gameRevision(),
                session.player().value(),
                PlayJson.write(session.seed()),
                session.serverSeed().value(),
                UtcTimes.column(session.startedAt()),
                UtcTimes.column(session.expiresAt()),
                UtcTimes.columnOrNull(session.consumedAt()),
                session.clientSeed());
    }

    private static @Nullable Object[] playRow(Fact fact) {
        CommittedPlay play = fact.play();
        Candidate candidate = fact.candidate();
        return row(
                candidate.tenant().value(),
                play.id().value(),
                play.game().value(),
                play.gameRevision(),
                play.player().value(),
                candidate.session().session().value(),
                play.sequence(),
                PlayJson.write(play.input()),
                candidate.play().clientSeed(),
                candidate.play().drawsUsed(),
                PlayJson.writeDrawn(candidate.play().awards()),
                PlayJson.write(play.metadata()),
                play.score(),
                PlayJson.write(play.unavailable()),
                play.walletNumber() == null ? null : play.walletNumber().scopeKey(),
                play.walletNumber() == null ? null : play.walletNumber().number(),
                candidate.pending().traceparent(),
                UtcTimes.column(play.occurredAt()));
    }

    private static NewReward reward(Fact fact, int ordinal) {
        GrantedReward reward = fact.play().rewards().get(ordinal);
        return new NewReward(
                fact.candidate().tenant(),
                reward.id(),
                fact.play().player(),
                reward.prize(),
                fact.play().game(),
                new RewardCause.OfPlay(fact.play().id()),
                ordinal,
                reward.name(),
                reward.image(),
                reward.type(),
                reward.quantity(),
                reward.value(),
                reward.code(),
                fact.states().get(ordinal));
    }

    private static @Nullable Object[] row(@Nullable Object... columns) {
        return columns;
    }
}
