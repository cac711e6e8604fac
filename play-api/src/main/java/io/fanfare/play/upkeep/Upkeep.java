package io.fanfare.play.upkeep;

import io.fanfare.store.Housekeeping;
import io.fanfare.store.prize.RewardExpiry;
import io.fanfare.store.prize.RewardReminders;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/** Keeps the tables in shape. Every instance does it; those that come second find nothing left to do. */
class Upkeep {

    private static final Logger log = LoggerFactory.getLogger(Upkeep.class);

    private static final int EXPIRY_BITE = 500;
    private static final int REMINDER_BITE = 500;

    private final Housekeeping housekeeping;
    private final RewardExpiry rewards;
    private final RewardReminders reminders;

    Upkeep(Housekeeping housekeeping, RewardExpiry rewards, RewardReminders reminders) {
        this.housekeeping = housekeeping;
        this.rewards = rewards;
        this.reminders = reminders;
    }

    /** As long as there is a full bite to take; an overdue reward cannot be claimed, whether this has come by or not. */
    @Scheduled(fixedDelay = 10, timeUnit = TimeUnit.SECONDS)
    void expireRewards() {
        int expired = rewards.sweep(EXPIRY_BITE);
        while (expired == EXPIRY_BITE) {
            expired = rewards.sweep(EXPIRY_BITE);
        }
    }

    /** As long as there is a full bite to take. */
    @Scheduled(fixedDelay = 10, timeUnit = TimeUnit.SECONDS)
    void remindOfRewards() {
        int reminded = reminders.sweep(REMINDER_BITE);
        while (reminded == REMINDER_BITE) {
            reminded = reminders.sweep(REMINDER_BITE);
        }
    }

    @Scheduled(initialDelay = 2, fixedDelay = 5, timeUnit = TimeUnit.MINUTES)
    void sweep() {
        var swept = housekeeping.sweep();
        log.debug("swept out {}", swept);
    }
}
