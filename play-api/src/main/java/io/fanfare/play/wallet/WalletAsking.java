package io.fanfare.play.wallet;

import io.fanfare.edge.caller.Caller;
import io.fanfare.edge.error.Reason;
import io.fanfare.edge.error.Refused;
import io.fanfare.edge.trace.TraceContext;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.play.IdempotencyClaim;
import io.fanfare.engine.wallet.Cause;
import io.fanfare.engine.wallet.RecordedOutcome.Verdict.Accepted;
import io.fanfare.engine.wallet.RecordedOutcome.Verdict.Declined;
import io.fanfare.engine.wallet.Refusal;
import io.fanfare.engine.wallet.WalletCommand;
import io.fanfare.engine.wallet.WalletId;
import io.fanfare.play.idempotency.RequestKey;
import io.fanfare.play.outcome.AwaitedOutcomes;
import io.fanfare.store.identity.Ids;
import io.fanfare.store.wallet.CommandStatus;
import io.fanfare.store.wallet.WalletOrder;
import io.fanfare.store.wallet.WalletRequests;
import io.fanfare.store.wallet.WalletRequests.Beside;
import io.fanfare.store.wallet.WalletRequests.Given;
import io.fanfare.store.wallet.WrittenCommand;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Asks something of a wallet, and waits until the wallets app has said what came of it. The same request asks once: its command's
 * id follows from its idempotency key.
 */
@Component
final class WalletAsking {

    /** Of a request without a key. */
    private static final String ONCE = "request";

    private final WalletRequests requests;
    private final AwaitedOutcomes outcomes;
    private final Clock clock;

    WalletAsking(WalletRequests requests, AwaitedOutcomes outcomes, Clock clock) {
        this.requests = requests;
        this.outcomes = outcomes;
        this.clock = clock;
    }

    /**
     * Who asks, and for what reason.
     *
     * @param id of the command: the same id asks once
     * @param hash of the request, to tell it from another one that comes with the same id
     */
    record Asked(UUID id, String hash) {

        /** As the request's idempotency key says; each time anew where it has none. */
        static Asked by(Caller caller, RequestKey key, Ids ids) {
            IdempotencyClaim claim = key.claim();
            if (claim == null) {
                return new Asked(ids.uuid(), ONCE);
            }
            String who = caller.player() == null ? "machine" : "player:" + caller.player();
            String cause = "wallet-request:%s/%s/%s".formatted(caller.tenant(), who, claim.key());
            return new Asked(Ids.derivedFrom(cause), claim.requestHash());
        }

        /** Once for each cause that an operator names; each time anew where none is named. */
        static Asked once(String kind, WalletId wallet, String cause, String hash) {
            return new Asked(Ids.derivedFrom("wallet-%s:%s/%s".formatted(kind, wallet.tenant(), cause)), hash);
        }
    }

    /**
     * What became of the same request before, for who works out the command from what may have changed since then.
     *
     * @return empty where it never came; else as {@link #ask} does
     */
    Optional<CommandStatus> before(TenantId tenant, Asked asked) {
        return requests.before(tenant, asked.id(), asked.hash()).map(this::await);
    }

    /**
     * Gives the command and waits.
     *
     * @return with its outcome, or without one where that took too long
     */
    CommandStatus ask(Asked asked, WalletId wallet, Cause cause, WalletCommand command, Beside beside) {
        var order = new WalletOrder(
                wallet,
                asked.id(),
                cause,
                command,
                asked.hash(),
                TraceContext.current().traceparent(),
                clock.instant());
        return await(requests.give(order, beside));
    }

    private CommandStatus await(Given given) {
        return switch (given) {
            case Given.New(WrittenCommand written) -> await(written);
            case Given.Repeated(WrittenCommand written) -> await(written);
            case Given.Other() -> throw reused();
        };
    }

    CommandStatus await(WrittenCommand written) {
        return outcomes.await(written);
    }

    static Refused reused() {
        return new Refused(Reason.IDEMPOTENCY_KEY_REUSED, "the key was used for another request before");
    }

    /** The command as it is now; what was refused ends the request. */
    static CommandStatus requireNotRefused(CommandStatus status) {
        return switch (status.verdict()) {
            case null -> status;
            case Accepted _ -> status;
            case Declined declined -> throw refused(declined, status.command().id());
        };
    }

    /** The refusal names its command, so that it can be found again in the ledger and on the topic. */
    private static Refused refused(Declined declined, UUID command) {
        var metadata = Map.of("refusal", declined.refusal().name(), "command_id", command.toString());
        return new Refused(reason(declined.refusal()), declined.detail(), metadata);
    }

    private static Reason reason(Refusal refusal) {
        return switch (refusal) {
            case INSUFFICIENT_BALANCE -> Reason.INSUFFICIENT_BALANCE;
            case ALREADY_EXISTS, ALREADY_REVERSED -> Reason.ALREADY_EXISTS;
            case NOT_FOUND -> Reason.RESOURCE_NOT_FOUND;
            case BELOW_THRESHOLD, NOT_REVERSIBLE, NOTHING_TO_CONVERT, LIMIT_REACHED, OVERFLOW, INVALID_COMMAND ->
                Reason.WALLET_REFUSED;
            case FORKED -> Reason.INTERNAL;
        };
    }
}
