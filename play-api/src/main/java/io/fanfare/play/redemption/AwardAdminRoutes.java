package io.fanfare.play.redemption;

import static io.fanfare.edge.caller.Role.ADMIN;
import static io.fanfare.edge.caller.Role.REWARD_MANAGER;
import static io.fanfare.edge.caller.Role.SUPPORT;

import io.fanfare.edge.answer.Envelope;
import io.fanfare.edge.caller.Allows;
import io.fanfare.edge.caller.Caller;
import io.fanfare.edge.error.Reason;
import io.fanfare.edge.error.Refused;
import io.fanfare.edge.error.Violations;
import io.fanfare.edge.paging.Page;
import io.fanfare.edge.paging.Paging;
import io.fanfare.edge.trace.TraceContext;
import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.prize.AwardId;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.prize.RewardId;
import io.fanfare.play.Times;
import io.fanfare.store.award.AwardRecord;
import io.fanfare.store.award.AwardState;
import io.fanfare.store.award.Awards;
import io.fanfare.store.granting.Granting;
import io.fanfare.store.granting.Retry;
import io.fanfare.store.granting.RetryLog;
import io.fanfare.store.granting.RetryWish;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** What players have earned and did not get. */
@Tag(name = "rewards")
@RestController
final class AwardAdminRoutes {

    private final Awards awards;
    private final Granting granting;
    private final RetryLog log;

    AwardAdminRoutes(Awards awards, Granting granting, RetryLog log) {
        this.awards = awards;
        this.granting = granting;
        this.log = log;
    }

    /**
     * Something that was earned and could not be awarded.
     *
     * @param cause milestone
     * @param causeKey what it is for: wallet scope, game and milestone
     * @param reason out_of_stock, capped or no_code
     */
    record UnawardedView(
            AwardId awardId,
            PlayerId playerId,
            GameId gameId,
            PrizeId prizeId,
            String cause,
            String causeKey,
            String reason,
            long createdAt) {

        static UnawardedView of(AwardRecord award) {
            if (!(award.state() instanceof AwardState.Unawarded unawarded)) {
                throw new IllegalArgumentException("award %s is %s".formatted(award.id(), award.state()));
            }
            return new UnawardedView(
                    award.id(),
                    award.key().player(),
                    award.game(),
                    award.prize(),
                    award.key().cause().word(),
                    award.key().key(),
                    unawarded.why().wireName(),
                    Times.seconds(award.createdAt()));
        }
    }

    /** @param reason for the log, such as what was mended */
    record RetryBody(@Nullable String reason) {}

    record RetryAnswer(AwardId awardId, RewardId rewardId) {}

    /**
     * An attempt to award what could not be had.
     *
     * @param outcome awarded, or what was still in the way: out_of_stock, capped or no_code
     */
    record RetryView(String retryId, AwardId awardId, String who, String reason, String outcome, long createdAt) {

        static RetryView of(RetryLog.Entry entry) {
            return new RetryView(
                    entry.id(),
                    entry.award(),
                    entry.who(),
                    entry.reason(),
                    entry.outcome(),
                    Times.seconds(entry.createdAt()));
        }
    }

    /**
     * Awards it now, where what was in the way is not any more. Once for an award: who asks again is told of the same reward.
     * PRIZE_OUT_OF_STOCK where the prize still cannot be had.
     */
    @Allows({ADMIN, REWARD_MANAGER})
    @PostMapping("/api/v1/admin/awards/unawarded/{id}/retry")
    Envelope<RetryAnswer> retry(Caller caller, @PathVariable("id") AwardId id, @RequestBody RetryBody body) {
        var violations = new Violations();
        String reason = violations.text("reason", body.reason(), RetryLog.MAX_REASON);
        violations.refuseAny();
        var wish = new RetryWish(
                caller.tenant(),
                id,
                caller.who(),
                reason,
                TraceContext.current().traceparent());
        return switch (granting.retry(wish)) {
            case Retry.Granted(RewardId reward) -> Envelope.ok(new RetryAnswer(id, reward));
            case Retry.GrantedBefore(RewardId reward) -> Envelope.ok(new RetryAnswer(id, reward));
            case Retry.StillUnawarded(var prize, var why) ->
                throw new Refused(
                        Reason.PRIZE_OUT_OF_STOCK,
                        "the prize still cannot be had",
                        Map.of("prize_id", prize.value(), "why", why.wireName()));
            case Retry.NotFound() -> throw Refused.notFound("unawarded award", id);
        };
    }

    /** Who has tried what again, and why; newest first. */
    @Allows({ADMIN, REWARD_MANAGER, SUPPORT})
    @GetMapping("/api/v1/admin/awards/retries")
    Envelope<Page<RetryView>> retries(Caller caller, Paging paging) {
        var page = log.list(caller.tenant(), paging.after(Function.identity()), paging.limit());
        return Envelope.ok(
                Page.of(page.items(), page.hasMore(), RetryLog.Entry::id).map(RetryView::of));
    }

    /** Newest first. What a player redeems in the end is no longer among them. */
    @Allows({ADMIN, REWARD_MANAGER, SUPPORT})
    @GetMapping("/api/v1/admin/awards/unawarded")
    Envelope<Page<UnawardedView>> unawarded(Caller caller, Paging paging) {
        var page = awards.unawarded(caller.tenant(), paging.after(AwardId::new), paging.limit());
        return Envelope.ok(
                Page.of(page.items(), page.hasMore(), award -> award.id().value())
                        .map(UnawardedView::of));
    }
}
