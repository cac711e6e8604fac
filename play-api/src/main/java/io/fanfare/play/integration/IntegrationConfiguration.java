package io.fanfare.play.integration;

import io.fanfare.engine.identity.TenantId;
import io.fanfare.schemas.Topics;
import io.fanfare.store.Database;
import io.fanfare.store.integration.Integrations;
import io.fanfare.store.outbox.Outbox;
import io.fanfare.store.outbox.OutboxEvent;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

@Configuration(proxyBeanMethods = false)
class IntegrationConfiguration {

    @Bean
    Integrations integrations(Database database, PlatformTransactionManager transactions, Outbox outbox, Clock clock) {
        return new Integrations(
                database.jdbc(),
                transactions,
                (key, revision, traceparent) -> outbox.write(OutboxEvent.keyed(
                        new TenantId(revision.getTenantId()),
                        Topics.CONFIG,
                        key,
                        revision,
                        traceparent,
                        revision.getOccurredAt())),
                clock);
    }
}
