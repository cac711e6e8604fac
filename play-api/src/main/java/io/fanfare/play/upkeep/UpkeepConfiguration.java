package io.fanfare.play.upkeep;

import io.fanfare.play.relay.RelaySettings;
import io.fanfare.store.Database;
import io.fanfare.store.Housekeeping;
import io.fanfare.store.outbox.HeardHeartbeats;
import io.fanfare.store.outbox.Outbox;
import io.fanfare.store.outbox.OutboxPartitions;
import io.fanfare.store.outbox.OutboxRetention;
import io.fanfare.store.outbox.RelayLag;
import io.fanfare.store.outbox.RelayProbe;
import io.fanfare.store.outbox.RelaySlotGuard;
import io.fanfare.store.prize.RewardExpiry;
import io.fanfare.store.prize.RewardReminders;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

@Configuration(proxyBeanMethods = false)
@EnableScheduling
@EnableConfigurationProperties({OutboxSettings.class, RewardSettings.class})
class UpkeepConfiguration {

    @Bean
    OutboxUpkeep outboxUpkeep(
            Database database,
            HeardHeartbeats heartbeats,
            RelaySettings relay,
            OutboxSettings settings,
            MeterRegistry meters) {
        return switch (database.dialect()) {
            case POSTGRESQL ->
                new SlotUpkeep(
                        new OutboxPartitions(database, RelayLag.SLOT, settings.retention()),
                        new RelaySlotGuard(database, RelayLag.SLOT),
                        meters);
            case MARIADB ->
                new RowUpkeep(
                        new OutboxRetention(database, heartbeats, settings.retention()),
                        new RelayProbe(database, relay.heartbeatTopic()));
        };
    }

    @Bean
    RewardReminders rewardReminders(Database database, Outbox outbox, Clock clock, RewardSettings settings) {
        return new RewardReminders(database, outbox, clock, settings.notice());
    }

    @Bean
    Upkeep upkeep(Housekeeping housekeeping, RewardExpiry rewards, RewardReminders reminders) {
        return new Upkeep(housekeeping, rewards, reminders);
    }
}
