package io.fanfare.play.reward;

import io.fanfare.edge.answer.Envelope;
import io.fanfare.edge.caller.Allows;
import io.fanfare.edge.caller.Caller;
import io.fanfare.edge.caller.Role;
import io.fanfare.edge.error.Refused;
import io.fanfare.edge.paging.Page;
import io.fanfare.edge.paging.Paging;
import io.fanfare.edge.trace.TraceContext;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.prize.RewardId;
import io.fanfare.play.idempotency.AnswerKeeping;
import io.fanfare.play.idempotency.RequestKey;
import io.fanfare.store.prize.Rewards;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a player has won, and asks for. */
@Tag(name = "rewards")
@RestController
final class RewardRoutes {

    private final Rewards rewards;
    private final AnswerKeeping answers;

    RewardRoutes(Rewards rewards, AnswerKeeping answers) {
        this.rewards = rewards;
        this.answers = answers;
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

    @Allows(value = Role.PLAYER, guests = true)
    @GetMapping({"/api/v1/players/me/rewards/{id}", "/api/v1/rewards/{id}"})
    Envelope<RewardItem> one(Caller caller, @PathVariable("id") RewardId id) {
        return rewards.find(caller.tenant(), id)
                .filter(reward -> reward.player().equals(caller.requirePlayer()))
                .map(reward -> Envelope.ok(RewardItem.of(reward)))
                .orElseThrow(() -> Refused.notFound("reward", id));
    }

    /** Asks for a reward; once, and in time. */
    @Allows(value = Role.PLAYER, guests = true)
    @PostMapping({"/api/v1/players/me/rewards/{id}/claim", "/api/v1/rewards/{id}/claim"})
    Envelope<RewardItem> claim(Caller caller, @PathVariable("id") RewardId id, RequestKey key) {
        PlayerId player = caller.requirePlayer();
        var change = rewards.claim(
                caller.tenant(),
                player,
                id,
                TraceContext.current().traceparent(),
                claimed -> answers.keep(caller.tenant(), player, key, Envelope.ok(RewardItem.of(claimed))));
        return Envelope.ok(RewardItem.changed(id, change));
    }
}
