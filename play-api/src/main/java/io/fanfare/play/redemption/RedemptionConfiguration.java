package io.fanfare.play.redemption;

import static java.util.stream.Collectors.toMap;

import io.fanfare.play.outcome.Watch;
import io.fanfare.store.Database;
import io.fanfare.store.award.Awards;
import io.fanfare.store.granting.Granting;
import io.fanfare.store.granting.RetryLog;
import io.fanfare.store.identity.Ids;
import io.fanfare.store.outbox.Outbox;
import io.fanfare.store.redemption.RedemptionKey;
import io.fanfare.store.redemption.RedemptionRecord;
import io.fanfare.store.redemption.Redemptions;
import java.time.Clock;
import java.util.function.Function;
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
    Watch<RedemptionKey, RedemptionRecord> redemptionWatch(Redemptions redemptions) {
        return new Watch<>(
                "redemption-watch",
                keys -> redemptions.ended(keys).stream().collect(toMap(RedemptionRecord::key, Function.identity())));
    }
}
