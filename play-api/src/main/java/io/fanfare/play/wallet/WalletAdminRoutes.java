package io.fanfare.play.wallet;

import static io.fanfare.edge.caller.Role.ADMIN;
import static io.fanfare.edge.caller.Role.REWARD_MANAGER;
import static io.fanfare.edge.caller.Role.SUPPORT;
import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;
import static java.util.stream.Collectors.toSet;

import io.fanfare.edge.answer.Envelope;
import io.fanfare.edge.caller.Allows;
import io.fanfare.edge.caller.Caller;
import io.fanfare.edge.error.Refused;
import io.fanfare.edge.error.Violations;
import io.fanfare.edge.paging.Page;
import io.fanfare.edge.paging.Paging;
import io.fanfare.engine.identity.OpaqueId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.wallet.Cause;
import io.fanfare.engine.wallet.Currency;
import io.fanfare.engine.wallet.HoldId;
import io.fanfare.engine.wallet.WalletCommand;
import io.fanfare.engine.wallet.WalletCommand.Adjust;
import io.fanfare.engine.wallet.WalletCommand.Reverse;
import io.fanfare.engine.wallet.WalletCommand.VoidHold;
import io.fanfare.engine.wallet.WalletId;
import io.fanfare.play.wallet.WalletAsking.Asked;
import io.fanfare.play.wallet.WalletReading.BalanceSheets;
import io.fanfare.play.wallet.WalletReading.Ledger;
import io.fanfare.play.wallet.WalletReading.StandingHold;
import io.fanfare.play.wallet.WalletReading.WalletView;
import io.fanfare.store.identity.Ids;
import io.fanfare.store.wallet.CommandStatus;
import io.fanfare.store.wallet.Holds;
import io.fanfare.store.wallet.Holds.Placed;
import io.fanfare.store.wallet.WalletActions;
import io.fanfare.store.wallet.WalletActions.WalletAction;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Operators and wallets. Whatever is done by hand has a reason, and who did it is kept. With a {@code cause}, or an idempotency key in
 * its place, the same is done once, however often it is asked for. 202 where the wallet has not answered yet.
 */
@Tag(name = "wallets")
@RestController
@RequestMapping("/api/v1/admin/wallets")
final class WalletAdminRoutes {

    /** Of the commands that undo others. */
    static final String REVERSE = "reverse";

    private static final String SAME_KEY =
            "Counts as the cause where the body has none; where it has one, it must be the same";

    private final WalletAsking asking;
    private final WalletReading wallets;
    private final WalletActions actions;
    private final Holds holds;
    private final Ids ids;
    private final Clock clock;

