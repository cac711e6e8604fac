package io.fanfare.worker.integration;

import io.fanfare.edge.health.ReadinessCheck;
import io.fanfare.edge.outbound.OutboundAddressGuard;
import io.fanfare.schemas.wire.ConfluentRegistry;
import io.fanfare.store.integration.DeliveryBacklog;
import io.fanfare.store.integration.IntegrationAnnouncement;
import io.fanfare.store.integration.Integrations;
import io.fanfare.store.integration.WebhookDeliveries;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.producer.Producer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({KafkaSettings.class, RegistrySettings.class, WebhookSettings.class})
class IntegrationConfiguration {

    private static final String READER = "webhooks";

    @Bean
    Integrations integrations(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            IntegrationAnnouncement announcement,
            Clock clock) {
        return new Integrations(jdbc, transactions, announcement, clock);
    }

    @Bean
    WebhookDeliveries webhookDeliveries(
            JdbcClient jdbc,
            NamedParameterJdbcOperations batches,
            PlatformTransactionManager transactions,
            Clock clock) {
        return new WebhookDeliveries(jdbc, batches, transactions, clock);
    }

    @Bean
    ConfluentRegistry registry(RegistrySettings settings) {
        return new ConfluentRegistry(settings.url());
    }

    @Bean
    WebhookSender webhookSender(OutboundAddressGuard guard, WebhookSettings settings, Clock clock) {
        return new WebhookSender(guard, settings.connectTimeout(), settings.timeout(), clock);
    }

    @Bean
    DeliveryLoop deliveryLoop(
            Integrations integrations,
            JdbcClient jdbc,
            WebhookDeliveries deliveries,
            WebhookSender sender,
            WebhookSettings settings,
            MeterRegistry meters,
            Clock clock) {
        var metrics = new DeliveryMetrics(meters);
        var delivering = new Delivering(
                sender,
                integrations,
                deliveries,
                settings.retries(),
                () -> ThreadLocalRandom.current().nextDouble(),
                metrics,
                clock);
        var gates = new EndpointGates(settings.perEndpoint(), settings.inAll(), clock);
        var backlog = new DeliveryBacklog(jdbc, clock);
        return new DeliveryLoop(integrations, backlog, deliveries, delivering, gates, metrics, settings.sweep(), clock);
    }

    @Bean
    Producer<byte[], byte[]> deadLetterProducer(KafkaSettings settings) {
        return KafkaClients.producer(settings.bootstrap());
    }

    @Bean
    PlayIntake playIntake(
            KafkaSettings settings,
            Producer<byte[], byte[]> producer,
            ConfluentRegistry registry,
            Integrations integrations,
            WebhookDeliveries deliveries,
            DeliveryLoop loop,
            MeterRegistry meters,
            Clock clock) {
        var deadLetters = new DeadLetters(producer, registry, READER, clock);
        var metrics = new FanOutMetrics(meters);
        return new PlayIntake(
                () -> new PlaySubscription(
                        KafkaClients.consumer(settings.bootstrap()),
                        registry,
                        integrations,
                        deliveries,
                        deadLetters,
                        metrics,
                        loop::wake,
                        clock),
                clock);
    }

    @Bean
    ReadinessCheck databaseIsReady(JdbcClient jdbc) {
        return new NamedCheck("database", () -> {
            // A table of the last migration that the worker needs: it is there only when all before it are.
            jdbc.sql("select count(*) from webhook_attempt where delivery_id = 0")
                    .query(Long.class)
                    .single();
            return ReadinessCheck.READY;
        });
    }

    @Bean
    ReadinessCheck registryIsReady(ConfluentRegistry registry) {
        return new NamedCheck("registry", () -> NamedCheck.readyIf(registry.isReachable(), "does not answer"));
    }

    @Bean
    ReadinessCheck intakeIsReady(PlayIntake intake) {
        return new NamedCheck("plays", () -> NamedCheck.readyIf(intake.isReady(), "cannot be read or processed"));
    }

    @Bean
    ReadinessCheck loopIsReady(DeliveryLoop loop) {
        return new NamedCheck("deliveries", () -> NamedCheck.readyIf(loop.isRunning(), "are not made"));
    }
}
