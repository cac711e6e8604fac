package io.fanfare.store.play;

import io.fanfare.engine.play.CaughtPlay;
import io.fanfare.engine.play.CommittedPlay;
import io.fanfare.engine.play.CommittedPlay.GrantedReward;
import io.fanfare.engine.play.Session;
import io.fanfare.engine.reward.RewardState;
import io.fanfare.store.Database;
import io.fanfare.store.UtcTimes;
import io.fanfare.store.play.ShelfTables.Counted;
import io.fanfare.store.prize.NewReward;
import io.fanfare.store.prize.RewardCause;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The statements of a commit that every database takes in the same words. Each runs once for a whole batch, on rows that
 * {@link PlayTables} and {@link ShelfTables} have locked.
 */
final class PlayWrites {

    private final Database database;

    /**
     * A play about to be written.
     *
     * @param states in which its rewards begin their lives, in their order
     */
    record Fact(Candidate candidate, CommittedPlay play, List<RewardState> states) {}

    PlayWrites(Database database) {
        this.database = database;
    }

    /** Fixes what sessions draw with whose plays failed; they are locked and open. */
    void fixClientSeeds(Map<SessionKey, String> seeds) {
        database.batch(
                "update session set client_seed = ? where tenant_id = ? and session_id = ?",
                rows(
                        seeds.entrySet(),
                        seed -> row(
                                seed.getValue(),
                                seed.getKey().tenant().value(),
                                seed.getKey().session().value())));
    }

    void consumeSessions(List<Fact> facts) {
        database.batch(
                "update session set consumed_at = ?, client_seed = ? where tenant_id = ? and session_id = ?",
                rows(
                        facts,
                        fact -> row(
                                UtcTimes.column(fact.play().occurredAt()),
                                fact.candidate().play().clientSeed(),
                                fact.candidate().tenant().value(),
                                fact.candidate().session().session().value())));
    }

    void insertSessions(List<Session> sessions) {
        database.batch("""
                insert into session (tenant_id, session_id, game_id, game_revision, player_id, seed, server_seed, started_at,
                    expires_at, consumed_at, client_seed)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, rows(sessions, PlayWrites::sessionRow));
    }

    void insertPlays(List<Fact> facts) {
        database.batch("""
                insert into play (tenant_id, play_id, game_id, game_revision, player_id, session_id, sequence, input,
                    client_seed, draws_used, drawn, metadata, score, unavailable, wallet_scope_key, wallet_number,
                    traceparent, occurred_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, rows(facts, PlayWrites::playRow));
    }

    /** The rewards of plays, ready to be minted. */
    static List<NewReward> rewards(List<Fact> facts) {
        List<NewReward> rewards = new ArrayList<>();
        for (Fact fact : facts) {
            for (int ordinal = 0; ordinal < fact.play().rewards().size(); ordinal++) {
                rewards.add(reward(fact, ordinal));
            }
        }
        return rewards;
    }

    /** Marks the codes of the rewards as given out; they are locked. */
    void giveOutCodes(List<Fact> facts) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Fact fact : facts) {
            for (GrantedReward reward : fact.play().rewards()) {
                if (reward.code() != null) {
                    rows.add(row(
                            reward.id().value(),
                            fact.candidate().tenant().value(),
                            reward.prize().value(),
                            reward.code()));
                }
            }
        }
        database.batch("update prize_code set reward_id = ? where tenant_id = ? and prize_id = ? and code = ?", rows);
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

    void insertCaughtPlay(CaughtPlay play) {
        database.jdbc()
                .sql("""
                        insert into caught_play (tenant_id, play_id, game_id, game_revision, player_id, session_id, input,
                            verdict, facts, occurred_at)
                        values (:tenant, :play, :game, :revision, :player, :session, :input, :verdict, :facts, :at)
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
                .param("at", UtcTimes.column(play.occurredAt()))
                .update();
    }

    /** Gives back what was counted for nothing, below zero counts what was not, on rows that are locked. */
    void correct(Counted counted, Map<CounterKey, Long> by) {
        database.batch(
                counted.sql("""
                        update $table set $count = $count - ?
                        where tenant_id = ? and $subject = ? and player_id = ? and epoch_day = ?
                        """),
                rows(
                        by.entrySet(),
                        entry -> row(
                                entry.getValue(),
                                entry.getKey().tenant().value(),
                                entry.getKey().subject(),
                                entry.getKey().player().value(),
                                entry.getKey().epochDay())));
    }

    /** Takes turns from balances that are locked. */
    void takeTurns(Map<TurnKey, Long> turns) {
        database.batch(
                """
                update turn_balance set balance = balance - ?
                where tenant_id = ? and campaign_id = ? and player_id = ?
                """,
                rows(
                        turns.entrySet(),
                        entry -> row(
                                entry.getValue(),
                                entry.getKey().tenant().value(),
                                entry.getKey().campaign().value(),
                                entry.getKey().player().value())));
    }

    /** Takes from budgets that are locked. */
    void spend(Map<BudgetKey, Long> amounts) {
        database.batch(
                "update budget_counter set spent = spent + ? where tenant_id = ? and scope = ? and scope_id = ?",
                rows(
                        amounts.entrySet(),
                        entry -> row(
                                entry.getValue(),
                                entry.getKey().tenant().value(),
                                entry.getKey().scope(),
                                entry.getKey().id())));
    }

    /** Claims moments whose counters are locked. */
    void claimMoments(Map<MomentKey, Long> moments) {
        database.batch(
                "update moment_counter set claimed = claimed + ? where tenant_id = ? and game_id = ? and prize_id = ?",
                rows(
                        moments.entrySet(),
                        entry -> row(
                                entry.getValue(),
                                entry.getKey().tenant().value(),
                                entry.getKey().game().value(),
                                entry.getKey().prize().value())));
    }

    /** Takes units from limited stock, which is locked. */
    void takeStock(Map<PrizeKey, Long> units) {
        database.batch(
                """
                update prize_stock set remaining = remaining - ?
                where tenant_id = ? and prize_id = ? and remaining is not null
                """,
                rows(
                        units.entrySet(),
                        entry -> row(
                                entry.getValue(),
                                entry.getKey().tenant().value(),
                                entry.getKey().prize().value())));
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

    private static <T> List<@Nullable Object[]> rows(Collection<T> values, Function<T, @Nullable Object[]> row) {
        List<@Nullable Object[]> rows = new ArrayList<>(values.size());
        for (T value : values) {
            rows.add(row.apply(value));
        }
        return rows;
    }

    private static @Nullable Object[] row(@Nullable Object... columns) {
        return columns;
    }
}
