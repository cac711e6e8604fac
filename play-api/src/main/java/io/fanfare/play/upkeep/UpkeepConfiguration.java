package io.fanfare.play.upkeep;

import io.fanfare.store.Database;
import io.fanfare.store.Housekeeping;
import io.fanfare.store.outbox.OutboxPartitions;
import io.fanfare.store.outbox.RelayLag;
import io.fanfare.store.outbox.RelaySlotGuard;
import io.fanfare.store.prize.RewardExpiry;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

@Configuration(proxyBeanMethods = false)
@EnableScheduling
@EnableConfigurationProperties(OutboxSettings.class)
class UpkeepConfiguration {

    @Bean
    OutboxPartitions outboxPartitions(Database database, OutboxSettings settings) {
        return new OutboxPartitions(database, RelayLag.SLOT, settings.retention());
    }

    @Bean
    Upkeep upkeep(
            OutboxPartitions partitions,
            Housekeeping housekeeping,
            RewardExpiry rewards,
            Database database,
            MeterRegistry meters) {
        return new Upkeep(partitions, housekeeping, rewards, new RelaySlotGuard(database, RelayLag.SLOT), meters);
    }
}
