package io.fanfare.play.audit;

import io.fanfare.store.Database;
import io.fanfare.store.play.CaughtPlays;
import io.fanfare.store.play.PlayRecords;
import io.fanfare.store.prize.PrizeRevisions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class AuditConfiguration {

    @Bean
    PlayRecords playRecords(Database database) {
        return new PlayRecords(database);
    }

    @Bean
    CaughtPlays caughtPlays(Database database) {
        return new CaughtPlays(database);
    }

    @Bean
    PrizeRevisions prizeRevisions(Database database) {
        return new PrizeRevisions(database);
    }
}
