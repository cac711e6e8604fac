package io.fanfare.worker.intake;

import io.fanfare.edge.topic.DeadLetters;
import io.fanfare.edge.topic.Intake;
import io.fanfare.edge.topic.IntakeMetrics;
import io.fanfare.edge.topic.KafkaClients;
import io.fanfare.edge.topic.RecordHandler;
import io.fanfare.edge.topic.Subscription;
import io.fanfare.schemas.Topic;
import io.fanfare.schemas.wire.SchemaRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;

/**
 * Makes the readers of topics. Each has a consumer group of its own, also where several read one topic: what keeps one of them
 * waiting, or makes it read again, is no matter of the others.
 */
public final class Intakes {

    /** Pauses between attempts do not follow when the platform's time is moved. */
    private static final Clock MACHINE = Clock.systemUTC();

    private final String bootstrap;
    private final Producer<byte[], byte[]> producer;
    private final SchemaRegistry registry;
    private final MeterRegistry meters;

    /**
     * A reader of a topic.
     *
     * @param name of its threads
     * @param group under which the broker keeps how far it is
     * @param deadLettersAs how its dead letters name their reader
     * @param metrics prefix of its metrics
     * @param handled what becomes of a record that it understood, in metrics
     */
    public record Reader(String name, String group, String deadLettersAs, String metrics, String handled) {

        /** One whose group and dead letters go by its name. */
        public static Reader named(String name, String metrics, String handled) {
            return new Reader(name, "fanfare-" + name, name, metrics, handled);
        }
    }

    Intakes(KafkaSettings kafka, Producer<byte[], byte[]> producer, SchemaRegistry registry, MeterRegistry meters) {
        this.bootstrap = kafka.bootstrap();
        this.producer = producer;
        this.registry = registry;
        this.meters = meters;
    }

    public <V extends SpecificRecord> Intake intake(Reader reader, Topic<String, V> topic, RecordHandler<V> handler) {
        var deadLetters = new DeadLetters(producer, registry, reader.deadLettersAs(), MACHINE);
        var metrics = new IntakeMetrics(meters, reader.metrics(), reader.handled());
        return new Intake(
                reader.name(),
                () -> new Subscription<>(
                        KafkaClients.consumer(bootstrap, reader.group()),
                        topic,
                        registry,
                        handler,
                        deadLetters,
                        metrics,
                        MACHINE),
                MACHINE);
    }
}
