package io.fanfare.worker.granting;

import io.fanfare.edge.health.ReadinessCheck;
import io.fanfare.edge.topic.DeadLetters;
import io.fanfare.edge.topic.Intake;
import io.fanfare.edge.topic.IntakeMetrics;
import io.fanfare.edge.topic.KafkaClients;
import io.fanfare.edge.topic.RecordHandler;
import io.fanfare.edge.topic.Subscription;
import io.fanfare.schemas.Topic;
import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.ConfluentRegistry;
import io.fanfare.store.Database;
import io.fanfare.store.granting.Granting;
import io.fanfare.store.identity.Ids;
import io.fanfare.store.outbox.Outbox;
import io.fanfare.store.redemption.PendingRedemptions;
import io.fanfare.store.redemption.Redemptions;
import io.fanfare.worker.intake.KafkaSettings;
import io.fanfare.worker.intake.NamedCheck;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

@Configuration(proxyBeanMethods = false)
@EnableScheduling
class GrantingConfiguration {

    private static final String REDEMPTIONS = "redemptions";
    private static final String GRANTER = "granter";

    /** Pauses between attempts do not follow when the platform's time is moved. */
    private static final Clock MACHINE = Clock.systemUTC();

    /** What a subscription needs beside what it does. */
    private record Parts(
            KafkaSettings kafka, Producer<byte[], byte[]> producer, ConfluentRegistry registry, MeterRegistry meters) {

        <V extends SpecificRecord> Intake intake(String name, Topic<String, V> topic, RecordHandler<V> handler) {
            var deadLetters = new DeadLetters(producer, registry, name, MACHINE);
            var metrics = new IntakeMetrics(meters, name + ".intake", "processed");
            return new Intake(
                    name,
                    () -> new Subscription<>(
                            KafkaClients.consumer(kafka.bootstrap(), "fanfare-" + name),
                            topic,
                            registry,
                            handler,
                            deadLetters,
                            metrics,
                            MACHINE),
                    MACHINE);
        }
    }

    @Bean
    Redemptions redemptions(Database database, ConfluentRegistry registry, Clock clock) {
        return new Redemptions(database, new Outbox(database, registry), new Ids(), clock);
    }

    @Bean
    Granting granting(Database database, ConfluentRegistry registry, Clock clock) {
        return new Granting(database, new Outbox(database, registry), new Ids(), clock);
    }

    @Bean
    Intake redemptionIntake(
            Redemptions redemptions,
            KafkaSettings kafka,
            Producer<byte[], byte[]> producer,
            ConfluentRegistry registry,
            MeterRegistry meters) {
        return new Parts(kafka, producer, registry, meters)
                .intake(
                        REDEMPTIONS,
                        Topics.WALLET_ENTRIES,
                        new RedemptionEnds(redemptions, new RedemptionMetrics(meters)));
    }

    @Bean
    Intake milestoneIntake(
            Granting granting,
            KafkaSettings kafka,
            Producer<byte[], byte[]> producer,
            ConfluentRegistry registry,
            MeterRegistry meters) {
        return new Parts(kafka, producer, registry, meters)
                .intake(GRANTER, Topics.MILESTONES, new Granter<>(ReachedMilestones::earned, granting, meters));
    }

    @Bean
    RedemptionAlarm redemptionAlarm(Database database, Clock clock, MeterRegistry meters) {
        return new RedemptionAlarm(new PendingRedemptions(database, clock), meters);
    }

    @Bean
    ReadinessCheck redemptionIntakeIsReady(@Qualifier("redemptionIntake") Intake intake) {
        return new NamedCheck(
                "wallet-entries", () -> NamedCheck.readyIf(intake.isReady(), "cannot be read or processed"));
    }

    @Bean
    ReadinessCheck milestoneIntakeIsReady(@Qualifier("milestoneIntake") Intake intake) {
        return new NamedCheck("milestones", () -> NamedCheck.readyIf(intake.isReady(), "cannot be read or processed"));
    }
}
