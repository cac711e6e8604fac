package io.fanfare.play.redemption;

import static io.fanfare.edge.caller.Role.ADMIN;
import static io.fanfare.edge.caller.Role.REWARD_MANAGER;
import static io.fanfare.edge.caller.Role.SUPPORT;

import io.fanfare.edge.answer.Envelope;
import io.fanfare.edge.caller.Allows;
import io.fanfare.edge.caller.Caller;
import io.fanfare.edge.paging.Page;
import io.fanfare.edge.paging.Paging;
import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.prize.AwardId;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.play.Times;
import io.fanfare.store.award.AwardRecord;
import io.fanfare.store.award.AwardState;
import io.fanfare.store.award.Awards;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What players have earned and did not get. */
@Tag(name = "rewards")
@RestController
final class AwardAdminRoutes {

    private final Awards awards;

    AwardAdminRoutes(Awards awards) {
        this.awards = awards;
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
