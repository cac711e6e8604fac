package io.fanfare.play.outcome;

import io.fanfare.store.wallet.UndecidedCommands;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/** Says so when commands wait too long for their outcome. It never gives one up: only the wallets app decides. */
class UndecidedAlarm {

    private static final Logger LOG = LoggerFactory.getLogger(UndecidedAlarm.class);
    private static final Duration TOO_LONG = Duration.ofSeconds(60);

    private final UndecidedCommands undecided;
    private final AtomicLong oldestSeconds;

    UndecidedAlarm(UndecidedCommands undecided, MeterRegistry meters) {
        this.undecided = undecided;
        this.oldestSeconds = meters.gauge("wallet.commands.undecided.oldest.seconds", new AtomicLong());
    }

    @Scheduled(initialDelay = 10, fixedDelay = 10, timeUnit = TimeUnit.SECONDS)
    void look() {
        Duration oldest = undecided.oldest();
        oldestSeconds.set(oldest.toSeconds());
        if (oldest.compareTo(TOO_LONG) > 0) {
            LOG.error(
                    "a wallet command has no outcome for {} s; look at the relay, the wallets app and the worker's reader wallet-outcomes",
                    oldest.toSeconds());
        }
    }
}
