package io.fanfare.play.outcome;

import io.fanfare.store.wallet.OverdueTransfers.Overdue;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Says so when commands wait too long for their outcome, and when transfers stand still. It never gives one up: only the wallets app
 * decides.
 */
class UndecidedAlarm {

    private static final Logger LOG = LoggerFactory.getLogger(UndecidedAlarm.class);
    private static final Duration TOO_LONG = Duration.ofSeconds(60);

    private final Supplier<Duration> oldestCommand;
    private final Function<Duration, Overdue> overdueTransfers;
    private final AtomicLong oldestSeconds;
    private final AtomicLong transfers;

    /**
     * @param oldestCommand how long the oldest undecided one waits
     * @param overdueTransfers those that have not moved for longer than that
     */
    UndecidedAlarm(
            Supplier<Duration> oldestCommand, Function<Duration, Overdue> overdueTransfers, MeterRegistry meters) {
        this.oldestCommand = oldestCommand;
        this.overdueTransfers = overdueTransfers;
        this.oldestSeconds = meters.gauge("wallet.commands.undecided.oldest.seconds", new AtomicLong());
        this.transfers = meters.gauge("wallet.transfers.overdue", new AtomicLong());
    }

    @Scheduled(initialDelay = 10, fixedDelay = 10, timeUnit = TimeUnit.SECONDS)
    void look() {
        lookAtCommands();
        lookAtTransfers();
    }

    private void lookAtCommands() {
        Duration oldest = oldestCommand.get();
        oldestSeconds.set(oldest.toSeconds());
        if (oldest.compareTo(TOO_LONG) > 0) {
            LOG.error(
                    "a wallet command has no outcome for {} s; look at the relay, the wallets app and the worker's reader wallet-outcomes",
                    oldest.toSeconds());
        }
    }

    private void lookAtTransfers() {
        Overdue overdue = overdueTransfers.apply(TOO_LONG);
        transfers.set(overdue.count());
        if (overdue.count() > 0) {
            LOG.error(
                    "transfers have not ended: {} stand still for over {} s, the oldest for {} s; ./fanfare wallet transfers says what"
                            + " each waits for",
                    overdue.count(),
                    TOO_LONG.toSeconds(),
                    overdue.oldest().toSeconds());
        }
    }
}
