package io.fanfare.worker.granting.transfer;

import io.fanfare.edge.health.ReadinessCheck;
import io.fanfare.edge.topic.DeadLetters;
import io.fanfare.edge.topic.Intake;
import io.fanfare.edge.topic.IntakeMetrics;
import io.fanfare.edge.topic.KafkaClients;
import io.fanfare.edge.topic.Subscription;
import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.SchemaRegistry;
import io.fanfare.store.Database;
import io.fanfare.store.outbox.Outbox;
import io.fanfare.store.wallet.Transfers;
import io.fanfare.store.wallet.WalletCommands;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.apache.kafka.clients.producer.Producer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class TransferConfiguration {

    private static final String GROUP = "fanfare-transfers";
    private static final String READER = "transfers";

    /** Pauses of machines do not follow when the platform's time is moved. */
    private static final Clock MACHINE = Clock.systemUTC();

    @Bean
    Intake transferIntake(
            @Value("${fanfare.kafka.bootstrap}") String bootstrap,
            Database database,
            SchemaRegistry registry,
            Producer<byte[], byte[]> producer,
            MeterRegistry meters,
            Clock clock) {
        var commands = new WalletCommands(database, new Outbox(database, registry));
        var legs = new TransferLegs(new Transfers(database, commands, clock), meters);
        var deadLetters = new DeadLetters(producer, registry, READER, MACHINE);
        var metrics = new IntakeMetrics(meters, "wallet.transfers", "followed");
        return new Intake(
                READER,
                () -> new Subscription<>(
                        KafkaClients.consumer(bootstrap, GROUP),
                        Topics.WALLET_ENTRIES,
                        registry,
                        legs,
                        deadLetters,
                        metrics,
                        MACHINE),
                MACHINE);
    }

    @Bean
    ReadinessCheck transfersAreReady(@Qualifier("transferIntake") Intake intake) {
        return new ReadinessCheck() {
            @Override
            public String name() {
                return READER;
            }

            @Override
            public Readiness check() {
                return intake.isReady() ? READY : new Readiness.NotReady("cannot be read or processed");
            }
        };
    }
}
