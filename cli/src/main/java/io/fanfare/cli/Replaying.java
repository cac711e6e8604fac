package io.fanfare.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fanfare.events.DeadLetter;
import io.fanfare.events.DeadLetterHeader;
import io.fanfare.events.DeadLetterReplayed;
import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.RecordWriter;
import io.fanfare.schemas.wire.SchemaRegistry;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends dead records to where they came from. A record and the note that it was replayed are one transaction, so a crash leaves
 * both or none; and all replays share one transactional id, so whoever begins ends what another operator has under way, and
 * then sees in the notes exactly what that one has done.
 */
final class Replaying implements AutoCloseable {

    private static final String TRANSACTIONAL_ID = "fanfare-dead-letter-replay";

    private final String bootstrap;
    private final KafkaProducer<byte[], byte[]> producer;
    private final RecordWriter<DeadLetterReplayed> notes;

    /** From here on no other replay goes on. What is to be replayed must be read after this. */
    Replaying(String bootstrap, SchemaRegistry registry) {
        this.bootstrap = bootstrap;
        this.notes = new RecordWriter<>(Topics.DEAD_LETTER_REPLAYS, registry);
        Map<String, Object> settings = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                TRANSACTIONAL_ID,
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                30_000,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                20_000,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                10_000,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                20_000);
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        try {
            producer.initTransactions();
        } catch (KafkaException e) {
            producer.close();
            throw new CannotDo("the broker at %s takes no transaction now: %s".formatted(bootstrap, e.getMessage()), e);
        }
    }

    /** What is to be sent for a dead record. */
    private record Parcel(DeadRecord about, ProducerRecord<byte[], byte[]> record) {}

    /** Where each has gone, and the last note about any of them in each partition. */
    private record Sent(Map<DeadRecord, Replay> replays, Map<TopicPartition, Long> lastNotes) {}

    /**
     * Sends them in their order, all or none. When it returns, whoever asks sees that they were replayed: the broker confirms a commit
     * before readers are shown what was committed.
     *
     * @return where each has gone; those that are missing could not be sent because their bytes are no longer there
     * @throws CannotDo where another replay has taken over, or the broker failed
     */
    Map<DeadRecord, Replay> send(List<DeadRecord> records, DeadLetterTopics topics) throws InterruptedException {
        Map<Coordinates, DeadLetter> letters =
                topics.whole(records.stream().map(DeadRecord::lastLetter).toList());
        List<Parcel> parcels = records.stream()
                .flatMap(
                        record -> parcel(record, letters.get(record.lastLetter().place())).stream())
                .toList();
        try {
            producer.beginTransaction();
            Sent sent = sendAll(parcels);
            producer.commitTransaction();
            topics.awaitReplays(sent.lastNotes());
            return sent.replays();
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            throw new CannotDo("another replay has taken over; ./fanfare dlq list shows what is left", e);
        } catch (KafkaException e) {
            throw new CannotDo(
                    "the broker did not take the replay: %s; ./fanfare dlq list shows what is left"
                            .formatted(e.getMessage()),
                    e);
        }
    }

    /** Aborts what is not committed. */
    @Override
    public void close() {
        producer.close();
    }

    private Sent sendAll(List<Parcel> parcels) throws InterruptedException {
        var underWay = new ArrayList<Future<RecordMetadata>>();
        parcels.forEach(parcel -> underWay.add(producer.send(parcel.record())));
        producer.flush();
        var sent = new LinkedHashMap<DeadRecord, Replay>();
        var noted = new ArrayList<Future<RecordMetadata>>();
        for (int i = 0; i < parcels.size(); i++) {
            Parcel parcel = parcels.get(i);
            var replay = new Replay(
                    parcel.about().source(),
                    parcel.about().replays() + 1,
                    acknowledged(underWay.get(i)).offset(),
                    Instant.ofEpochMilli(System.currentTimeMillis()));
            noted.add(producer.send(new ProducerRecord<>(
                    Topics.DEAD_LETTER_REPLAYS.name(), parcel.record().key(), note(replay))));
            sent.put(parcel.about(), replay);
        }
        producer.flush();
        var lastNotes = new HashMap<TopicPartition, Long>();
        for (Future<RecordMetadata> note : noted) {
            RecordMetadata at = acknowledged(note);
            lastNotes.merge(new TopicPartition(at.topic(), at.partition()), at.offset(), Math::max);
        }
        return new Sent(sent, lastNotes);
    }

    private byte[] note(Replay replay) {
        return notes.write(DeadLetterReplayed.newBuilder()
                .setSourceTopic(replay.source().topic())
                .setSourcePartition(replay.source().partition())
                .setSourceOffset(replay.source().offset())
                .setReplay(replay.number())
                .setSentOffset(replay.sentOffset())
                .setReplayedAt(replay.at())
                .build());
    }

    private static RecordMetadata acknowledged(Future<RecordMetadata> underWay) throws InterruptedException {
        try {
            return underWay.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException kafka ? kafka : new KafkaException(e.getCause());
        }
    }

    private Optional<Parcel> parcel(DeadRecord record, @Nullable DeadLetter letter) {
        if (letter == null) {
            return Optional.empty();
        }
        ByteBuffer value = letter.getValue();
        // Too large for a letter, or null from the beginning: then the source still has it.
        return value == null
                ? source(record).map(source -> parcel(record, letter, source.value()))
                : Optional.of(parcel(record, letter, bytes(value)));
    }

    private static Parcel parcel(DeadRecord record, DeadLetter letter, byte @Nullable [] value) {
        List<Header> headers = new ArrayList<>();
        for (DeadLetterHeader header : letter.getHeaders()) {
            if (!header.getName().equals(DeadRecord.REPLAY_OF)
                    && !header.getName().equals(DeadRecord.REPLAY)) {
                headers.add(new RecordHeader(header.getName(), bytes(header.getValue())));
            }
        }
        headers.add(new RecordHeader(
                DeadRecord.REPLAY_OF, record.source().toString().getBytes(UTF_8)));
        headers.add(new RecordHeader(
                DeadRecord.REPLAY, Integer.toString(record.replays() + 1).getBytes(UTF_8)));
        return new Parcel(
                record,
                new ProducerRecord<>(
                        record.source().topic(),
                        record.source().partition(),
                        letter.getSourceTimestamp().toEpochMilli(),
                        bytes(letter.getKey()),
                        value,
                        headers));
    }

    private Optional<ConsumerRecord<byte[], byte[]>> source(DeadRecord record) {
        try (var topic = new OpenTopic(bootstrap, record.source().topic())) {
            return topic.at(record.lastLetter().source());
        }
    }

    private static byte @Nullable [] bytes(@Nullable ByteBuffer buffer) {
        if (buffer == null) {
            return null;
        }
        byte[] copy = new byte[buffer.remaining()];
        buffer.duplicate().get(copy);
        return copy;
    }
}
