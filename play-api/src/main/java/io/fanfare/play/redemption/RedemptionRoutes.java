package io.fanfare.play.redemption;

import io.fanfare.edge.answer.Envelope;
import io.fanfare.edge.caller.Allows;
import io.fanfare.edge.caller.Caller;
import io.fanfare.edge.caller.Role;
import io.fanfare.edge.error.Reason;
import io.fanfare.edge.error.Refused;
import io.fanfare.edge.error.Violations;
import io.fanfare.edge.trace.TraceContext;
import io.fanfare.engine.game.GameId;
import io.fanfare.engine.game.GameStatus;
import io.fanfare.engine.milestone.Milestone;
import io.fanfare.engine.milestone.MilestoneId;
import io.fanfare.engine.milestone.Milestones;
import io.fanfare.engine.milestone.RedemptionId;
import io.fanfare.engine.reward.RewardState;
import io.fanfare.engine.wallet.Refusal;
import io.fanfare.play.idempotency.RequestKey;
import io.fanfare.play.outcome.Watch;
import io.fanfare.play.redemption.PlayerHoldings.Held;
import io.fanfare.store.game.GameRecord;
import io.fanfare.store.game.Games;
import io.fanfare.store.prize.RewardRecord;
import io.fanfare.store.prize.Rewards;
import io.fanfare.store.redemption.RedemptionKey;
import io.fanfare.store.redemption.RedemptionRecord;
import io.fanfare.store.redemption.RedemptionState;
import io.fanfare.store.redemption.RedemptionWish;
import io.fanfare.store.redemption.Redemptions;
import io.fanfare.store.redemption.Reservation;
import io.fanfare.store.redemption.Reservation.KeyKnown;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Players redeem milestones. */
@Tag(name = "milestones")
@RestController
final class RedemptionRoutes {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration COME_BACK_SOON = Duration.ofSeconds(1);

    private final Games games;
    private final Redemptions redemptions;
    private final Watch<RedemptionKey, RedemptionRecord> watch;
    private final Rewards rewards;
    private final PlayerHoldings holdings;

    RedemptionRoutes(
            Games games,
            Redemptions redemptions,
            Watch<RedemptionKey, RedemptionRecord> watch,
            Rewards rewards,
            PlayerHoldings holdings) {
        this.holdings = holdings;
        this.games = games;
        this.redemptions = redemptions;
        this.watch = watch;
        this.rewards = rewards;
    }

    /** What a player sends. */
    record RedeemBody(@Nullable String milestoneId) {}

    /** Redeems a milestone, and waits up to five seconds for the wallet's word. */
    @Allows(value = Role.PLAYER, guests = true)
    @ApiResponse(responseCode = "200", description = "it is granted")
    @ApiResponse(
            responseCode = "202",
            description = "the wallet has not answered yet; Location says where its end is told")
    @PostMapping("/api/v1/games/{id}/redeem")
    ResponseEntity<Envelope<RedemptionView>> redeem(
            Caller caller, @PathVariable("id") GameId id, @RequestBody RedeemBody body, RequestKey key) {
        return before(caller, key)
                .map(known -> answer(known, key))
                .orElseGet(() -> begin(wish(caller, id, body, key), key));
    }

    /** How far a redemption is. */
    @Allows(value = Role.PLAYER, guests = true)
    @GetMapping("/api/v1/redemptions/{id}")
    Envelope<RedemptionView> one(Caller caller, @PathVariable("id") RedemptionId id) {
        RedemptionRecord redemption = redemptions
                .find(caller.tenant(), id)
                .filter(found -> found.player().equals(caller.requirePlayer()))
                .orElseThrow(() -> Refused.notFound("redemption", id));
        boolean isVoid = redemption.unit().code() != null
                && rewards.find(caller.tenant(), redemption.unit().reward())
                        .map(RewardRecord::state)
                        .map(RedemptionRoutes::isVoid)
                        .orElse(false);
        return Envelope.ok(view(redemption, isVoid));
    }

    /** What the key stands for comes before the game: it may have been paused since then, or have lost the milestone. */
    private Optional<KeyKnown> before(Caller caller, RequestKey key) {
        return Optional.ofNullable(key.claim())
                .flatMap(claim -> redemptions.before(caller.tenant(), caller.requirePlayer(), claim));
    }

    private ResponseEntity<Envelope<RedemptionView>> begin(RedemptionWish wish, RequestKey key) {
        return switch (redemptions.reserve(wish)) {
            case Reservation.Reserved(RedemptionRecord redemption) -> answer(redemption, key);
            case KeyKnown known -> answer(known, key);
            case Reservation.AlreadyAwarded() ->
                throw alreadyAwarded(wish.milestone().id());
            case Reservation.UnderWay(RedemptionKey other) ->
                throw afterAnother(wish.milestone().id(), other);
            case Reservation.PrizeUnavailable(var prize, var why) ->
                throw new Refused(
                        Reason.PRIZE_OUT_OF_STOCK,
                        "the prize of the milestone cannot be had",
                        Map.of("prize_id", prize.value(), "why", why.wireName()));
        };
    }

