package io.fanfare.play.outcome;

import io.fanfare.store.wallet.CommandStatus;
import io.fanfare.store.wallet.WalletOutcomes;
import io.fanfare.store.wallet.WalletOutcomes.CommandKey;
import io.fanfare.store.wallet.WrittenCommand;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Waits for what becomes of wallet commands. */
public final class AwaitedOutcomes {

    /** As long as a request waits before it is answered that the outcome is pending. */
    public static final Duration PATIENCE = Duration.ofSeconds(5);

    private final WalletOutcomes outcomes;
    private final Watch<CommandKey, CommandStatus> watch;
    private final Timer decided;
    private final Timer pending;

    AwaitedOutcomes(WalletOutcomes outcomes, Watch<CommandKey, CommandStatus> watch, MeterRegistry meters) {
        this.outcomes = outcomes;
        this.watch = watch;
        this.decided = timer(meters, "decided");
        this.pending = timer(meters, "pending");
        meters.gauge("wallet.requests.waiting", watch, Watch::waiting);
    }

    private static Timer timer(MeterRegistry meters, String outcome) {
        return Timer.builder("wallet.request.wait")
                .description("How long requests waited for the outcome of their wallet command")
                .tag("outcome", outcome)
                .publishPercentileHistogram()
                .register(meters);
    }

    /** The command with its outcome, or without one where it takes longer than {@link #PATIENCE}. */
    public CommandStatus await(WrittenCommand command) {
        long begun = System.nanoTime();
        var key = new CommandKey(command.wallet().tenant(), command.id());
        Optional<CommandStatus> status = watch.await(key, PATIENCE);
        (status.isPresent() ? decided : pending).record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
        return status.or(() -> outcomes.find(key.tenant(), key.id()))
                .orElseThrow(() -> new IllegalStateException("%s was given and is gone".formatted(key)));
    }
}
