package io.fanfare.play.wallet;

import static io.fanfare.edge.caller.Role.ADMIN;
import static io.fanfare.edge.caller.Role.REWARD_MANAGER;

import io.fanfare.edge.answer.Envelope;
import io.fanfare.edge.caller.Allows;
import io.fanfare.edge.caller.Caller;
import io.fanfare.edge.error.Reason;
import io.fanfare.edge.error.Refused;
import io.fanfare.edge.trace.TraceContext;
import io.fanfare.engine.wallet.Cause;
import io.fanfare.engine.wallet.WalletId;
import io.fanfare.store.identity.Ids;
import io.fanfare.store.wallet.CommandStatus;
import io.fanfare.store.wallet.MissingCommands;
import io.fanfare.store.wallet.MissingCommands.Mended.Filled;
import io.fanfare.store.wallet.MissingCommands.Mended.NeverGiven;
import io.fanfare.store.wallet.MissingCommands.Mended.PublishedAgain;
import io.fanfare.store.wallet.MissingCommands.Wish;
import io.fanfare.store.wallet.WalletActions;
import io.fanfare.store.wallet.WalletActions.WalletAction;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Operators mend wallets that wait for a command that does not come. */
@Tag(name = "wallets")
@RestController
@RequestMapping("/api/v1/admin/wallets/gaps")
final class GapRoutes {

    private static final String FILL = "fill";
    private static final String RESEND = "resend";

    private final MissingCommands missing;
    private final WalletAsking asking;
    private final WalletReading wallets;
    private final WalletActions actions;
    private final Ids ids;
    private final Clock clock;

    GapRoutes(
            MissingCommands missing,
            WalletAsking asking,
            WalletReading wallets,
            WalletActions actions,
            Ids ids,
            Clock clock) {
        this.missing = missing;
        this.asking = asking;
        this.wallets = wallets;
        this.actions = actions;
        this.ids = ids;
        this.clock = clock;
    }

    /** @param sequence number that the wallet waits for: {@code missing_sequence} of the wallet says which */
    record MendBody(
            @Nullable String playerId,
            @Nullable String scopeKey,
            @Nullable Long sequence,
            @Nullable String reason) {}

    /**
     * What was done about the missing number.
     *
     * @param remedy fill: a command that does nothing has the number now; resend: the command was kept, and was published again
     * @param commandId of the command that has the number
     * @param status posted, or pending: the wallet has not said yet that it has applied the number
     */
    record MendedView(String playerId, String scopeKey, long sequence, String remedy, UUID commandId, String status) {}

    /**
     * Mends a hole in the numbers of a wallet. A command that is kept is published again; one that is lost for good is replaced by
     * one that does nothing. 409 where the number is not missing.
     */
    @Allows({ADMIN, REWARD_MANAGER})
    @ApiResponse(responseCode = "200", description = "the wallet has applied the number")
    @ApiResponse(responseCode = "202", description = "the wallet has not said so yet")
    @PostMapping("/mend")
    ResponseEntity<Envelope<MendedView>> mend(Caller caller, @RequestBody MendBody body) {
        var fields = new WalletFields();
        var wallet = new WalletId(
                caller.tenant(), fields.player("player_id", body.playerId()), fields.scope(body.scopeKey()));
        long number = sequence(fields, body.sequence());
        String reason = fields.violations().text("reason", body.reason(), WalletActions.MAX_REASON);
        fields.refuseAny();
        long applied = wallets.applied(wallet);
        if (number <= applied) {
            throw notMissing(number, "the wallet has applied its commands up to number %d".formatted(applied), applied);
        }
        String action = ids.mint("wact_");
        Instant now = clock.instant();
        var wish = new Wish(
                wallet,
                number,
                ids.uuid(),
                new Cause(FILL, action),
                FILL,
                TraceContext.current().traceparent(),
                now);
        Consumer<UUID> audit = command -> actions.add(new WalletAction(
                action, command.equals(wish.id()) ? FILL : RESEND, caller.who(), reason, wallet, command, now));
        return switch (missing.mend(wish, audit)) {
            case Filled(var command) -> filled(asking.await(command));
            case PublishedAgain(UUID command) ->
                ResponseEntity.accepted().body(Envelope.ok(view(wallet, number, RESEND, command, "pending")));
            case NeverGiven(long latest) ->
                throw notMissing(number, "the wallet was given %d commands".formatted(latest), applied);
        };
    }

    private static ResponseEntity<Envelope<MendedView>> filled(CommandStatus status) {
        WalletAsking.requireNotRefused(status);
        var command = status.command();
        boolean isPending = status.verdict() == null;
        var view = view(command.wallet(), command.number(), FILL, command.id(), isPending ? "pending" : "posted");
        return isPending
                ? ResponseEntity.accepted()
                        .location(URI.create("/api/v1/wallet/commands/" + command.id()))
                        .body(Envelope.ok(view))
                : ResponseEntity.ok(Envelope.ok(view));
    }

    private static MendedView view(WalletId wallet, long number, String remedy, UUID command, String status) {
        return new MendedView(wallet.player().value(), wallet.scope().value(), number, remedy, command, status);
    }

    private static Refused notMissing(long number, String why, long applied) {
        return new Refused(
                Reason.ALREADY_EXISTS,
                "number %d is not missing: %s".formatted(number, why),
                Map.of("applied_sequence", Long.toString(applied)));
    }

    private static long sequence(WalletFields fields, @Nullable Long sequence) {
        if (sequence == null) {
            fields.violations().add("sequence", "is missing");
            return 1;
        }
        return Math.max(1, fields.violations().number("sequence", sequence, 1, Long.MAX_VALUE));
    }
}
