package io.fanfare.store.redemption;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.milestone.Milestone;
import io.fanfare.engine.milestone.Milestones;
import io.fanfare.engine.play.IdempotencyClaim;
import io.fanfare.store.game.GameRecord;
import org.jspecify.annotations.Nullable;

/**
 * A player wants the prize of a milestone.
 *
 * @param milestones of the game, {@code milestone} among them
 * @param claim so that the same request is made once; null where the caller does not care
 * @param traceparent W3 trace context that it continues; null where none
 */
public record RedemptionWish(
        GameRecord game,
        Milestones milestones,
        Milestone milestone,
        PlayerId player,
        @Nullable IdempotencyClaim claim,
        @Nullable String traceparent) {

    public RedemptionWish {
        requireNonNull(game, "game");
        requireNonNull(milestones, "milestones");
        requireNonNull(milestone, "milestone");
        requireNonNull(player, "player");
    }
}
