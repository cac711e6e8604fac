package io.fanfare.worker.integration;

import io.fanfare.edge.health.ReadinessCheck;
import io.fanfare.edge.outbound.OutboundAddressGuard;
import io.fanfare.edge.topic.Intake;
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
import io.fanfare.worker.intake.Intakes;
import io.fanfare.worker.intake.Intakes.Reader;
import io.fanfare.worker.intake.NamedCheck;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.apache.avro.specific.SpecificRecord;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({RegistrySettings.class, WebhookSettings.class})
class IntegrationConfiguration {

    private static final String READER = "webhooks";
    private static final String FANNED_OUT = "fanned_out";

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
    Intake playIntake(Intakes intakes, Integrations integrations, WebhookDeliveries deliveries, DeliveryLoop loop) {
        return intakes.intake(
                new Reader("webhook-fan-out", "fanfare-webhooks", READER, "webhook.fanout", FANNED_OUT),
                Topics.PLAYS,
                new EventFanOut<PlayCompleted>(PlayEvents::of, integrations, deliveries, loop::wake));
    }

    /** Rewards that no play tells of. */
    @Bean
    Intake rewardIntake(Intakes intakes, Integrations integrations, WebhookDeliveries deliveries, DeliveryLoop loop) {
        return intakes.intake(
                new Reader(
                        "webhook-fan-out-rewards",
                        "fanfare-webhooks-rewards",
                        READER,
                        "webhook.fanout.rewards",
                        FANNED_OUT),
                Topics.REWARDS,
                new EventFanOut<SpecificRecord>(RewardEvents::of, integrations, deliveries, loop::wake));
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
        return NamedCheck.of("plays", intake);
    }

    @Bean
    ReadinessCheck rewardIntakeIsReady(@Qualifier("rewardIntake") Intake intake) {
        return NamedCheck.of("rewards", intake);
    }

    @Bean
    ReadinessCheck loopIsReady(DeliveryLoop loop) {
        return new NamedCheck("deliveries", () -> NamedCheck.readyIf(loop.isRunning(), "are not made"));
    }
}
