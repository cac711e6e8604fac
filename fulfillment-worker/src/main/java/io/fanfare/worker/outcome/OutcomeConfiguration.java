package io.fanfare.worker.outcome;

import io.fanfare.edge.health.ReadinessCheck;
import io.fanfare.edge.topic.DeadLetters;
import io.fanfare.edge.topic.Intake;
import io.fanfare.edge.topic.IntakeMetrics;
import io.fanfare.edge.topic.KafkaClients;
import io.fanfare.edge.topic.Subscription;
import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.SchemaRegistry;
import io.fanfare.store.Database;
import io.fanfare.store.wallet.WalletOutcomes;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.apache.kafka.clients.producer.Producer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class OutcomeConfiguration {

    private static final String GROUP = "fanfare-wallet-outcomes";
    private static final String READER = "wallet-outcomes";

    /** Pauses of machines do not follow when the platform's time is moved. */
    private static final Clock MACHINE = Clock.systemUTC();

    @Bean
    Intake outcomeIntake(
            @Value("${fanfare.kafka.bootstrap}") String bootstrap,
            Database database,
            SchemaRegistry registry,
            Producer<byte[], byte[]> producer,
            MeterRegistry meters) {
        var keeping = new OutcomeKeeping(new WalletOutcomes(database));
        var deadLetters = new DeadLetters(producer, registry, READER, MACHINE);
        var metrics = new IntakeMetrics(meters, "wallet.outcomes", "processed");
        return new Intake(
                READER,
                () -> new Subscription<>(
                        KafkaClients.consumer(bootstrap, GROUP),
                        Topics.WALLET_ENTRIES,
                        registry,
                        keeping,
                        deadLetters,
                        metrics,
                        MACHINE),
                MACHINE);
    }

    @Bean
    ReadinessCheck outcomesAreReady(@Qualifier("outcomeIntake") Intake intake) {
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