    WalletAdminRoutes(
            WalletAsking asking, WalletReading wallets, WalletActions actions, Holds holds, Ids ids, Clock clock) {
        this.asking = asking;
        this.wallets = wallets;
        this.actions = actions;
        this.holds = holds;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * A correction.
     *
     * @param delta to add; below zero to take away
     * @param countsAsEarned whether what is added counts as earned, and so towards milestones; left out: it does. False to make good
     *     what the player had before, such as a transfer that was lost
     * @param cause what it is for, such as a ticket's number: the same cause corrects once. Left out: the idempotency key; without
     *     either each call corrects
     */
    record AdjustBody(
            @Nullable String playerId,
            @Nullable String scopeKey,
            @Nullable String currency,
            @Nullable Long delta,
            @Nullable Boolean countsAsEarned,
            @Nullable String reason,
            @Nullable String cause) {}

    /**
     * What to undo.
     *
     * @param sequences numbers of commands, as the ledger shows them: 1 to 100, all are undone or none
     * @param partial whether a player who has less than was given loses what is left; else that is refused
     * @param cause as of a correction: the same cause undoes once
     */
    record ReverseBody(
            @Nullable String playerId,
            @Nullable String scopeKey,
            @Nullable List<@Nullable Long> sequences,
            @Nullable Boolean partial,
            @Nullable String reason,
            @Nullable String cause) {}

    record ReleaseBody(@Nullable String reason) {}

    /** A hold that stands. */
    record StandingHoldView(
            String holdId,
            String playerId,
            String scopeKey,
            String currency,
            long amount,
            long expiresAt,
            long createdAt) {

        static StandingHoldView of(Placed placed, StandingHold standing) {
            return new StandingHoldView(
                    placed.hold().value(),
                    placed.wallet().player().value(),
                    placed.wallet().scope().value(),
                    standing.currency(),
                    standing.amount(),
                    standing.expiresAt(),
                    placed.createdAt().getEpochSecond());
        }
    }

    /** What was done by hand, by whom and why. */
    record ActionView(
            String actionId,
            String kind,
            String who,
            String reason,
            String playerId,
            String scopeKey,
            UUID commandId,
            long createdAt) {

        static ActionView of(WalletAction action) {
            return new ActionView(
                    action.id(),
                    action.kind(),
                    action.who(),
                    action.reason(),
                    action.wallet().player().value(),
                    action.wallet().scope().value(),
                    action.command(),
                    action.createdAt().getEpochSecond());
        }
    }

    /** Adds to a balance, or takes from it. */
    @Allows({ADMIN, REWARD_MANAGER})
    @PostMapping("/adjust")
    ResponseEntity<Envelope<CommandView>> adjust(
            Caller caller,
            @RequestBody AdjustBody body,
            @Parameter(description = SAME_KEY) @RequestHeader(name = WalletFields.KEY, required = false) @Nullable
                    String key) {
        var fields = new WalletFields();
        WalletId wallet = wallet(caller, fields, body.playerId(), body.scopeKey());
        Currency currency = fields.currency("currency", body.currency());
        long delta =
                fields.violations().number("delta", body.delta(), -WalletFields.MAX_AMOUNT, WalletFields.MAX_AMOUNT);
        if (delta == 0) {
            fields.violations().add("delta", "is missing or 0");
        }
        boolean countsAsEarned = requireNonNullElse(body.countsAsEarned(), true);
        if (delta < 0 && body.countsAsEarned() != null) {
            fields.violations().add("counts_as_earned", "does not go with a delta below 0");
        }
        String reason = reason(fields.violations(), body.reason());
        String cause = cause(fields, body.cause(), key);
        fields.refuseAny();
        return act(caller, "adjust", wallet, new Adjust(currency, delta, countsAsEarned), reason, cause);
    }

    /** Undoes exactly what earlier commands did. */
    @Allows({ADMIN, REWARD_MANAGER})
    @PostMapping("/reverse")
    ResponseEntity<Envelope<CommandView>> reverse(
            Caller caller,
            @RequestBody ReverseBody body,
            @Parameter(description = SAME_KEY) @RequestHeader(name = WalletFields.KEY, required = false) @Nullable
                    String key) {
        var fields = new WalletFields();
        WalletId wallet = wallet(caller, fields, body.playerId(), body.scopeKey());
        List<Long> sequences = sequences(fields.violations(), body.sequences());
        String reason = reason(fields.violations(), body.reason());
        String cause = cause(fields, body.cause(), key);
        fields.refuseAny();
        var reverse = new Reverse(sequences, requireNonNullElse(body.partial(), false));
        return act(caller, REVERSE, wallet, reverse, reason, cause);
    }

    /** Gives back what is held, whoever holds it. */
    @Allows({ADMIN, REWARD_MANAGER})
    @PostMapping("/holds/{id}/release")
    ResponseEntity<Envelope<CommandView>> release(
            Caller caller, @PathVariable("id") String id, @RequestBody ReleaseBody body) {
        var violations = new Violations();
        String reason = reason(violations, body.reason());
        violations.refuseAny();
        if (!OpaqueId.isValid(id)) {
            throw Refused.notFound("hold", id);
        }
        var hold = new HoldId(id);
        WalletId wallet = holds.wallet(caller.tenant(), hold).orElseThrow(() -> Refused.notFound("hold", id));
        CommandStatus released = ask(caller, "release", wallet, new VoidHold(hold), reason, null);
        if (released.isAccepted()) {
            holds.ended(caller.tenant(), hold);
        }
        return CommandAnswers.of(released);
    }

    /**
     * Holds that stand, next to time out first. Those that have just ended drop out of their page, so one may hold fewer than
     * {@code limit}.
     */
    @Allows({ADMIN, REWARD_MANAGER, SUPPORT})
    @GetMapping("/holds")
    Envelope<Page<StandingHoldView>> holds(
            Caller caller,
            @RequestParam(name = "player_id", required = false) @Nullable PlayerId player,
            Paging paging) {
        List<Placed> found =
                holds.mayStand(caller.tenant(), player, paging.after(Holds.Place::parse), paging.limitPlusOne());
        Page<Placed> page = Page.of(found, paging, placed -> placed.place().toString());
        Map<HoldId, StandingHold> standing = wallets.standingHolds(
                caller.tenant(),
                page.items().stream().map(placed -> placed.wallet().player()).collect(toSet()));
        List<StandingHoldView> items = page.items().stream()
                .filter(placed -> standing.containsKey(placed.hold()))
                .map(placed -> StandingHoldView.of(placed, requireNonNull(standing.get(placed.hold()))))
                .toList();
        return Envelope.ok(new Page<>(items, page.pagination()));
    }

    /** What was done by hand, the newest first. */
    @Allows({ADMIN, REWARD_MANAGER, SUPPORT})
    @GetMapping("/actions")
    Envelope<Page<ActionView>> actions(
            Caller caller,
            @RequestParam(name = "player_id", required = false) @Nullable PlayerId player,
            Paging paging) {
        List<WalletAction> found =
                actions.list(caller.tenant(), player, paging.after().orElse(null), paging.limitPlusOne());
        return Envelope.ok(Page.of(found, paging, WalletAction::id).map(ActionView::of));
    }

    /** What all wallets of the tenant hold together, by currency, and where it came from. */
    @Allows({ADMIN, REWARD_MANAGER})
    @GetMapping("/balance-sheet")
    Envelope<BalanceSheets> balanceSheet(Caller caller) {
        return Envelope.ok(wallets.balanceSheets(caller.tenant()));
    }

    /** A player's balances, as the player sees them. */
    @Allows({ADMIN, REWARD_MANAGER, SUPPORT})
    @GetMapping("/players/{player}")
    Envelope<WalletView> wallet(
            Caller caller,
            @PathVariable("player") PlayerId player,
            @RequestParam(name = "scope_key", required = false) @Nullable String scopeKey) {
        return Envelope.ok(wallets.balances(caller.tenant(), player, WalletRoutes.scope(scopeKey)));
    }

    /** A player's ledger, newest first. */
    @Allows({ADMIN, REWARD_MANAGER, SUPPORT})
    @GetMapping("/players/{player}/ledger")
    Envelope<Ledger> ledger(
            Caller caller,
            @PathVariable("player") PlayerId player,
            @RequestParam(name = "scope_key", required = false) @Nullable String scopeKey,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor,
            @RequestParam(name = "limit", defaultValue = "20") int limit) {
        WalletRoutes.requireLimit(limit);
        return Envelope.ok(wallets.ledger(caller.tenant(), player, WalletRoutes.scope(scopeKey), cursor, limit));
    }

    private ResponseEntity<Envelope<CommandView>> act(
            Caller caller, String kind, WalletId wallet, WalletCommand command, String reason, @Nullable String cause) {
        return CommandAnswers.of(ask(caller, kind, wallet, command, reason, cause));
    }

    private CommandStatus ask(
            Caller caller, String kind, WalletId wallet, WalletCommand command, String reason, @Nullable String cause) {
        String action = ids.mint("wact_");
        Asked asked = cause == null
                ? new Asked(ids.uuid(), kind)
                : Asked.once(
                        kind, wallet, cause, Ids.derivedFrom(wording(command)).toString());
        return asking.ask(
                asked,
                wallet,
                new Cause(kind, action),
                command,
                _ -> actions.add(
                        new WalletAction(action, kind, caller.who(), reason, wallet, asked.id(), clock.instant())));
    }

    /** What is asked for, as every release has put it: a cause counts for ever, also for a request that came before an upgrade. */
    private static String wording(WalletCommand command) {
        return command instanceof Reverse(var sequences, boolean partial, boolean _)
                ? "Reverse[sequences=%s, partial=%s]".formatted(sequences, partial)
                : command.toString();
    }

    private static WalletId wallet(
            Caller caller, WalletFields fields, @Nullable String player, @Nullable String scope) {
        return new WalletId(caller.tenant(), fields.player("player_id", player), fields.scope(scope));
    }

    private static String reason(Violations violations, @Nullable String reason) {
        return violations.text("reason", reason, WalletActions.MAX_REASON);
    }

    /** A key that is not the cause would promise something of its own that nobody keeps, so it is refused rather than ignored. */
    private static @Nullable String cause(WalletFields fields, @Nullable String given, @Nullable String header) {
        String key = fields.key(header);
        if (given == null) {
            return key;
        }
        String cause = fields.id("cause", given, id -> OpaqueId.require("cause", id));
        if (key != null && !key.equals(cause)) {
            fields.violations().add(WalletFields.KEY, "is not the cause: give one of them, or the same as both");
        }
        return cause;
    }

    private static List<Long> sequences(Violations violations, @Nullable List<@Nullable Long> numbers) {
        if (numbers == null || numbers.isEmpty() || numbers.size() > Reverse.MAX_BATCH) {
            violations.add(
                    "sequences",
                    numbers == null
                            ? "is missing"
                            : "has %d items, expected 1 to %d".formatted(numbers.size(), Reverse.MAX_BATCH));
            return List.of(1L);
        }
        var sequences = new ArrayList<Long>();
        for (Long number : numbers) {
            if (number == null || number < 1) {
                violations.add("sequences", "holds %s, expected numbers from 1 on".formatted(number));
                return List.of(1L);
            }
            sequences.add(requireNonNull(number));
        }
        if (sequences.stream().distinct().count() < sequences.size()) {
            violations.add("sequences", "is %s, expected each once".formatted(sequences));
            return List.of(1L);
        }
        return sequences;
    }
}
