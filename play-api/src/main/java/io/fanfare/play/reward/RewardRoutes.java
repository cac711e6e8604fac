package io.fanfare.play.reward;

import io.fanfare.edge.answer.Envelope;
import io.fanfare.edge.caller.Allows;
import io.fanfare.edge.caller.Caller;
import io.fanfare.edge.caller.Role;
import io.fanfare.edge.paging.Page;
import io.fanfare.edge.paging.Paging;
import io.fanfare.engine.game.GameId;
import io.fanfare.engine.play.PlayId;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.prize.RewardId;
import io.fanfare.play.Times;
import io.fanfare.store.prize.RewardRecord;
import io.fanfare.store.prize.Rewards;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a player has won. */
@Tag(name = "rewards")
@RestController
final class RewardRoutes {

    private final Rewards rewards;

    RewardRoutes(Rewards rewards) {
        this.rewards = rewards;
    }

    /** @param status won, claimed, fulfilled or revoked */
    record RewardItem(
            RewardId rewardId,
            PrizeId prizeId,
            String name,
            @Nullable String image,
            String type,
            long quantity,
            long value,
            String status,
            @Nullable String code,
            GameId gameId,
            PlayId playId,
            long createdAt) {

        static RewardItem of(RewardRecord reward) {
            return new RewardItem(
                    reward.id(),
                    reward.prize(),
                    reward.name(),
                    reward.image(),
                    reward.type().wireName(),
                    reward.quantity(),
                    reward.value(),
                    reward.status().wireName(),
                    reward.code(),
                    reward.game(),
                    reward.play(),
                    Times.seconds(reward.createdAt()));
        }
    }

    /** Newest first. */
    @Allows(value = Role.PLAYER, guests = true)
    @GetMapping({"/api/v1/players/me/rewards", "/api/v1/rewards/me"})
    Envelope<Page<RewardItem>> mine(Caller caller, Paging paging) {
        var page =
                rewards.ofPlayer(caller.tenant(), caller.requirePlayer(), paging.after(RewardId::new), paging.limit());
        return Envelope.ok(
                Page.of(page.items(), page.hasMore(), reward -> reward.id().value())
                        .map(RewardItem::of));
    }
}
