package io.fanfare.play.redemption;

import io.fanfare.store.Database;
import io.fanfare.store.award.Awards;
import io.fanfare.store.granting.Granting;
import io.fanfare.store.granting.RetryLog;
import io.fanfare.store.identity.Ids;
import io.fanfare.store.outbox.Outbox;
import io.fanfare.store.redemption.Redemptions;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class RedemptionConfiguration {

    @Bean
    Redemptions redemptions(Database database, Outbox outbox, Ids ids, Clock clock) {
        return new Redemptions(database, outbox, ids, clock);
    }

    @Bean
    Granting granting(Database database, Outbox outbox, Ids ids, Clock clock) {
        return new Granting(database, outbox, ids, clock);
    }

    @Bean
    RetryLog retryLog(Database database) {
        return new RetryLog(database);
    }

    @Bean
    Awards awards(Database database) {
        return new Awards(database);
    }

    @Bean
    RedemptionWatch redemptionWatch(Redemptions redemptions) {
        return new RedemptionWatch(redemptions::ended);
    }
}
