package io.fanfare.play.reward;

import static io.fanfare.edge.caller.Role.ADMIN;
import static io.fanfare.edge.caller.Role.REWARD_MANAGER;
import static java.util.Objects.requireNonNullElse;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.fanfare.edge.answer.Envelope;
import io.fanfare.edge.caller.Allows;
import io.fanfare.edge.caller.Caller;
import io.fanfare.edge.error.Refused;
import io.fanfare.edge.error.Violations;
import io.fanfare.edge.paging.Page;
import io.fanfare.edge.paging.Paging;
import io.fanfare.edge.trace.TraceContext;
import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.prize.RewardId;
import io.fanfare.engine.reward.Redemption.Mode;
import io.fanfare.engine.reward.RewardStep;
import io.fanfare.store.prize.Actor;
import io.fanfare.store.prize.RewardCases;
import io.fanfare.store.prize.RewardCases.Order;
import io.fanfare.store.prize.RewardStatus;
import io.fanfare.store.prize.Rewards;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Operators and the rewards of players. */
@Tag(name = "rewards")
@RestController
@RequestMapping("/api/v1/admin/rewards")
final class RewardAdminRoutes {

    private final Rewards rewards;
    private final RewardCases cases;

    RewardAdminRoutes(Rewards rewards, RewardCases cases) {
        this.rewards = rewards;
        this.cases = cases;
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

    /**
     * What was won, newest first or oldest first: {@code status=won,claimed&redemption_mode=manual&order=oldest} is what waits for
     * somebody to hand it out.
     *
     * @param statuses one of these, separated by commas: won, claimed, fulfilled, revoked, expired
     * @param mode how the prize is redeemed, as it is configured now: instant, on_claim, manual or exchange
     * @param game that it was won in
     * @param campaign that the game is of now
     * @param order newest (default) or oldest
     */
    @Allows({ADMIN, REWARD_MANAGER})
    @GetMapping
    Envelope<Page<StaffRewardItem>> list(
            Caller caller,
            @RequestParam(name = "status", required = false) @Nullable List<String> statuses,
            @RequestParam(name = "redemption_mode", required = false) @Nullable String mode,
            @RequestParam(name = "prize_id", required = false) @Nullable PrizeId prize,
            @RequestParam(name = "game_id", required = false) @Nullable GameId game,
            @RequestParam(name = "campaign_id", required = false) @Nullable CampaignId campaign,
            @RequestParam(name = "player_id", required = false) @Nullable PlayerId player,
            @RequestParam(name = "order", required = false) @Nullable String order,
            Paging paging) {
        var violations = new Violations();
        Set<RewardStatus> readStatuses = requireNonNullElse(statuses, List.<String>of()).stream()
                .map(status -> violations.word("status", status, RewardStatus.WON, RewardStatus::wireName))
                .collect(toUnmodifiableSet());
        Mode readMode = mode == null ? null : violations.word("redemption_mode", mode, Mode.ON_CLAIM, Mode::wireName);
        Order readOrder = violations.word(
                "order", order, Order.NEWEST, word -> word.name().toLowerCase(Locale.ROOT));
        violations.refuseAny();
        var page = cases.list(
                caller.tenant(),
                new RewardCases.Wanted(readStatuses, readMode, prize, game, campaign, player),
                readOrder,
                paging.after(RewardId::new),
                paging.limit());
        return Envelope.ok(Page.of(
                        page.items(),
                        page.hasMore(),
                        found -> found.reward().id().value())
                .map(StaffRewardItem::of));
    }

    @Allows({ADMIN, REWARD_MANAGER})
    @GetMapping("/{id}")
    Envelope<StaffRewardItem> one(Caller caller, @PathVariable("id") RewardId id) {
        return cases.find(caller.tenant(), id)
                .map(found -> Envelope.ok(StaffRewardItem.of(found)))
                .orElseThrow(() -> Refused.notFound("reward", id));
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
        var by = new Actor(caller.who(), readReason, TraceContext.current().traceparent());
        return Envelope.ok(RewardItem.changed(id, rewards.step(caller.tenant(), id, step, by)));
    }
}
