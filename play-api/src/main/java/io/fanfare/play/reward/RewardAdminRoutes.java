package io.fanfare.play.reward;

import static io.fanfare.edge.caller.Role.ADMIN;
import static io.fanfare.edge.caller.Role.REWARD_MANAGER;
import static java.util.Objects.requireNonNullElse;

import io.fanfare.edge.answer.Envelope;
import io.fanfare.edge.caller.Allows;
import io.fanfare.edge.caller.Caller;
import io.fanfare.edge.error.Violations;
import io.fanfare.edge.trace.TraceContext;
import io.fanfare.engine.prize.RewardId;
import io.fanfare.engine.reward.RewardStep;
import io.fanfare.store.prize.Actor;
import io.fanfare.store.prize.Rewards;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Operators and the rewards of players. */
@Tag(name = "rewards")
@RestController
@RequestMapping("/api/v1/admin/rewards")
final class RewardAdminRoutes {

    private static final String OPERATOR = "operator";

    private final Rewards rewards;

    RewardAdminRoutes(Rewards rewards) {
        this.rewards = rewards;
    }

    /** @param reason for the reward's history */
    record FulfillBody(@Nullable String reason) {

        static final FulfillBody EMPTY = new FulfillBody(null);
    }

    /**
     * @param reason for the reward's history
     * @param restock the unit of a reward that was fulfilled goes back to stock; that of any other goes back anyway
     */
    record RevokeBody(@Nullable String reason, @Nullable Boolean restock) {

        static final RevokeBody EMPTY = new RevokeBody(null, null);
    }

    /** It has reached the player. */
    @Allows({ADMIN, REWARD_MANAGER})
    @PostMapping("/{id}/fulfill")
    Envelope<RewardItem> fulfill(
            Caller caller, @PathVariable("id") RewardId id, @RequestBody(required = false) @Nullable FulfillBody body) {
        FulfillBody wish = requireNonNullElse(body, FulfillBody.EMPTY);
        return step(caller, id, new RewardStep.Fulfil(), wish.reason());
    }

    /** Takes it back, whatever its state; its code is void. */
    @Allows({ADMIN, REWARD_MANAGER})
    @PostMapping("/{id}/revoke")
    Envelope<RewardItem> revoke(
            Caller caller, @PathVariable("id") RewardId id, @RequestBody(required = false) @Nullable RevokeBody body) {
        RevokeBody wish = requireNonNullElse(body, RevokeBody.EMPTY);
        return step(caller, id, new RewardStep.Revoke(requireNonNullElse(wish.restock(), false)), wish.reason());
    }

    private Envelope<RewardItem> step(Caller caller, RewardId id, RewardStep step, @Nullable String reason) {
        var violations = new Violations();
        String readReason = violations.optionalText("reason", reason, Actor.MAX_REASON);
        violations.refuseAny();
        var by = new Actor(OPERATOR, readReason, TraceContext.current().traceparent());
        return Envelope.ok(RewardItem.changed(id, rewards.step(caller.tenant(), id, step, by)));
    }
}
