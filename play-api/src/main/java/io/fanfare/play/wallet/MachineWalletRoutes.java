package io.fanfare.play.wallet;

import static java.util.Objects.requireNonNullElse;

import io.fanfare.edge.answer.Envelope;
import io.fanfare.edge.caller.Allows;
import io.fanfare.edge.caller.Caller;
import io.fanfare.edge.caller.Role;
import io.fanfare.edge.error.Refused;
import io.fanfare.engine.identity.OpaqueId;
import io.fanfare.engine.wallet.Activation;
import io.fanfare.engine.wallet.Cause;
import io.fanfare.engine.wallet.HoldId;
import io.fanfare.engine.wallet.Money;
import io.fanfare.engine.wallet.Validity;
import io.fanfare.engine.wallet.WalletCommand;
import io.fanfare.engine.wallet.WalletCommand.Activate;
import io.fanfare.engine.wallet.WalletCommand.Credit;
import io.fanfare.engine.wallet.WalletCommand.PlaceHold;
import io.fanfare.engine.wallet.WalletCommand.PostHold;
import io.fanfare.engine.wallet.WalletCommand.Spend;
import io.fanfare.engine.wallet.WalletCommand.VoidHold;
import io.fanfare.engine.wallet.WalletId;
import io.fanfare.play.idempotency.RequestKey;
import io.fanfare.play.wallet.WalletAsking.Asked;
import io.fanfare.play.wallet.WalletFields.AmountBody;
import io.fanfare.play.wallet.WalletFields.Waiting;
import io.fanfare.store.identity.Ids;
import io.fanfare.store.wallet.CommandStatus;
import io.fanfare.store.wallet.Holds;
import io.fanfare.store.wallet.WalletRequests.Beside;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Wallets for other programs: they spend, credit and hold on behalf of players. Each request needs an {@code Idempotency-Key}, and is
 * carried out once however often it comes. 202 where the wallet has not answered yet.
 */
@Tag(name = "wallets for machines")
@RestController
@RequestMapping("/api/v1/wallets")
final class MachineWalletRoutes {

    private static final String HOLD_POST = "hold_post";
    private static final String HOLD_VOID = "hold_void";

    private static final long MAX_HOLD_SECONDS = Duration.ofDays(90).toSeconds();

    private final WalletAsking asking;
    private final Holds holds;
    private final Ids ids;
    private final Clock clock;

    MachineWalletRoutes(WalletAsking asking, Holds holds, Ids ids, Clock clock) {
        this.asking = asking;
        this.holds = holds;
        this.ids = ids;
        this.clock = clock;
    }

    /** @param refId what it is for, such as an order's number; it appears in the ledger */
    record SpendBody(
            @Nullable String playerId,
            @Nullable String scopeKey,
            @Nullable List<@Nullable AmountBody> amounts,
            @Nullable String refId) {}

    /**
     * What to credit.
     *
     * @param activatesAfter seconds until it is available; 0 or left out: at once, or on the action
     * @param activatesOn the action that makes it available; not with {@code activates_after}
     * @param expiresAfterDays days until it expires; not with {@code expires_after_months}; neither: never
     * @param expiryRounding none, day, week or month: it expires with the end of that (UTC)
     */
    record CreditBody(
            @Nullable String playerId,
            @Nullable String scopeKey,
            @Nullable List<@Nullable AmountBody> amounts,
            @Nullable Long activatesAfter,
            @Nullable String activatesOn,
            @Nullable Long expiresAfterDays,
            @Nullable Long expiresAfterMonths,
            @Nullable String expiryRounding,
            @Nullable String refId) {}

    record ActivateBody(
            @Nullable String playerId,
            @Nullable String scopeKey,
            @Nullable String action) {}

    /** @param timeout seconds after which it is given back by itself */
    record HoldBody(
            @Nullable String playerId,
            @Nullable String scopeKey,
            @Nullable String currency,
            @Nullable Long amount,
            @Nullable Long timeout,
            @Nullable String refId) {}

