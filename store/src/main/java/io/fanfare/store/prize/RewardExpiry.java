package io.fanfare.store.prize;

import io.fanfare.engine.reward.RewardStep;
import io.fanfare.engine.reward.Rewarding;
import io.fanfare.engine.reward.Rewarding.StepOutcome;
import io.fanfare.store.AcrossTenants;
import io.fanfare.store.Database;
import io.fanfare.store.UtcTimes;
import io.fanfare.store.outbox.Outbox;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Expires rewards that nobody claimed in time: their units go back to stock, their codes are void. Any number of instances may sweep
 * at the same time; each passes over what another has in hand, or what is being claimed at this moment.
 */
@AcrossTenants("what is overdue is overdue for every tenant")
public final class RewardExpiry {

    private static final Actor SWEEPER = new Actor("expiry", null, null);

    private final Database database;
    private final RewardMoves moves;
    private final Clock clock;

    public RewardExpiry(Database database, Outbox outbox, Clock clock) {
        this.database = database;
        this.moves = new RewardMoves(database, outbox);
        this.clock = clock;
    }

    /**
     * Expires what has been overdue longest, in one transaction, which is tried again where it met another.
     *
     * @return how many that were; as many as were allowed where there may be more
     */
    public int sweep(int atMost) {
        Instant now = UtcTimes.toMillis(clock.instant());
        return database.inTransactionOrAgain(() -> {
            var expired = new ArrayList<RewardMove>();
            List<RewardRecord> overdue = moves.tables().lockOverdue(now, atMost);
            for (RewardRecord reward : overdue) {
                var step = new RewardStep.Expire();
                switch (Rewarding.step(reward.state(), step, now)) {
                    case StepOutcome.Moved moved -> expired.add(new RewardMove(reward, step, moved, SWEEPER, now));
                    case StepOutcome.Refused refused ->
                        throw new IllegalStateException(
                                "reward %s is overdue and does not expire: %s".formatted(reward.id(), refused.why()));
                }
            }
            moves.write(expired);
            return expired.size();
        });
    }
}
