package io.fanfare.worker.granting;

import io.fanfare.store.redemption.RedemptionRecord;
import io.fanfare.store.redemption.RedemptionState;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;

/** How redemptions end, and how long they take. */
final class RedemptionMetrics {

    private final Timer granted;
    private final Timer refused;

    RedemptionMetrics(MeterRegistry meters) {
        granted = timer(meters, "granted");
        refused = timer(meters, "refused");
    }

    void ended(RedemptionRecord redemption) {
        switch (redemption.state()) {
            case RedemptionState.Granted state -> granted.record(since(redemption, state.at()));
            case RedemptionState.Refused state -> refused.record(since(redemption, state.at()));
            case RedemptionState.Pending() -> throw new IllegalStateException(redemption.key() + " has not ended");
        }
    }

    /** Of two machines' clocks one may be behind. */
    private static Duration since(RedemptionRecord redemption, Instant end) {
        Duration taken = Duration.between(redemption.requestedAt(), end);
        return taken.isNegative() ? Duration.ZERO : taken;
    }

    private static Timer timer(MeterRegistry meters, String outcome) {
        return Timer.builder("redemptions.ended")
                .description("Redemptions that have ended, from the request to the end")
                .tag("outcome", outcome)
                .register(meters);
    }
}