    /** @param amount to spend of it, the rest is given back; left out: all of it */
    record PostBody(@Nullable Long amount) {

        static final PostBody ALL = new PostBody(null);
    }

    /** @param expiresAt when it is given back by itself, unless it was posted or voided before */
    record HoldView(String holdId, long expiresAt, CommandView command) {}

    /** Takes amounts, all or none. */
    @Allows(Role.MACHINE)
    @PostMapping("/spend")
    ResponseEntity<Envelope<CommandView>> spend(Caller caller, @RequestBody SpendBody body, RequestKey key) {
        Asked asked = asked(caller, key);
        var fields = new WalletFields();
        WalletId wallet = wallet(caller, fields, body.playerId(), body.scopeKey());
        List<Money> amounts = fields.amounts(body.amounts());
        Cause cause = cause("spend", fields, body.refId(), asked);
        fields.refuseAny();
        return answer(asked, wallet, cause, new Spend(amounts), key);
    }

    /** Issues amounts, at once or on terms. */
    @Allows(Role.MACHINE)
    @PostMapping("/credit")
    ResponseEntity<Envelope<CommandView>> credit(Caller caller, @RequestBody CreditBody body, RequestKey key) {
        Asked asked = asked(caller, key);
        Instant now = clock.instant();
        var fields = new WalletFields();
        WalletId wallet = wallet(caller, fields, body.playerId(), body.scopeKey());
        List<Money> amounts = fields.amounts(body.amounts());
        Cause cause = cause("credit", fields, body.refId(), asked);
        Activation activation = activation(fields, body, now);
        Instant expiresAt = expiry(fields, body, activation instanceof Activation.At(Instant at) ? at : now);
        fields.refuseAny();
        return answer(asked, wallet, cause, new Credit(amounts, activation, expiresAt), key);
    }

    /** Makes everything available that waits for an action. */
    @Allows(Role.MACHINE)
    @PostMapping("/activate")
    ResponseEntity<Envelope<CommandView>> activate(Caller caller, @RequestBody ActivateBody body, RequestKey key) {
        Asked asked = asked(caller, key);
        var fields = new WalletFields();
        WalletId wallet = wallet(caller, fields, body.playerId(), body.scopeKey());
        String action = fields.id("action", body.action(), word -> OpaqueId.require("action", word));
        fields.refuseAny();
        return answer(asked, wallet, new Cause("activate", action), new Activate(action), key);
    }

    /** Sets an amount aside until it is posted, voided or times out. */
    @Allows(Role.MACHINE)
    @PostMapping("/holds")
    ResponseEntity<Envelope<HoldView>> hold(Caller caller, @RequestBody HoldBody body, RequestKey key) {
        Asked asked = asked(caller, key);
        var fields = new WalletFields();
        WalletId wallet = wallet(caller, fields, body.playerId(), body.scopeKey());
        Money money = fields.money(body.currency(), body.amount());
        Cause cause = cause("hold", fields, body.refId(), asked);
        long seconds = requiredSeconds(fields, "timeout", body.timeout());
        fields.refuseAny();
        var hold = new HoldId("hold_" + asked.id().toString().replace("-", ""));
        // Counted from the request that comes first: its command is the one that is carried out.
        Instant expiresAt = clock.instant().plusSeconds(seconds);
        CommandStatus status = asking.ask(
                asked, wallet, cause, new PlaceHold(hold, money, expiresAt), _ -> holds.add(wallet, hold, expiresAt));
        return CommandAnswers.of(
                status,
                key,
                placed -> new HoldView(
                        hold.value(),
                        placed.occurredAt().plusSeconds(seconds).getEpochSecond(),
                        CommandView.of(placed)));
    }

