package io.fanfare.store.prize;

import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.prize.RewardId;
import io.fanfare.engine.reward.RewardStep;
import io.fanfare.engine.reward.Rewarding;
import io.fanfare.engine.reward.Rewarding.StepOutcome;
import io.fanfare.store.Database;
import io.fanfare.store.Page;
import io.fanfare.store.UtcTimes;
import io.fanfare.store.outbox.Outbox;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What players won, and what becomes of it. */
public final class Rewards {

    private final Database database;
    private final RewardMoves moves;
    private final Clock clock;

    public Rewards(Database database, Outbox outbox, Clock clock) {
        this.database = database;
        this.moves = new RewardMoves(database, outbox);
        this.clock = clock;
    }

    /**
     * A player's rewards, newest first.
     *
     * @param before continue behind this reward; null = from the newest
     */
    public Page<RewardRecord> ofPlayer(TenantId tenant, PlayerId player, @Nullable RewardId before, int limit) {
        return Page.of(limit, atMost -> moves.tables().ofPlayer(tenant, player, before, atMost));
    }

    public Optional<RewardRecord> find(TenantId tenant, RewardId id) {
        return moves.tables().find(tenant, id);
    }

    /** The player's own step; a reward of another player is not found. */
    public RewardChange claim(TenantId tenant, PlayerId player, RewardId id, @Nullable String traceparent) {
        return claim(tenant, player, id, traceparent, _ -> {});
    }

    /**
     * The same.
     *
     * @param whenClaimed is done in the transaction of the claim, with the reward as it is then; where it throws, the reward is not
     *     claimed. It may be done again
     */
    public RewardChange claim(
            TenantId tenant,
            PlayerId player,
            RewardId id,
            @Nullable String traceparent,
            Consumer<RewardRecord> whenClaimed) {
        var by = new Actor(player.value(), null, traceparent);
        return database.inTransactionOrAgain(() -> {
            RewardChange change = moves.tables()
                    .lock(tenant, id)
                    .filter(reward -> reward.player().equals(player))
                    .map(reward -> take(reward, new RewardStep.Claim(), by))
                    .orElseGet(RewardChange.RewardNotFound::new);
            if (change instanceof RewardChange.Moved(RewardRecord claimed)) {
                whenClaimed.accept(claimed);
            }
            return change;
        });
    }

    /** Somebody else's step. */
    public RewardChange step(TenantId tenant, RewardId id, RewardStep step, Actor by) {
        return database.inTransactionOrAgain(() -> moves.tables()
                .lock(tenant, id)
                .map(reward -> take(reward, step, by))
                .orElseGet(RewardChange.RewardNotFound::new));
    }

    private RewardChange take(RewardRecord reward, RewardStep step, Actor by) {
        Instant now = UtcTimes.toMillis(clock.instant());
        return switch (Rewarding.step(reward.state(), step, now)) {
            case StepOutcome.Refused refused -> new RewardChange.Refused(reward, refused.why());
            case StepOutcome.Moved moved -> {
                var move = new RewardMove(reward, step, moved, by, now);
                moves.write(List.of(move));
                yield new RewardChange.Moved(move.after());
            }
        };
    }
}
