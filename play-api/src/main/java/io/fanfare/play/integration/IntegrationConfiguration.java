package io.fanfare.play.integration;

import io.fanfare.store.Database;
import io.fanfare.store.identity.Ids;
import io.fanfare.store.integration.Integrations;
import io.fanfare.store.outbox.Outbox;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class IntegrationConfiguration {

    @Bean
    Integrations integrations(Database database, Outbox outbox, Ids ids, Clock clock) {
        return new Integrations(database, outbox, ids, clock);
    }
}
