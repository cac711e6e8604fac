package io.fanfare.store.play;

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
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A ledger whose concurrent plays share transactions (group commit): the row that everybody wants, the stock of the hot
 * prize, is then locked once per batch instead of once per play, and the log is flushed once. The plays of one player are
 * committed in the order in which they came. Sessions are opened in the same way.
 */
public final class GroupCommitLedger implements PlayLedger {

    private final JdbcPlayLedger ledger;
    private final BatchLanes<PendingPlay, Owner, Outcome> plays;
    private final BatchLanes<PendingStart, Owner, Opening> sessions;

    /** Whose plays and sessions keep their order. */
    private record Owner(TenantId tenant, PlayerId player) {

        static Owner of(Session session) {
            return new Owner(session.tenant(), session.player());
        }
    }

    /** @param batchSizes is told how many plays went into a transaction, each time */
    public GroupCommitLedger(JdbcPlayLedger ledger, GroupCommitSettings settings, IntConsumer batchSizes) {
        this.ledger = ledger;
        Executor platformThreads = Executors.newCachedThreadPool(
                Thread.ofPlatform().daemon().name("group-commit-", 0).factory());
        this.plays = new BatchLanes<>(
                "plays", settings, platformThreads, play -> Owner.of(play.play().session()), batch -> {
                    batchSizes.accept(batch.size());
                    return ledger.commit(batch);
                });
        this.sessions = new BatchLanes<>(
                "sessions", settings, platformThreads, start -> Owner.of(start.session()), ledger::open);
    }

    /**
     * {@inheritDoc}
     *
     * @throws LedgerBusy where more comes in than can be written; nothing was
     */
    @Override
    public List<Opening> open(List<PendingStart> batch) {
        if (batch.size() != 1) {
            return ledger.open(batch);
        }
        return List.of(sessions.submit(batch.getFirst()));
    }

    /**
     * {@inheritDoc}
     *
     * @throws LedgerBusy where more comes in than can be committed; nothing was
     */
    @Override
    public List<Outcome> commit(List<PendingPlay> batch) {
        if (batch.size() != 1) {
            return ledger.commit(batch);
        }
        return List.of(plays.submit(batch.getFirst()));
    }

    @Override
    public boolean burn(CaughtPlay play, @Nullable String traceparent) {
        return ledger.burn(play, traceparent);
    }

    @Override
    public Optional<Session> session(TenantId tenant, SessionId id) {
        return ledger.session(tenant, id);
    }

    @Override
    public PlayCounts counts(TenantId tenant, GameId game, PlayerId player, Instant now) {
        return ledger.counts(tenant, game, player, now);
    }

    @Override
    public Allowance allowance(Game game, PlayerId player, Instant now) {
        return ledger.allowance(game, player, now);
    }

    @Override
    public List<CommittedPlay> history(
            TenantId tenant, GameId game, PlayerId player, @Nullable PlayId before, int limit) {
        return ledger.history(tenant, game, player, before, limit);
    }
}
