package io.fanfare.play.wallet;

import io.fanfare.edge.answer.Envelope;
import io.fanfare.edge.caller.Allows;
import io.fanfare.edge.caller.Caller;
import io.fanfare.edge.caller.Role;
import io.fanfare.edge.error.Reason;
import io.fanfare.edge.error.Refused;
import io.fanfare.edge.trace.TraceContext;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.wallet.Money;
import io.fanfare.engine.wallet.ScopeKey;
import io.fanfare.play.Times;
import io.fanfare.play.idempotency.RequestKey;
import io.fanfare.play.wallet.WalletAsking.Asked;
import io.fanfare.store.identity.Ids;
import io.fanfare.store.wallet.CommandStatus;
import io.fanfare.store.wallet.TenantWalletTerms;
import io.fanfare.store.wallet.Transfer;
import io.fanfare.store.wallet.Transfers;
import io.fanfare.store.wallet.Transfers.Begun;
import io.fanfare.store.wallet.Transfers.Wish;
import io.fanfare.store.wallet.WalletTerms.TransferLimits;
import io.fanfare.store.wallet.WrittenCommand;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Players send one another what they have, where their tenant lets them. */
@Tag(name = "wallet")
@RestController
final class TransferRoutes {

    private final TenantWalletTerms terms;
    private final Transfers transfers;
    private final WalletAsking asking;
    private final Ids ids;

    TransferRoutes(TenantWalletTerms terms, Transfers transfers, WalletAsking asking, Ids ids) {
        this.terms = terms;
        this.transfers = transfers;
        this.asking = asking;
        this.ids = ids;
    }

    /** @param toPlayerId whose wallet of the same scope receives it */
    record TransferBody(
            @Nullable String scopeKey,
            @Nullable String toPlayerId,
            @Nullable String currency,
            @Nullable Long amount) {}

    /**
     * A transfer.
     *
     * @param status pending, refused, sent (it is on its way), completed, returning, returned or stranded
     * @param refusal why a wallet did not take part; null where none refused
     * @param reverses the transfer that it takes back, on an operator's behalf; null where the sender wished it
     * @param balances what the sender has left of the currency, as of the debit; empty until it is known
     */
    record TransferView(
            String transferId,
            String fromPlayerId,
            String toPlayerId,
            String scopeKey,
            String currency,
            long amount,
            String status,
            @Nullable String refusal,
            @Nullable String reverses,
            Map<String, Long> balances,
            @Nullable String consistency,
            long createdAt) {

        static TransferView of(Transfer transfer, @Nullable CommandView debit) {
            return new TransferView(
                    transfer.id(),
                    transfer.from().value(),
                    transfer.to().value(),
                    transfer.scope().value(),
                    transfer.money().currency().code(),
                    transfer.money().amount(),
                    transfer.status().word(),
                    transfer.refusal() == null ? null : transfer.refusal().name(),
                    transfer.reverses() == null ? null : transfer.reverses().id(),
                    debit == null ? Map.of() : debit.balances(),
                    debit == null ? null : debit.consistency(),
                    Times.seconds(transfer.createdAt()));
        }
    }

    /** Sends an amount. It is taken at once, and given to the receiver right after; what the receiver cannot take comes back. */
    @Allows(value = Role.PLAYER)
    @ApiResponse(responseCode = "200", description = "it has left the sender's wallet")
    @ApiResponse(
            responseCode = "202",
            description = "the wallet has not answered yet; Location says where it will have")
    @PostMapping("/api/v1/wallet/transfer")
    ResponseEntity<Envelope<TransferView>> transfer(Caller caller, @RequestBody TransferBody body, RequestKey key) {
        TenantId tenant = caller.tenant();
        PlayerId from = caller.requirePlayer();
        var fields = new WalletFields();
        ScopeKey scope = fields.scope(body.scopeKey());
        PlayerId to = fields.player("to_player_id", body.toPlayerId());
        Money money = fields.money(body.currency(), body.amount());
        if (to.equals(from)) {
            fields.violations().add("to_player_id", "is the sender");
        }
        fields.refuseAny();
        Asked asked = Asked.by(caller, key, ids);
        var wish = new Wish(
                tenant,
                id(asked.id()),
                from,
                to,
                scope,
                money,
                asked.hash(),
                TraceContext.current().traceparent());
        Begun begun = transfers.before(wish).orElseGet(() -> transfers.begin(wish, limits(tenant, money)));
        return switch (begun) {
            case Begun.UnderWay(Transfer transfer, WrittenCommand debit) -> answer(transfer, asking.await(debit), key);
            case Begun.AnotherOfThatId() -> throw WalletAsking.reused();
            case Begun.OverTheDay(long left) ->
                throw new Refused(
                        Reason.WALLET_REFUSED,
                        "%d %s may be sent on this day still, %d asked for"
                                .formatted(left, money.currency(), money.amount()),
                        Map.of("refusal", "DAILY_LIMIT", "left", Long.toString(left)));
        };
    }

    /** How far a transfer is. Its sender and its receiver see it. */
    @Allows(value = Role.PLAYER)
    @GetMapping("/api/v1/wallet/transfers/{id}")
    Envelope<TransferView> one(Caller caller, @PathVariable("id") String id) {
        PlayerId player = caller.requirePlayer();
        return transfers
                .find(caller.tenant(), id)
                .filter(transfer ->
                        transfer.from().equals(player) || transfer.to().equals(player))
                .map(transfer -> TransferView.of(transfer, null))
                .map(Envelope::ok)
                .orElseThrow(() -> Refused.notFound("transfer", id));
    }

    /** Of the transfer that a request begins. */
    static String id(UUID request) {
        return "tr_" + request.toString().replace("-", "");
    }

    private TransferLimits limits(TenantId tenant, Money money) {
        TransferLimits limits = terms.current(tenant)
                .terms()
                .transfer(money.currency())
                .orElseThrow(() -> new Refused(
                        Reason.PERMISSION_DENIED, "%s cannot be sent to other players".formatted(money.currency())));
        if (money.amount() < limits.least() || money.amount() > limits.most()) {
            throw Refused.invalid(
                    "amount", "is %d, expected %d to %d".formatted(money.amount(), limits.least(), limits.most()));
        }
        return limits;
    }

    private ResponseEntity<Envelope<TransferView>> answer(Transfer transfer, CommandStatus debit, RequestKey key) {
        WalletAsking.requireNotRefused(debit);
        Transfer now = transfers.find(transfer.tenant(), transfer.id()).orElse(transfer);
        if (debit.verdict() != null) {
            return ResponseEntity.ok(Envelope.ok(TransferView.of(now, CommandView.of(debit))));
        }
        key.leaveUnkept();
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/wallet/transfers/" + transfer.id()))
                .body(Envelope.ok(TransferView.of(now, null)));
    }
}
