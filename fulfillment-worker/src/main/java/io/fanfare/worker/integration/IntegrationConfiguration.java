package io.fanfare.worker.integration;

import io.fanfare.edge.health.ReadinessCheck;
import io.fanfare.edge.outbound.OutboundAddressGuard;
import io.fanfare.edge.topic.DeadLetters;
import io.fanfare.edge.topic.Intake;
import io.fanfare.edge.topic.IntakeMetrics;
import io.fanfare.edge.topic.KafkaClients;
import io.fanfare.edge.topic.Subscription;
import io.fanfare.events.PlayCompleted;
import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.ConfluentRegistry;
import io.fanfare.store.Database;
import io.fanfare.store.Migrations;
import io.fanfare.store.identity.Ids;
import io.fanfare.store.integration.DeliveryBacklog;
import io.fanfare.store.integration.Integrations;
import io.fanfare.store.integration.WebhookDeliveries;
import io.fanfare.store.outbox.Outbox;
import io.fanfare.worker.intake.KafkaSettings;
import io.fanfare.worker.intake.NamedCheck;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({KafkaSettings.class, RegistrySettings.class, WebhookSettings.class})
class IntegrationConfiguration {

    private static final String READER = "webhooks";

    /**
     * Leases, pauses and signatures are between machines: they do not follow when the platform's time is moved, or every delivery
     * under way would be sent twice and receivers would find the signatures too old.
     */
    private static final Clock MACHINE = Clock.systemUTC();

    /** Whoever starts first brings the schema up to date; the others wait for it. */
    @Bean
    Migrations migrations(DataSource dataSource) {
        var migrations = new Migrations(dataSource);
        migrations.run();
        return migrations;
    }

    @Bean
    @DependsOn("migrations")
    Database database(DataSource dataSource) {
        return Database.over(dataSource);
    }

    @Bean
    Integrations integrations(Database database, ConfluentRegistry registry, Clock clock) {
        return new Integrations(database, new Outbox(database, registry), new Ids(), clock);
    }

    @Bean
    WebhookDeliveries webhookDeliveries(Database database) {
        return new WebhookDeliveries(database, MACHINE);
    }

    @Bean
    ConfluentRegistry registry(RegistrySettings settings) {
        return new ConfluentRegistry(settings.url());
    }

    @Bean
    WebhookSender webhookSender(OutboundAddressGuard guard, WebhookSettings settings) {
        return new WebhookSender(guard, settings.connectTimeout(), settings.timeout(), MACHINE);
    }

    @Bean
    DeliveryLoop deliveryLoop(
            Integrations integrations,
            Database database,
            WebhookDeliveries deliveries,
            WebhookSender sender,
            WebhookSettings settings,
            MeterRegistry meters) {
        var metrics = new DeliveryMetrics(meters);
        var delivering = new Delivering(
                sender,
                integrations,
                deliveries,
                settings.retries(),
                () -> ThreadLocalRandom.current().nextDouble(),
                metrics,
                MACHINE);
        var gates = new EndpointGates(settings.perEndpoint(), settings.inAll(), MACHINE);
        var backlog = new DeliveryBacklog(database, MACHINE);
        return new DeliveryLoop(
                integrations, backlog, deliveries, delivering, gates, metrics, settings.sweep(), MACHINE);
    }

    @Bean
    Producer<byte[], byte[]> deadLetterProducer(KafkaSettings settings) {
        return KafkaClients.producer(settings.bootstrap());
    }

    @Bean
    Intake playIntake(
            KafkaSettings settings,
            Producer<byte[], byte[]> producer,
            ConfluentRegistry registry,
            Integrations integrations,
            WebhookDeliveries deliveries,
            DeliveryLoop loop,
            MeterRegistry meters) {
        var fanOut = new EventFanOut<PlayCompleted>(PlayEvents::of, integrations, deliveries, loop::wake);
        var deadLetters = new DeadLetters(producer, registry, READER, MACHINE);
        var metrics = new IntakeMetrics(meters, "webhook.fanout", "fanned_out");
        return new Intake(
                "webhook-fan-out",
                () -> new Subscription<>(
                        KafkaClients.consumer(settings.bootstrap(), "fanfare-webhooks"),
                        Topics.PLAYS,
                        registry,
                        fanOut,
                        deadLetters,
                        metrics,
                        MACHINE),
                MACHINE);
    }

    /** Rewards that no play tells of. */
    @Bean
    Intake rewardIntake(
            KafkaSettings settings,
            Producer<byte[], byte[]> producer,
            ConfluentRegistry registry,
            Integrations integrations,
            WebhookDeliveries deliveries,
            DeliveryLoop loop,
            MeterRegistry meters) {
        var fanOut = new EventFanOut<SpecificRecord>(RewardEvents::of, integrations, deliveries, loop::wake);
        var deadLetters = new DeadLetters(producer, registry, READER, MACHINE);
        var metrics = new IntakeMetrics(meters, "webhook.fanout.rewards", "fanned_out");
        return new Intake(
                "webhook-fan-out-rewards",
                () -> new Subscription<>(
                        KafkaClients.consumer(settings.bootstrap(), "fanfare-webhooks-rewards"),
                        Topics.REWARDS,
                        registry,
                        fanOut,
                        deadLetters,
                        metrics,
                        MACHINE),
                MACHINE);
    }

    @Bean
    ReadinessCheck databaseIsReady(Migrations migrations) {
        return new NamedCheck("database", () -> NamedCheck.readyIf(migrations.areComplete(), "lacks migrations"));
    }

    @Bean
    ReadinessCheck registryIsReady(ConfluentRegistry registry) {
        return new NamedCheck("registry", () -> NamedCheck.readyIf(registry.isReachable(), "does not answer"));
    }

    @Bean
    ReadinessCheck intakeIsReady(@Qualifier("playIntake") Intake intake) {
        return new NamedCheck("plays", () -> NamedCheck.readyIf(intake.isReady(), "cannot be read or processed"));
    }

    @Bean
    ReadinessCheck rewardIntakeIsReady(@Qualifier("rewardIntake") Intake intake) {
        return new NamedCheck("rewards", () -> NamedCheck.readyIf(intake.isReady(), "cannot be read or processed"));
    }

    @Bean
    ReadinessCheck loopIsReady(DeliveryLoop loop) {
        return new NamedCheck("deliveries", () -> NamedCheck.readyIf(loop.isRunning(), "are not made"));
    }
}
