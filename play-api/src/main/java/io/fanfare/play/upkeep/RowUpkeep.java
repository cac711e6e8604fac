package io.fanfare.play.upkeep;

import io.fanfare.store.outbox.OutboxRetention;
import io.fanfare.store.outbox.RelayProbe;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/** On MariaDB: row by row, as far as heartbeats say that they have arrived. */
final class RowUpkeep implements OutboxUpkeep {

    private static final Logger log = LoggerFactory.getLogger(RowUpkeep.class);

    private final OutboxRetention retention;
    private final RelayProbe probe;

    RowUpkeep(OutboxRetention retention, RelayProbe probe) {
        this.retention = retention;
        this.probe = probe;
    }

    /** By every instance: a relay that is probed too often is told of in time. */
    @Scheduled(fixedDelay = 5, timeUnit = TimeUnit.SECONDS)
    void probeRelay() {
        probe.write();
    }

    /** By the real clock, which the database stamps outbox rows with. */
    @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.MINUTES)
    void sweepOutbox() {
        long swept = retention.sweep(Clock.systemUTC().instant());
        if (swept > 0) {
            log.info("{} old rows of the outbox are gone", swept);
        }
    }
}
