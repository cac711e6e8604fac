package io.fanfare.play.upkeep;

import io.fanfare.store.outbox.OutboxPartitions;
import io.fanfare.store.outbox.RelaySlotGuard;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/** On PostgreSQL: by the hour, behind a slot. */
final class SlotUpkeep implements OutboxUpkeep {

    private static final Logger log = LoggerFactory.getLogger(SlotUpkeep.class);

    private final OutboxPartitions partitions;
    private final RelaySlotGuard guard;
    private final Counter slotsDropped;

    SlotUpkeep(OutboxPartitions partitions, RelaySlotGuard guard, MeterRegistry meters) {
        this.partitions = partitions;
        this.guard = guard;
        this.slotsDropped = Counter.builder("relay_slots_dropped")
                .description(
                        "Replication slots that had lost their log and were dropped, so that the relay starts anew")
                .register(meters);
    }

    /** A connector on a lost slot retries in silence for half an hour; without the slot it starts anew within seconds. */
    @Scheduled(fixedDelay = 5, timeUnit = TimeUnit.SECONDS)
    void dropLostSlot() {
        if (guard.dropIfLost()) {
            slotsDropped.increment();
            log.error("the relay's replication slot had lost its log and was dropped;"
                    + " the relay makes a new one and publishes again what the outbox retains");
        }
    }

    /** By the real clock, which the database stamps outbox rows with. */
    @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.MINUTES)
    void keepPartitionsAhead() {
        var done = partitions.maintain(Clock.systemUTC().instant());
        if (!done.created().isEmpty() || !done.dropped().isEmpty()) {
            log.info("outbox partitions created {}, dropped {}", done.created(), done.dropped());
        }
    }
}
