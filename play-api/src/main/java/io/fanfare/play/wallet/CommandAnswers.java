package io.fanfare.play.wallet;

import io.fanfare.edge.answer.Envelope;
import io.fanfare.play.idempotency.RequestKey;
import io.fanfare.store.wallet.CommandStatus;
import java.net.URI;
import java.util.function.Function;
import org.springframework.http.ResponseEntity;

/** How requests for wallet commands end: 200 with what came of it, or 202 where that is not known yet. */
final class CommandAnswers {

    private CommandAnswers() {}

    /** A refused command ends as the error that stands for its refusal. */
    static ResponseEntity<Envelope<CommandView>> of(CommandStatus status, RequestKey key) {
        return of(status, key, CommandView::of);
    }

    /** The same, where the answer says more than that of any command. */
    static <T> ResponseEntity<Envelope<T>> of(CommandStatus status, RequestKey key, Function<CommandStatus, T> view) {
        WalletAsking.requireNotRefused(status);
        if (status.verdict() != null) {
            return ResponseEntity.ok(Envelope.ok(view.apply(status)));
        }
        // The same request may be made again, and is then answered with what came of it.
        key.leaveUnkept();
        return pending(status, view);
    }

    /** For who has no key to leave. */
    static ResponseEntity<Envelope<CommandView>> of(CommandStatus status) {
        WalletAsking.requireNotRefused(status);
        return status.verdict() == null
                ? pending(status, CommandView::of)
                : ResponseEntity.ok(Envelope.ok(CommandView.of(status)));
    }

    private static <T> ResponseEntity<Envelope<T>> pending(CommandStatus status, Function<CommandStatus, T> view) {
        return ResponseEntity.accepted()
                .location(
                        URI.create("/api/v1/wallet/commands/" + status.command().id()))
                .body(Envelope.ok(view.apply(status)));
    }
}
