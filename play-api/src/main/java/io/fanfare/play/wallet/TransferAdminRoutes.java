package io.fanfare.play.wallet;

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
import io.fanfare.engine.wallet.Refusal;
import io.fanfare.play.Times;
import io.fanfare.store.identity.Ids;
import io.fanfare.store.wallet.CommandStatus;
import io.fanfare.store.wallet.Transfer;
import io.fanfare.store.wallet.Transfer.Leg;
import io.fanfare.store.wallet.Transfer.Status;
import io.fanfare.store.wallet.Transfers;
import io.fanfare.store.wallet.Transfers.Awaited;
import io.fanfare.store.wallet.Transfers.Listed;
import io.fanfare.store.wallet.Transfers.Place;
import io.fanfare.store.wallet.Transfers.Retried;
import io.fanfare.store.wallet.Transfers.Retried.Given;
import io.fanfare.store.wallet.Transfers.Retried.HasEnded;
import io.fanfare.store.wallet.Transfers.Retried.MayBeApplied;
import io.fanfare.store.wallet.Transfers.Retry;
import io.fanfare.store.wallet.Transfers.Reversal;
import io.fanfare.store.wallet.Transfers.Reversed;
import io.fanfare.store.wallet.Transfers.Reversed.Back;
import io.fanfare.store.wallet.Transfers.Reversed.NotCompleted;
import io.fanfare.store.wallet.Transfers.Reversed.ReversedBefore;
import io.fanfare.store.wallet.WalletActions;
import io.fanfare.store.wallet.WalletActions.WalletAction;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
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

/** Operators see transfers that have not ended, go on with those that stand still, and take back those that have arrived. */
@Tag(name = "wallets")
@RestController
@RequestMapping("/api/v1/admin/wallets/transfers")
final class TransferAdminRoutes {

    private static final String RETRY = "retry";
    private static final String REVERSE = "reverse_transfer";
    private static final String PATH = "/api/v1/admin/wallets/transfers/";

    private final Transfers transfers;
    private final WalletAsking asking;
    private final WalletActions actions;
    private final Ids ids;
    private final Clock clock;

    TransferAdminRoutes(Transfers transfers, WalletAsking asking, WalletActions actions, Ids ids, Clock clock) {
        this.transfers = transfers;
        this.asking = asking;
        this.actions = actions;
        this.ids = ids;
        this.clock = clock;
    }

    record RetryBody(@Nullable String reason) {}

    record TransferReversalBody(@Nullable String reason) {}

    /**
     * The command that a transfer waits for.
     *
     * @param playerId whose wallet is to say what becomes of it
     * @param sequence number of the command in that wallet; null where it was given before such numbers were kept
     */
    record WaitsForView(
            String playerId, UUID commandId, @Nullable Long sequence) {

        static @Nullable WaitsForView of(@Nullable Awaited awaited) {
            return awaited == null
                    ? null
                    : new WaitsForView(
                            awaited.leg().wallet().player().value(),
                            awaited.leg().command(),
                            awaited.number());
        }
    }

    /**
     * A transfer, as operators see it.
     *
     * @param status pending, refused, sent (it is on its way), completed, returning, returned or stranded
     * @param refusal why a wallet did not take part; null where none refused
     * @param attempt 1, and one more with each retry
     * @param waitsFor null where it has ended, and where neither wallet took the amount
     * @param reverses the transfer that it takes back; null where a player sent it
     * @param reversedBy the transfer that takes it back, or did; null where there is none, or it failed
     * @param movedAt when it came to its status, or was retried
     */
    record OpenTransferView(
            String transferId,
            String fromPlayerId,
            String toPlayerId,
            String scopeKey,
            String currency,
            long amount,
            String status,
            @Nullable String refusal,
            int attempt,
            @Nullable WaitsForView waitsFor,
            @Nullable String reverses,
            @Nullable String reversedBy,
            long createdAt,
            long movedAt) {

        static OpenTransferView of(Listed listed) {
            Transfer transfer = listed.transfer();
            return new OpenTransferView(
                    transfer.id(),
                    transfer.from().value(),
                    transfer.to().value(),
                    transfer.scope().value(),
                    transfer.money().currency().code(),
                    transfer.money().amount(),
                    transfer.status().word(),
                    transfer.refusal() == null ? null : transfer.refusal().name(),
                    transfer.attempts().latest(),
                    WaitsForView.of(listed.awaited()),
                    transfer.reverses() == null ? null : transfer.reverses().id(),
                    listed.reversedBy(),
                    Times.seconds(transfer.createdAt()),
                    Times.seconds(transfer.movedAt()));
        }
    }

