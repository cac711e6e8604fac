package io.fanfare.worker.granting;

import io.fanfare.edge.health.ReadinessCheck;
import io.fanfare.store.redemption.PendingRedemptions;
import io.fanfare.store.redemption.PendingRedemptions.Backlog;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Tells people of redemptions that wait long for their wallets: in the log when that changes, in the metrics, and as a warning of
 * {@code /readyz}. Nobody ends one for its age; what it waits for is the word of the wallets app.
 */
final class RedemptionAlarm implements ReadinessCheck {

    private static final Logger LOG = LoggerFactory.getLogger(RedemptionAlarm.class);

    private final PendingRedemptions redemptions;
    private volatile Backlog backlog = new Backlog(0, 0);

    RedemptionAlarm(PendingRedemptions redemptions, MeterRegistry meters) {
        this.redemptions = redemptions;
        Gauge.builder("redemptions.pending", this, alarm -> alarm.backlog.pending())
                .description("Redemptions that wait for the word of their wallets")
                .register(meters);
        Gauge.builder("redemptions.overdue", this, alarm -> alarm.backlog.overdue())
                .description("Those of them that have waited for more than 60 seconds")
                .register(meters);
    }

    /** By every worker: each has the same to say. */
    @Scheduled(fixedDelay = 5, timeUnit = TimeUnit.SECONDS)
    void look() {
        long before = backlog.overdue();
        backlog = redemptions.backlog();
        long now = backlog.overdue();
        if (now > before) {
            LOG.warn("{} redemptions have waited for more than {} for their wallets", now, PendingRedemptions.OVERDUE);
        } else if (now == 0 && before > 0) {
            LOG.info("no redemption waits for long any more");
        }
    }

    @Override
    public String name() {
        return "redemptions";
    }

    @Override
    public Readiness check() {
        long overdue = redemptions.backlog().overdue();
        return overdue == 0
                ? READY
                : new Readiness.Warning("%d have waited for more than %d s for their wallets"
                        .formatted(overdue, PendingRedemptions.OVERDUE.toSeconds()));
    }
}
