package io.fanfare.edge.topic;

import io.fanfare.events.DeadLetter;
import io.fanfare.events.DeadLetterHeader;
import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.RecordWriter;
import io.fanfare.schemas.wire.SchemaRegistry;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Where records go that no retry can mend. */
public final class DeadLetters {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** A dead letter is larger than its record, and the broker takes about a megabyte. */
    private static final int MAX_VALUE_BYTES = 768 * 1024;

    private static final int MAX_DETAIL_LENGTH = 2_000;

    private final Producer<byte[], byte[]> producer;
    private final RecordWriter<DeadLetter> writer;
    private final String reader;
    private final Clock clock;

    /** A record with what is wrong with it. */
    public record Poison(ConsumerRecord<byte[], byte[]> source, Exception cause) {}

    /** The dead letters could not be written down now; nothing is known of whether some were. */
    public static final class NotAcknowledged extends RuntimeException {
        NotAcknowledged(String why, @Nullable Throwable cause) {
            super(why, cause);
        }
    }

    /** @param reader who could not process the records */
    public DeadLetters(Producer<byte[], byte[]> producer, SchemaRegistry registry, String reader, Clock clock) {
        this.producer = producer;
        this.writer = new RecordWriter<>(Topics.DEAD_LETTERS, registry);
        this.reader = reader;
        this.clock = clock;
    }

    /**
     * Writes them down and returns when the broker has them all.
     *
     * @throws NotAcknowledged where it does not say so
     * @throws SchemaRegistry.RegistryUnavailable where their schema cannot be registered now
     */
    public void publish(List<Poison> poison) {
        var sent = new ArrayList<Future<RecordMetadata>>();
        for (Poison one : poison) {
            byte[] value = writer.write(deadLetter(one));
            sent.add(producer.send(new ProducerRecord<>(
                    Topics.DEAD_LETTERS.name(), one.source().key(), value)));
        }
        producer.flush();
        sent.forEach(DeadLetters::awaitAcknowledged);
    }

    private DeadLetter deadLetter(Poison poison) {
        ConsumerRecord<byte[], byte[]> source = poison.source();
        byte @Nullable [] value = source.value();
        boolean fits = value == null || value.length <= MAX_VALUE_BYTES;
        String detail = String.valueOf(poison.cause().getMessage());
        return DeadLetter.newBuilder()
                .setSourceTopic(source.topic())
                .setSourcePartition(source.partition())
                .setSourceOffset(source.offset())
                .setSourceTimestamp(Instant.ofEpochMilli(Math.max(0, source.timestamp())))
                .setKey(bytes(source.key()))
                .setValue(fits ? bytes(value) : null)
                .setHeaders(headers(source))
                .setReader(reader)
                .setError(poison.cause().getClass().getName())
                .setDetail(fits ? limited(detail) : limited("value left out for its size; " + detail))
                .setFailedAt(clock.instant())
                .build();
    }

    private static List<DeadLetterHeader> headers(ConsumerRecord<byte[], byte[]> source) {
        var headers = new ArrayList<DeadLetterHeader>();
        for (Header header : source.headers()) {
            headers.add(new DeadLetterHeader(header.key(), bytes(header.value())));
        }
        return headers;
    }

    private static @Nullable ByteBuffer bytes(byte @Nullable [] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }

    private static String limited(String detail) {
        return detail.length() <= MAX_DETAIL_LENGTH ? detail : detail.substring(0, MAX_DETAIL_LENGTH);
    }

    private static void awaitAcknowledged(Future<RecordMetadata> sent) {
        try {
            sent.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new NotAcknowledged("a dead letter was not acknowledged", e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
