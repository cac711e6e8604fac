package io.fanfare.store.play;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.game.Game;
import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.play.Allowance;
import io.fanfare.engine.play.CaughtPlay;
import io.fanfare.engine.play.CommittedPlay;
import io.fanfare.engine.play.PendingPlay;
import io.fanfare.engine.play.PendingStart;
import io.fanfare.engine.play.PlayCounts;
import io.fanfare.engine.play.PlayId;
import io.fanfare.engine.play.PlayLedger;
import io.fanfare.engine.play.Session;
import io.fanfare.engine.play.SessionId;
import io.fanfare.schemas.wire.SchemaRegistry.RegistryUnavailable;
import io.fanfare.store.Database;
import io.fanfare.store.idempotency.CallerKey;
import io.fanfare.store.identity.Ids;
import io.fanfare.store.outbox.Outbox;
import io.fanfare.store.prize.Minting;
import io.fanfare.store.sequence.PlayerSequences;
import io.fanfare.store.wallet.WalletCommands;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.transaction.TransactionException;

/**
 * The ledger in a database. A commit that has returned survives a crash of the server: it waits for the log to be
 * written (on PostgreSQL synchronous commit, set in each of its transactions; on MariaDB the server is set up so).
 */
public final class JdbcPlayLedger implements PlayLedger {

    public static final int MAX_BATCH = 1_000;

    private final Database database;
    private final PlayWrites writes;
    private final Minting minting;
    private final PlayReading reading;
    private final PlayerSequences sequences;
    private final WalletCommands walletCommands;
    private final Outbox outbox;
    private final Ids ids;
    private final Clock clock;

    public JdbcPlayLedger(Database database, Outbox outbox, Ids ids, Clock clock) {
        this.database = database;
        this.writes = new PlayWrites(database);
        this.minting = new Minting(database, outbox);
        this.reading = new PlayReading(database);
        this.sequences = new PlayerSequences(database);
        this.walletCommands = new WalletCommands(database, outbox);
        this.outbox = outbox;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException inside another transaction
     */
    @Override
    public List<Opening> open(List<PendingStart> starts) {
        database.requireNoTransaction("sessions were to be opened");
        return splitting(starts, this::openTogether, Opening.Failed::new);
    }

    @Override
    public Optional<Session> session(TenantId tenant, SessionId id) {
        return reading.session(tenant, id);
    }

    @Override
    public PlayCounts counts(TenantId tenant, GameId game, PlayerId player, Instant now) {
        return reading.counts(tenant, game, player, now);
    }

    @Override
    public Allowance allowance(Game game, PlayerId player, Instant now) {
        return reading.allowance(game, player, now);
    }

    /**
     * {@inheritDoc}
     *
     * <p>A batch that fails for a reason nobody expected is committed play by play, so that only the one which is the reason
     * has {@link Outcome.Failed}. Plays with the same idempotency key follow one another, each in its own transaction, as if
     * they had come in one by one; so do plays of two days, where a batch comes about midnight UTC.
     *
     * @throws IllegalArgumentException where there are more than {@link #MAX_BATCH}
     * @throws IllegalStateException inside another transaction, or where a session was never opened
     */
    @Override
    public List<Outcome> commit(List<PendingPlay> plays) {
        if (plays.size() > MAX_BATCH) {
            throw new IllegalArgumentException(
                    "%d plays in a batch, expected at most %d".formatted(plays.size(), MAX_BATCH));
        }
        database.requireNoTransaction("plays were to be committed");
        @Nullable Outcome[] outcomes = new @Nullable Outcome[plays.size()];
        List<Integer> waiting = new ArrayList<>();
        for (int place = 0; place < plays.size(); place++) {
            waiting.add(place);
        }
        while (!waiting.isEmpty()) {
            List<Integer> wave = together(waiting, plays);
            List<Outcome> committed =
                    splitting(wave.stream().map(plays::get).toList(), this::commitTogether, Outcome.Failed::new);
            for (int i = 0; i < wave.size(); i++) {
                outcomes[wave.get(i)] = committed.get(i);
            }
            waiting.removeAll(new HashSet<>(wave));
        }
        return Arrays.stream(outcomes)
                .map(outcome -> requireNonNull(outcome, "a play without an outcome"))
                .toList();
    }

    @Override
    public boolean burn(CaughtPlay play, @Nullable String traceparent) {
        return database.inTransactionOrAgain(() -> {
            boolean isEnd = writes.endSession(play);
            if (isEnd) {
                writes.insertCaughtPlay(play, traceparent);
            }
            return isEnd;
        });
    }

    @Override
    public List<CommittedPlay> history(
            TenantId tenant, GameId game, PlayerId player, @Nullable PlayId before, int limit) {
        return reading.history(tenant, game, player, before, limit);
    }

    /**
     * The places of those that can share a transaction: plays of the day of the first one, and of each idempotency key the first
     * one that has it.
     */
    private static List<Integer> together(List<Integer> places, List<PendingPlay> plays) {
        Set<CallerKey> seen = new HashSet<>();
        long epochDay = candidate(places.getFirst(), plays).epochDay();
        return places.stream()
                .filter(place -> candidate(place, plays).epochDay() == epochDay)
                .filter(place ->
                        candidate(place, plays).callerKey().map(seen::add).orElse(true))
                .toList();
    }

    private static Candidate candidate(int place, List<PendingPlay> plays) {
        return new Candidate(place, plays.get(place));
    }

    private List<Opening> openTogether(List<PendingStart> starts) {
        return database.inTransactionOrAgain(
                () -> new BatchOpening(PlayTables.of(database), writes, starts).run(clock.instant()));
    }

    private List<Outcome> commitTogether(List<PendingPlay> plays) {
        PlayTables tables = PlayTables.of(database);
        ShelfTables shelf = ShelfTables.of(database);
        return database.inTransactionOrAgain(
                () -> new BatchCommit(tables, shelf, writes, minting, sequences, walletCommands, outbox, ids, plays)
                        .run(clock.instant()));
    }

    /** Does all of them together or, where that fails for a reason nobody expected, each alone. */
    private static <T, R> List<R> splitting(
            List<T> batch, Function<List<T>, List<R>> work, Function<RuntimeException, R> failed) {
        try {
            return work.apply(batch);
        } catch (NonTransientDataAccessResourceException
                | TransientDataAccessResourceException
                | RecoverableDataAccessException
                | TransactionException
                | RegistryUnavailable unreachable) {
            // Nobody knows whether it was committed, or a single one would fare no better.
            throw unreachable;
        } catch (RuntimeException unexpected) {
            return batch.size() == 1
                    ? List.of(failed.apply(unexpected))
                    : batch.stream()
                            .flatMap(one -> splitting(List.of(one), work, failed).stream())
                            .toList();
        }
    }
}
