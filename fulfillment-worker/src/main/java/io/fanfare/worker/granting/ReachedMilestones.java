package io.fanfare.worker.granting;

import io.fanfare.edge.topic.Received;
import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.milestone.MilestoneId;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.wallet.ScopeKey;
import io.fanfare.events.MilestoneReached;
import io.fanfare.store.award.AwardKey;
import io.fanfare.store.granting.Earned;

/** What a milestone that was reached earns. */
final class ReachedMilestones {

    private ReachedMilestones() {}

    /** @throws IllegalArgumentException where the record says what cannot be */
    static Earned earned(Received<MilestoneReached> record) {
        MilestoneReached reached = record.value();
        var scope = new ScopeKey(reached.getScopeKey());
        var game = new GameId(reached.getGameId());
        return new Earned(
                AwardKey.ofMilestone(
                        new TenantId(reached.getTenantId()),
                        scope,
                        game,
                        new MilestoneId(reached.getMilestoneId()),
                        new PlayerId(reached.getPlayerId())),
                game,
                new PrizeId(reached.getPrizeId()),
                scope,
                record.traceparent());
    }
}
