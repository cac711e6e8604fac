package io.fanfare.play.upkeep;

import io.fanfare.store.Housekeeping;
import io.fanfare.store.outbox.OutboxPartitions;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/** Keeps the tables in shape. Every instance does it; those that come second find nothing left to do. */
class Upkeep {

    private static final Logger log = LoggerFactory.getLogger(Upkeep.class);

    private final OutboxPartitions partitions;
    private final Housekeeping housekeeping;

    Upkeep(OutboxPartitions partitions, Housekeeping housekeeping) {
        this.partitions = partitions;
        this.housekeeping = housekeeping;
    }

    /** By the real clock, which the database stamps outbox rows with. */
    @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.MINUTES)
    void keepPartitionsAhead() {
        var done = partitions.maintain(Clock.systemUTC().instant());
        if (!done.created().isEmpty() || !done.dropped().isEmpty()) {
            log.info("outbox partitions created {}, dropped {}", done.created(), done.dropped());
        }
    }

    @Scheduled(initialDelay = 2, fixedDelay = 5, timeUnit = TimeUnit.MINUTES)
    void sweep() {
        var swept = housekeeping.sweep();
        log.debug("swept out {}", swept);
    }
}