    /** Spends what is held, or a part of it. */
    @Allows(Role.MACHINE)
    @PostMapping("/holds/{id}/post")
    ResponseEntity<Envelope<CommandView>> post(
            Caller caller,
            @PathVariable("id") String id,
            @RequestBody(required = false) @Nullable PostBody body,
            RequestKey key) {
        Asked asked = asked(caller, key);
        Long amount = requireNonNullElse(body, PostBody.ALL).amount();
        var fields = new WalletFields();
        if (amount != null) {
            fields.amount("amount", amount);
        }
        fields.refuseAny();
        return end(caller, id, asked, new Cause(HOLD_POST, id), hold -> new PostHold(hold, amount), key);
    }

    /** Gives back what is held. */
    @Allows(Role.MACHINE)
    @PostMapping("/holds/{id}/void")
    ResponseEntity<Envelope<CommandView>> giveBack(Caller caller, @PathVariable("id") String id, RequestKey key) {
        Asked asked = asked(caller, key);
        return end(caller, id, asked, new Cause(HOLD_VOID, id), VoidHold::new, key);
    }

    private ResponseEntity<Envelope<CommandView>> end(
            Caller caller,
            String id,
            Asked asked,
            Cause cause,
            Function<HoldId, WalletCommand> ending,
            RequestKey key) {
        WalletId wallet = walletOf(caller, id);
        var hold = new HoldId(id);
        CommandStatus status = asking.ask(asked, wallet, cause, ending.apply(hold), Beside.NOTHING);
        if (status.isAccepted()) {
            holds.ended(caller.tenant(), hold);
        }
        return CommandAnswers.of(status, key);
    }

    private ResponseEntity<Envelope<CommandView>> answer(
            Asked asked, WalletId wallet, Cause cause, WalletCommand command, RequestKey key) {
        return CommandAnswers.of(asking.ask(asked, wallet, cause, command, Beside.NOTHING), key);
    }

    /** Programs try again: without a key they would do it twice. */
    private Asked asked(Caller caller, RequestKey key) {
        if (key.claim() == null) {
            throw Refused.invalid("Idempotency-Key", "is missing");
        }
        return Asked.by(caller, key, ids);
    }

    private static WalletId wallet(
            Caller caller, WalletFields fields, @Nullable String player, @Nullable String scope) {
        return new WalletId(caller.tenant(), fields.player("player_id", player), fields.scope(scope));
    }

    private WalletId walletOf(Caller caller, String hold) {
        if (!OpaqueId.isValid(hold)) {
            throw Refused.notFound("hold", hold);
        }
        return holds.wallet(caller.tenant(), new HoldId(hold)).orElseThrow(() -> Refused.notFound("hold", hold));
    }

    private static Cause cause(String reason, WalletFields fields, @Nullable String refId, Asked asked) {
        String ref = refId == null
                ? asked.id().toString()
                : fields.id("ref_id", refId, id -> OpaqueId.require("ref_id", id));
        return new Cause(reason, ref);
    }

    private static long requiredSeconds(WalletFields fields, String field, @Nullable Long seconds) {
        if (seconds == null) {
            fields.violations().add(field, "is missing");
            return 1;
        }
        return fields.violations().number(field, seconds, 1, MAX_HOLD_SECONDS);
    }

    private static Activation activation(WalletFields fields, CreditBody body, Instant now) {
        Waiting waiting = fields.waiting("", body.activatesAfter(), body.activatesOn());
        if (waiting.action() != null) {
            return new Activation.OnAction(waiting.action());
        }
        return waiting.delay().isZero() ? Activation.AT_ONCE : new Activation.At(now.plus(waiting.delay()));
    }

    private static @Nullable Instant expiry(WalletFields fields, CreditBody body, Instant from) {
        Validity validity =
                fields.validity("", body.expiresAfterDays(), body.expiresAfterMonths(), body.expiryRounding());
        return validity == null ? null : validity.expiry(from);
    }
}
