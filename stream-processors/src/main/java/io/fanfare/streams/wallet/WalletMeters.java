package io.fanfare.streams.wallet;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;

/** What operators see of the wallets app. */
final class WalletMeters {

    final Counter posted;
    final Counter refused;
    final Counter duplicate;
    final Counter parked;
    final Counter forked;
    final Counter settled;
    final Counter refusedCredits;
    final AtomicInteger overdueGaps = new AtomicInteger();

    WalletMeters(MeterRegistry meters) {
        posted = commands(meters, "posted");
        refused = commands(meters, "refused");
        duplicate = commands(meters, "duplicate");
        parked = commands(meters, "parked");
        forked = commands(meters, "forked");
        settled = Counter.builder("fanfare.wallet.settlements")
                .description("expiries, timeouts of holds and activations")
                .register(meters);
        refusedCredits = Counter.builder("fanfare.wallet.credits.refused")
                .description("credits that found no room in their wallet")
                .register(meters);
        Gauge.builder("fanfare.wallet.gaps.overdue", overdueGaps, AtomicInteger::doubleValue)
                .description("wallets that have waited for a missing command for too long")
                .register(meters);
    }

    private static Counter commands(MeterRegistry meters, String outcome) {
        return Counter.builder("fanfare.wallet.commands")
                .tag("outcome", outcome)
                .description("wallet commands by what became of them")
                .register(meters);
    }
}
