package io.fanfare.worker.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.edge.topic.DeadLetters;
import io.fanfare.edge.topic.IntakeMetrics;
import io.fanfare.edge.topic.Subscription;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.events.DeadLetter;
import io.fanfare.events.PlayCompleted;
import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.InMemoryRegistry;
import io.fanfare.schemas.wire.MalformedRecord;
import io.fanfare.schemas.wire.RecordReader;
import io.fanfare.schemas.wire.RecordWriter;
import io.fanfare.schemas.wire.SchemaRegistry;
import io.fanfare.store.integration.EventType;
import io.fanfare.store.integration.Integration;
import io.fanfare.store.integration.WebhookDeliveries.Delivery;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class PlaySubscriptionIT {

    private static final TopicPartition PARTITION = new TopicPartition(Topics.PLAYS.name(), 0);
    private static final TenantId ADA = new TenantId("ada");
    private static final byte[] GARBAGE = "no play".getBytes(StandardCharsets.UTF_8);

    private final SettableClock clock = new SettableClock();
    private final FlakyRegistry registry = new FlakyRegistry();
    private final AtomicInteger wakes = new AtomicInteger();
    private WorkerDatabase database;
    private MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private MockProducer<byte[], byte[]> producer = acknowledging();
    private Subscription<PlayCompleted> subscription;
    private Integration integration;

    /** One that can be silent. */
    private static final class FlakyRegistry implements SchemaRegistry {

        private final InMemoryRegistry registry = new InMemoryRegistry();
        private volatile boolean isDown;

        @Override
        public int register(String subject, Schema schema) {
            requireUp();
            return registry.register(subject, schema);
        }

        @Override
        public Schema schema(int id) {
            requireUp();
            return registry.schema(id);
        }

        private void requireUp() {
            if (isDown) {
                throw new RegistryUnavailable("the registry is down");
            }
        }
    }

    @BeforeAll
    void start() throws IOException {
        database = WorkerDatabase.start();
    }

    @AfterAll
    void stop() throws IOException {
        database.close();
    }

    @BeforeEach
    void subscribe() {
        database.comeBack();
        database.empty();
        registry.isDown = false;
        wakes.set(0);
        integration = database.created("https://ada.example/hook", null, clock);
        producer = acknowledging();
        subscription = subscription(producer);
    }

    @Test
    void a_play_becomes_a_row_for_each_event_and_only_then_an_offset() {
        publish(0, bytes(Plays.won("play_1", Plays.voucher("rwd_1"))));

        subscription.step();

        assertThat(owed()).extracting(Delivery::type).containsExactly(EventType.PRIZE_WON, EventType.PLAY_COMPLETED);
        assertThat(committed()).isEqualTo(1);
        assertThat(wakes).hasValue(1);
    }

    @Test
    void a_record_that_is_read_again_has_no_second_effect() {
        publish(0, bytes(Plays.lost("play_1")));
        subscription.step();

        consumer.seek(PARTITION, 0);
        publish(0, bytes(Plays.lost("play_1")));
        subscription.step();

        assertThat(owed()).hasSize(1);
        assertThat(wakes).hasValue(1);
    }

    @Test
    void a_poison_record_is_a_dead_letter_and_the_next_one_is_processed() {
        publish(0, GARBAGE);
        publish(1, bytes(Plays.lost("play_1")));

        subscription.step();

        assertThat(owed()).hasSize(1);
        assertThat(committed()).isEqualTo(2);
        DeadLetter letter = onlyDeadLetter();
        assertThat(letter.getSourceTopic()).isEqualTo(Topics.PLAYS.name());
        assertThat(letter.getSourceOffset()).isZero();
        assertThat(letter.getValue()).isEqualTo(ByteBuffer.wrap(GARBAGE));
        assertThat(letter.getError()).isEqualTo(MalformedRecord.class.getName());
        assertThat(letter.getReader()).isEqualTo("webhooks");
        assertThat(letter.getHeaders()).extracting(header -> header.getName()).containsExactly("traceparent");
    }

    @Test
    void a_record_without_value_or_with_an_impossible_tenant_is_poison_too() {
        publish(0, null);
        publish(1, bytes(Plays.play("no tenant", "play_1", List.of())));

        subscription.step();

        assertThat(producer.history()).hasSize(2);
        assertThat(committed()).isEqualTo(2);
    }

    @Test
    void a_play_that_the_database_finds_impossible_does_not_hold_up_its_batch() {
        publish(0, bytes(Plays.lost("play_with_\0_in_it")));
        publish(1, bytes(Plays.lost("play_2")));
        database.jdbc().sql("""
                        alter table webhook_delivery add constraint only_for_this_test check (body not like '%play_1%')
                        """).update();
        publish(2, bytes(Plays.lost("play_1")));

        subscription.step();
        database.jdbc()
                .sql("alter table webhook_delivery drop constraint only_for_this_test")
                .update();

        assertThat(producer.history()).hasSize(1);
        assertThat(onlyDeadLetter().getSourceOffset()).isEqualTo(2);
        assertThat(owed()).hasSize(2);
        assertThat(committed()).isEqualTo(3);
    }

    @Test
    void while_the_database_is_down_the_offset_stays_and_nothing_is_a_dead_letter() {
        database.goDown();
        publish(0, bytes(Plays.lost("play_1")));

        subscription.step();

        assertThat(committed()).isEqualTo(0);
        assertThat(consumer.position(PARTITION)).isZero();
        assertThat(consumer.paused()).containsExactly(PARTITION);
        assertThat(subscription.isProcessing()).isFalse();
        assertThat(producer.history()).isEmpty();

        database.comeBack();
        clock.goOn(Duration.ofSeconds(5));
        publish(0, bytes(Plays.lost("play_1")));
        subscription.step();

        assertThat(owed()).hasSize(1);
        assertThat(committed()).isEqualTo(1);
        assertThat(subscription.isProcessing()).isTrue();
    }

    @Test
    void a_pause_lasts_until_its_time() {
        database.goDown();
        publish(0, bytes(Plays.lost("play_1")));
        subscription.step();
        database.comeBack();

        subscription.step();
        assertThat(consumer.paused()).containsExactly(PARTITION);

        clock.goOn(Duration.ofSeconds(1));
        subscription.step();
        assertThat(consumer.paused()).isEmpty();
    }

    @Test
    void what_waits_goes_on_also_after_a_partition_that_came_meanwhile() {
        database.goDown();
        publish(0, bytes(Plays.lost("play_1")));
        subscription.step();
        database.comeBack();
        var another = new TopicPartition(Topics.PLAYS.name(), 1);
        consumer.rebalance(List.of(PARTITION, another));
        consumer.updateBeginningOffsets(Map.of(another, 0L));
        consumer.pause(List.of(PARTITION));
        publish(another, 0, bytes(Plays.lost("play_2")));
        subscription.step();
        assertThat(owed()).hasSize(1);

        clock.goOn(Duration.ofSeconds(5));
        publish(0, bytes(Plays.lost("play_1")));
        subscription.step();

        assertThat(consumer.paused()).isEmpty();
        assertThat(owed()).hasSize(2);
    }

    @Test
    void while_the_registry_is_down_the_record_is_not_judged() {
        byte[] play = bytes(Plays.lost("play_1"));
        registry.isDown = true;
        publish(0, play);

        subscription.step();

        assertThat(producer.history()).isEmpty();
        assertThat(committed()).isEqualTo(0);
        assertThat(consumer.position(PARTITION)).isZero();
    }

    @Test
    void an_offset_does_not_pass_a_dead_letter_that_was_not_acknowledged() {
        var broken = new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        broken.sendException = new TimeoutException("the broker is away");
        subscription = subscription(broken);
        publish(0, GARBAGE);
        publish(1, bytes(Plays.lost("play_1")));

        subscription.step();

        assertThat(committed()).isEqualTo(0);
        assertThat(consumer.position(PARTITION)).isZero();
        assertThat(owed()).as("rows may be there already: they are unique").hasSize(1);
    }

    @Test
    void the_end_of_a_transaction_is_no_lag() {
        publish(0, bytes(Plays.lost("play_1")));
        subscription.step();
        long beyondTheMarker = 2;
        consumer.seek(PARTITION, beyondTheMarker);

        subscription.step();

        assertThat(committed()).isEqualTo(beyondTheMarker);
    }

    private Subscription<PlayCompleted> subscription(MockProducer<byte[], byte[]> deadLetterProducer) {
        consumer = new MockConsumer<>("earliest");
        var fanOut = new EventFanOut<PlayCompleted>(
                PlayEvents::of, database.integrations(clock), database.deliveries(clock), wakes::incrementAndGet);
        var opened = new Subscription<>(
                consumer,
                Topics.PLAYS,
                registry,
                fanOut,
                new DeadLetters(deadLetterProducer, registry, "webhooks", clock),
                new IntakeMetrics(new SimpleMeterRegistry(), "webhook.fanout", "fanned_out"),
                clock);
        opened.open();
        consumer.rebalance(List.of(PARTITION));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        return opened;
    }

    private void publish(long offset, byte @Nullable [] value) {
        publish(PARTITION, offset, value);
    }

    private void publish(TopicPartition partition, long offset, byte @Nullable [] value) {
        byte[] key = "ada/grace".getBytes(StandardCharsets.UTF_8);
        var record = new ConsumerRecord<byte[], byte[]>(partition.topic(), partition.partition(), offset, key, value);
        record.headers()
                .add(
                        "traceparent",
                        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01".getBytes(StandardCharsets.UTF_8));
        consumer.addRecord(record);
    }

    private byte[] bytes(PlayCompleted play) {
        return new RecordWriter<>(Topics.PLAYS, registry).write(play);
    }

    private List<Delivery> owed() {
        return database.deliveries(clock).ofIntegration(ADA, integration.id(), 10);
    }

    private long committed() {
        var offset = consumer.committed(Set.of(PARTITION)).get(PARTITION);
        return offset == null ? 0 : offset.offset();
    }

    private DeadLetter onlyDeadLetter() {
        assertThat(producer.history()).hasSize(1);
        return new RecordReader<>(Topics.DEAD_LETTERS, registry)
                .read(producer.history().getFirst().value());
    }

    private static MockProducer<byte[], byte[]> acknowledging() {
        return new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
