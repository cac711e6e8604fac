package io.fanfare.play.turn;

import static io.fanfare.edge.caller.Role.ADMIN;
import static io.fanfare.edge.caller.Role.DESIGNER;
import static io.fanfare.edge.caller.Role.REWARD_MANAGER;
import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElseGet;

import io.fanfare.edge.answer.Envelope;
import io.fanfare.edge.caller.Allows;
import io.fanfare.edge.caller.Caller;
import io.fanfare.edge.caller.Role;
import io.fanfare.edge.error.Refused;
import io.fanfare.edge.error.Violations;
import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.store.identity.Ids;
import io.fanfare.store.play.Turns;
import io.fanfare.store.play.Turns.Grant;
import io.fanfare.store.play.Turns.TurnChange;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Turns: players look at them, operators give and take them. */
@Tag(name = "turns")
@RestController
final class TurnRoutes {

    private static final long MAX_DELTA = 1_000_000;

    private final Turns turns;
    private final Ids ids;

    TurnRoutes(Turns turns, Ids ids) {
        this.turns = turns;
        this.ids = ids;
    }

    /**
     * Turns to move.
     *
     * @param delta turns to give, or below zero to take away; no more is taken than is there
     * @param cause what they are for, such as an order's number: the same cause moves turns once. Without one each call does
     */
    record TurnsBody(
            @Nullable CampaignId campaignId,
            @Nullable Long delta,
            @Nullable String reason,
            @Nullable String cause) {}

    record TurnBalance(CampaignId campaignId, long balance) {}

    /** @param applied what was given, or below zero taken: less than asked where there was less, 0 where the cause was known */
    record TurnsMoved(PlayerId playerId, CampaignId campaignId, long balance, long applied) {}

    @Allows(value = Role.PLAYER, guests = true)
    @GetMapping("/api/v1/players/me/turns")
    Envelope<TurnBalance> mine(
            Caller caller, @RequestParam(name = "campaign_id", required = false) @Nullable CampaignId campaign) {
        if (campaign == null) {
            throw Refused.invalid("campaign_id", "is missing");
        }
        return Envelope.ok(new TurnBalance(campaign, turns.balance(caller.tenant(), campaign, caller.requirePlayer())));
    }

    @Allows({ADMIN, DESIGNER, REWARD_MANAGER})
    @PostMapping("/api/v1/admin/players/{id}/turns")
    Envelope<TurnsMoved> move(Caller caller, @PathVariable("id") PlayerId player, @RequestBody TurnsBody body) {
        Grant grant = grant(caller, player, body);
        return switch (turns.grant(grant)) {
            case TurnChange.Moved(long balance, long applied) ->
                Envelope.ok(new TurnsMoved(player, grant.campaign(), balance, applied));
            case TurnChange.MovedBefore(long balance) ->
                Envelope.ok(new TurnsMoved(player, grant.campaign(), balance, 0));
        };
    }

    private Grant grant(Caller caller, PlayerId player, TurnsBody body) {
        var violations = new Violations();
        long delta = violations.number("delta", body.delta(), -MAX_DELTA, MAX_DELTA);
        if (delta == 0) {
            violations.add("delta", "is missing or 0");
        }
        String reason = violations.text("reason", body.reason(), Turns.MAX_REASON);
        String cause = violations.optionalText("cause", body.cause(), Turns.MAX_CAUSE);
        if (body.campaignId() == null) {
            violations.add("campaign_id", "is missing");
        }
        violations.refuseAny();
        return new Grant(
                caller.tenant(),
                requireNonNull(body.campaignId()),
                player,
                delta,
                requireNonNullElseGet(cause, () -> ids.mint("turns_")),
                reason);
    }
}
