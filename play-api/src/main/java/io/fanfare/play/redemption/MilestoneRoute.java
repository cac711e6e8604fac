package io.fanfare.play.redemption;

import io.fanfare.edge.answer.Envelope;
import io.fanfare.edge.caller.Allows;
import io.fanfare.edge.caller.Caller;
import io.fanfare.edge.caller.Role;
import io.fanfare.edge.error.Refused;
import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.milestone.Milestone;
import io.fanfare.engine.milestone.MilestoneId;
import io.fanfare.engine.milestone.MilestoneMode;
import io.fanfare.engine.milestone.Milestones;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.wallet.ScopeKey;
import io.fanfare.play.redemption.PlayerHoldings.Held;
import io.fanfare.store.award.AwardKey;
import io.fanfare.store.award.AwardState;
import io.fanfare.store.award.Awards;
import io.fanfare.store.game.GameRecord;
import io.fanfare.store.game.Games;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** How far a player is with the milestones of a game. */
@Tag(name = "milestones")
@RestController
final class MilestoneRoute {

    private final Games games;
    private final PlayerHoldings holdings;
    private final Awards awards;

    MilestoneRoute(Games games, PlayerHoldings holdings, Awards awards) {
        this.games = games;
        this.holdings = holdings;
        this.awards = awards;
    }

    /**
     * The milestones of a game.
     *
     * @param balance that they are measured by: what was ever earned in cumulative_unlock, what is there to be spent in
     *     spend_exchange
     * @param autoGrant reaching one grants it, without a redemption
     * @param fresh whether everything that was asked of the wallet so far is in the answer
     */
    record MilestonesView(
            String currency,
            String mode,
            boolean autoGrant,
            long balance,
            boolean fresh,
            List<MilestoneView> milestones) {}

    /**
     * One of them.
     *
     * @param status locked, unlocked or granted; what can be had again is never granted
     * @param progress towards the threshold, at most that
     */
    record MilestoneView(
            MilestoneId milestoneId, long threshold, PrizeId prizeId, String status, long progress, long remaining) {}

    /** Waits up to two seconds for the player's own last play. */
    @Allows(value = Role.PLAYER, guests = true)
    @GetMapping("/api/v1/games/{id}/milestones")
    Envelope<MilestonesView> milestones(Caller caller, @PathVariable("id") GameId id) {
        PlayerId player = caller.requirePlayer();
        GameRecord game = games.find(caller.tenant(), id).orElseThrow(() -> Refused.notFound("game", id));
        Milestones milestones = game.definition().milestones();
        if (milestones == null) {
            throw Refused.notFound("game with milestones", id);
        }
        var scope = new ScopeKey(game.definition().walletScopeKey(caller.tenant()));
        Held held = holdings.of(caller.tenant(), player, scope, milestones.currency());
        long measure = milestones.mode() == MilestoneMode.CUMULATIVE_UNLOCK ? held.earned() : held.available();
        Map<String, AwardState> states = states(caller.tenant(), player, scope, id, milestones);
        return Envelope.ok(new MilestonesView(
                milestones.currency().code(),
                milestones.mode().wireName(),
                milestones.isGrantedUnasked(),
                measure,
                held.fresh(),
                milestones.milestones().stream()
                        .map(milestone -> view(
                                milestone, measure, states.get(key(caller.tenant(), player, scope, id, milestone))))
                        .toList()));
    }

    private Map<String, AwardState> states(
            TenantId tenant, PlayerId player, ScopeKey scope, GameId game, Milestones milestones) {
        return milestones.mode() == MilestoneMode.SPEND_EXCHANGE
                ? Map.of()
                : awards.states(
                        tenant,
                        AwardKey.Cause.MILESTONE,
                        player,
                        milestones.milestones().stream()
                                .map(milestone -> key(tenant, player, scope, game, milestone))
                                .toList());
    }

    private static String key(TenantId tenant, PlayerId player, ScopeKey scope, GameId game, Milestone milestone) {
        return AwardKey.ofMilestone(tenant, scope, game, milestone.id(), player).key();
    }

    private static MilestoneView view(Milestone milestone, long measure, @Nullable AwardState state) {
        long threshold = milestone.threshold();
        String reached = measure >= threshold ? "unlocked" : "locked";
        String status = switch (state) {
            case AwardState.Awarded _ -> "granted";
            case AwardState.Reserved _, AwardState.Unawarded _ -> reached;
            case null -> reached;
        };
        return new MilestoneView(
                milestone.id(),
                threshold,
                milestone.prize(),
                status,
                Math.clamp(measure, 0, threshold),
                Math.max(0, threshold - measure));
    }
}
