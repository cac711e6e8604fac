package io.fanfare.play.upkeep;

import io.fanfare.store.Housekeeping;
import io.fanfare.store.outbox.OutboxPartitions;
import io.fanfare.store.outbox.RelaySlotGuard;
import io.fanfare.store.prize.RewardExpiry;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/** Keeps the tables in shape. Every instance does it; those that come second find nothing left to do. */
class Upkeep {

    private static final Logger log = LoggerFactory.getLogger(Upkeep.class);

    private static final int EXPIRY_BITE = 500;

    private final OutboxPartitions partitions;
    private final Housekeeping housekeeping;
    private final RewardExpiry rewards;
    private final RelaySlotGuard slotGuard;
    private final Counter slotsDropped;

    Upkeep(
            OutboxPartitions partitions,
            Housekeeping housekeeping,
            RewardExpiry rewards,
            RelaySlotGuard slotGuard,
            MeterRegistry meters) {
        this.partitions = partitions;
        this.housekeeping = housekeeping;
        this.rewards = rewards;
        this.slotGuard = slotGuard;
        this.slotsDropped = Counter.builder("relay_slots_dropped")
                .description(
                        "Replication slots that had lost their log and were dropped, so that the relay starts anew")
                .register(meters);
    }

    /** A connector on a lost slot retries in silence for half an hour; without the slot it starts anew within seconds. */
    @Scheduled(fixedDelay = 5, timeUnit = TimeUnit.SECONDS)
    void dropLostSlot() {
        if (slotGuard.dropIfLost()) {
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

    /** As long as there is a full bite to take; an overdue reward cannot be claimed, whether this has come by or not. */
    @Scheduled(fixedDelay = 10, timeUnit = TimeUnit.SECONDS)
    void expireRewards() {
        int expired = rewards.sweep(EXPIRY_BITE);
        while (expired == EXPIRY_BITE) {
            expired = rewards.sweep(EXPIRY_BITE);
        }
    }

    @Scheduled(initialDelay = 2, fixedDelay = 5, timeUnit = TimeUnit.MINUTES)
    void sweep() {
        var swept = housekeeping.sweep();
        log.debug("swept out {}", swept);
    }
}