    private RedemptionWish wish(Caller caller, GameId id, RedeemBody body, RequestKey key) {
        GameRecord game = games.find(caller.tenant(), id).orElseThrow(() -> Refused.notFound("game", id));
        var violations = new Violations();
        String wanted = violations.text("milestone_id", body.milestoneId(), Integer.MAX_VALUE);
        violations.refuseAny();
        if (game.definition().status() != GameStatus.ACTIVE) {
            throw new Refused(Reason.GAME_NOT_ACTIVE, "the game's milestones cannot be redeemed now");
        }
        Milestones milestones = game.definition().milestones();
        Milestone milestone = Optional.ofNullable(milestones)
                .filter(_ -> MilestoneId.isValid(wanted))
                .flatMap(all -> all.find(new MilestoneId(wanted)))
                .orElse(null);
        if (milestones == null || milestone == null) {
            throw Refused.notFound("milestone", wanted);
        }
        return new RedemptionWish(
                game,
                milestones,
                milestone,
                caller.requirePlayer(),
                key.claim(),
                TraceContext.current().traceparent());
    }

    private ResponseEntity<Envelope<RedemptionView>> answer(KeyKnown known, RequestKey key) {
        return switch (known) {
            case Reservation.AskedBefore(RedemptionRecord redemption) -> answer(redemption, key);
            case Reservation.KeyReused() ->
                throw new Refused(Reason.IDEMPOTENCY_KEY_REUSED, "the key was used for another request before");
        };
    }

    private ResponseEntity<Envelope<RedemptionView>> answer(RedemptionRecord begun, RequestKey key) {
        RedemptionRecord redemption = awaited(begun);
        return switch (redemption.state()) {
            case RedemptionState.Granted _ -> ResponseEntity.ok(Envelope.ok(view(redemption, false)));
            case RedemptionState.Refused refused ->
                throw refused(
                        redemption.milestone().id(),
                        refused,
                        Map.of("redemption_id", redemption.key().id().value()));
            case RedemptionState.Pending() -> {
                // Not the last word: the same request finds it again by its key.
                key.leaveUnkept();
                yield ResponseEntity.accepted()
                        .location(URI.create(
                                "/api/v1/redemptions/" + redemption.key().id()))
                        .body(Envelope.ok(view(redemption, false)));
            }
        };
    }

    private RedemptionView view(RedemptionRecord redemption, boolean isVoid) {
        Long balance = switch (redemption.state()) {
            case RedemptionState.Granted granted ->
                granted.balanceAfter() == null ? balance(redemption) : granted.balanceAfter();
            case RedemptionState.Pending _, RedemptionState.Refused _ -> null;
        };
        return RedemptionView.of(redemption, isVoid, balance);
    }

    /** Of what is granted without being paid for, the wallet tells no balance. */
    private @Nullable Long balance(RedemptionRecord redemption) {
        return holdings.known(redemption.key().tenant(), redemption.player(), redemption.scope(), redemption.currency())
                .map(Held::available)
                .orElse(null);
    }

    private RedemptionRecord awaited(RedemptionRecord begun) {
        return switch (begun.state()) {
            case RedemptionState.Granted _, RedemptionState.Refused _ -> begun;
            case RedemptionState.Pending() -> watch.await(begun.key(), PATIENCE).orElse(begun);
        };
    }

    /** Of two requests for what can be had once, the second one learns what became of the first. */
    private Refused afterAnother(MilestoneId milestone, RedemptionKey other) {
        return watch.await(other, PATIENCE)
                .map(RedemptionRecord::state)
                .map(state -> switch (state) {
                    case RedemptionState.Granted _ -> alreadyAwarded(milestone);
                    case RedemptionState.Refused refused -> refused(milestone, refused, Map.of());
                    case RedemptionState.Pending() -> underWay();
                })
                .orElseGet(RedemptionRoutes::underWay);
    }

    private static Refused underWay() {
        return Refused.unavailable("another request for this milestone is under way", COME_BACK_SOON);
    }

    private static Refused alreadyAwarded(MilestoneId milestone) {
        return new Refused(
                Reason.ALREADY_EXISTS, "the milestone was granted before", Map.of("milestone_id", milestone.value()));
    }

    /** @param redemption names it where it is the request's own */
    private static Refused refused(
            MilestoneId milestone, RedemptionState.Refused refused, Map<String, String> redemption) {
        Map<String, String> metadata = new HashMap<>(redemption);
        metadata.put("milestone_id", milestone.value());
        metadata.put("refusal", refused.refusal());
        return switch (Refusal.valueOf(refused.refusal())) {
            case INSUFFICIENT_BALANCE, BELOW_THRESHOLD ->
                new Refused(Reason.INSUFFICIENT_BALANCE, refused.detail(), metadata);
            case ALREADY_EXISTS -> alreadyAwarded(milestone);
            case NOT_FOUND,
                    ALREADY_REVERSED,
                    NOT_REVERSIBLE,
                    NOTHING_TO_CONVERT,
                    LIMIT_REACHED,
                    OVERFLOW,
                    INVALID_COMMAND -> new Refused(Reason.WALLET_REFUSED, refused.detail(), metadata);
            case FORKED -> new Refused(Reason.INTERNAL, refused.detail(), metadata);
        };
    }

    private static boolean isVoid(RewardState state) {
        return switch (state) {
            case RewardState.Won _, RewardState.Claimed _, RewardState.Fulfilled _ -> false;
            case RewardState.Revoked _, RewardState.Expired _ -> true;
        };
    }
}