    /** Transfers of one status, or all that have not ended; the oldest first. */
    @Allows({ADMIN, REWARD_MANAGER, SUPPORT})
    @GetMapping
    Envelope<Page<OpenTransferView>> list(
            Caller caller, @RequestParam(name = "status", required = false) @Nullable String status, Paging paging) {
        List<Listed> found =
                transfers.list(caller.tenant(), statuses(status), paging.after(Place::parse), paging.limitPlusOne());
        return Envelope.ok(
                Page.of(found, paging, listed -> listed.place().toString()).map(OpenTransferView::of));
    }

    /** How far a transfer is, and what it waits for. */
    @Allows({ADMIN, REWARD_MANAGER, SUPPORT})
    @GetMapping("/{id}")
    Envelope<OpenTransferView> one(Caller caller, @PathVariable("id") String id) {
        return Envelope.ok(show(caller, id));
    }

    /**
     * Gives the leg that a transfer waits for a new command: the credit of the receiver, the return to the sender, or the debit. 409
     * where the command before was applied, or may be applied still, and where the transfer has ended.
     */
    @Allows({ADMIN, REWARD_MANAGER})
    @ApiResponse(responseCode = "200", description = "the wallet has answered; the transfer goes on as it said")
    @ApiResponse(responseCode = "202", description = "the wallet has not answered yet")
    @PostMapping("/{id}/retry")
    ResponseEntity<Envelope<OpenTransferView>> retry(
            Caller caller,
            @PathVariable("id") String id,
            @RequestBody RetryBody body,
            @Parameter(description = "The same key retries the transfer once")
                    @RequestHeader(name = WalletFields.KEY, required = false)
                    @Nullable
                    String header) {
        var fields = new WalletFields();
        String reason = fields.violations().text("reason", body.reason(), WalletActions.MAX_REASON);
        String key = fields.key(header);
        fields.refuseAny();
        var retry = new Retry(
                caller.tenant(),
                id,
                request(caller, RETRY, id, key).toString(),
                TraceContext.current().traceparent());
        return switch (transfers.retry(retry, audit(caller, RETRY, reason))) {
            case Given(Transfer _, var command) -> answer(caller, id, asking.await(command));
            case Retried.NotThere() -> throw Refused.notFound("transfer", id);
            case HasEnded(Transfer transfer) -> throw hasEnded(transfer);
            case MayBeApplied(Transfer transfer, Awaited awaited) -> throw mayBeApplied(transfer, awaited);
        };
    }

    /**
     * Takes a completed transfer back: another transfer brings the same amount from the receiver to the sender, drawn first from what is left
     * of the lots that came. 409 where it was or is being taken back; 400 where it has not arrived, or the receiver has too little left.
     */
    @Allows({ADMIN, REWARD_MANAGER})
    @ApiResponse(
            responseCode = "200",
            description = "it has left the receiver's wallet; the answer is the transfer back")
    @ApiResponse(
            responseCode = "202",
            description = "the wallet has not answered yet; Location says where it will have")
    @PostMapping("/{id}/reverse")
    ResponseEntity<Envelope<OpenTransferView>> reverse(
            Caller caller,
            @PathVariable("id") String id,
            @RequestBody TransferReversalBody body,
            @Parameter(description = "The same key takes the transfer back once")
                    @RequestHeader(name = WalletFields.KEY, required = false)
                    @Nullable
                    String header) {
        var fields = new WalletFields();
        String reason = fields.violations().text("reason", body.reason(), WalletActions.MAX_REASON);
        String key = fields.key(header);
        fields.refuseAny();
        var reversal = new Reversal(
                caller.tenant(),
                id,
                TransferRoutes.id(request(caller, REVERSE, id, key)),
                TraceContext.current().traceparent());
        return switch (transfers.reverse(reversal, audit(caller, REVERSE, reason))) {
            case Back(Transfer back, var debit) ->
                answer(caller, back.id(), WalletAsking.requireNotRefused(asking.await(debit)));
            case Reversed.NotThere() -> throw Refused.notFound("transfer", id);
            case NotCompleted(Transfer transfer) -> throw notCompleted(transfer);
            case ReversedBefore(Transfer transfer, String by) -> throw reversedBefore(transfer, by);
        };
    }

    private ResponseEntity<Envelope<OpenTransferView>> answer(Caller caller, String id, CommandStatus command) {
        var now = Envelope.ok(show(caller, id));
        return command.verdict() != null
                ? ResponseEntity.ok(now)
                : ResponseEntity.accepted().location(URI.create(PATH + id)).body(now);
    }

    private Consumer<Leg> audit(Caller caller, String kind, String reason) {
        return leg -> actions.add(new WalletAction(
                ids.mint("wact_"), kind, caller.who(), reason, leg.wallet(), leg.command(), clock.instant()));
    }

    private OpenTransferView show(Caller caller, String id) {
        return transfers
                .show(caller.tenant(), id)
                .map(OpenTransferView::of)
                .orElseThrow(() -> Refused.notFound("transfer", id));
    }

    private static Set<Status> statuses(@Nullable String word) {
        if (word == null) {
            return Status.NOT_ENDED;
        }
        var violations = new Violations();
        Status status = violations.word("status", word, Status.PENDING, Status::word);
        violations.refuseAny();
        return Set.of(status);
    }

    /** Each call is a request of its own where it has no key. */
    private UUID request(Caller caller, String kind, String transfer, @Nullable String key) {
        return key == null
                ? ids.uuid()
                : Ids.derivedFrom("wallet-%s:%s/%s/%s".formatted(kind, caller.tenant(), transfer, key));
    }

    private static Refused hasEnded(Transfer transfer) {
        return new Refused(
                Reason.ALREADY_EXISTS,
                "transfer %s is %s: nothing of it is missing"
                        .formatted(transfer.id(), transfer.status().word()),
                Map.of("status", transfer.status().word()));
    }

    private static Refused notCompleted(Transfer transfer) {
        String status = transfer.status().word();
        return new Refused(
                Reason.WALLET_REFUSED,
                "transfer %s is %s: only a completed one can be reversed".formatted(transfer.id(), status),
                Map.of("refusal", Refusal.NOT_REVERSIBLE.name(), "status", status));
    }

    private static Refused reversedBefore(Transfer transfer, String by) {
        return new Refused(
                Reason.ALREADY_EXISTS,
                "transfer %s is reversed by transfer %s".formatted(transfer.id(), by),
                Map.of("status", transfer.status().word(), "reversed_by", by));
    }

    private static Refused mayBeApplied(Transfer transfer, Awaited awaited) {
        String number = awaited.number() == null ? "unknown" : Long.toString(awaited.number());
        Leg leg = awaited.leg();
        return new Refused(
                Reason.ALREADY_EXISTS,
                "transfer %s waits for command %s of %s (number %s), which was applied or may be applied still"
                        .formatted(transfer.id(), leg.command(), leg.wallet().player(), number),
                Map.of(
                        "status", transfer.status().word(),
                        "command_id", leg.command().toString(),
                        "player_id", leg.wallet().player().value(),
                        "sequence", number));
    }
}
