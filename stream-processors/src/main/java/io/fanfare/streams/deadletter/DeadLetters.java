package io.fanfare.streams.deadletter;

import io.fanfare.events.DeadLetter;
import io.fanfare.events.DeadLetterHeader;
import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.RecordWriter;
import io.fanfare.schemas.wire.SchemaRegistry;
import io.fanfare.streams.cloudevents.CloudEventHeaders;
import io.fanfare.streams.telling.Telling;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the dead letters of one reader. A letter holds the record as it was read, its coordinates and the cause; it is
 * sent in the transaction that moves on past the record, so there is exactly one.
 */
public final class DeadLetters {

    /** The setting under which the handlers of Kafka Streams find their instance. */
    public static final String CONFIG = "fanfare.dead.letters";

    /** A larger value is left where it was read, so that the letter itself fits into a record. */
    static final int MAX_VALUE_BYTES = 512 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
    private static final int MAX_DETAIL_CHARACTERS = 1_000;

    private final String reader;
    private final RecordWriter<DeadLetter> writer;
    private final Counter written;
    private final Clock clock;
    private final Telling telling;

    /**
     * The letters of a reader.
     *
     * @param reader who could not process the record, such as {@code wallets}
     * @param telling what it is silent about was a dead letter before
     */
    public DeadLetters(String reader, SchemaRegistry registry, MeterRegistry meters, Clock clock, Telling telling) {
        this.reader = reader;
        this.writer = new RecordWriter<>(Topics.DEAD_LETTERS, registry);
        this.written = Counter.builder("fanfare.dead.letters")
                .tag("reader", reader)
                .description("records that no retry can mend")
                .register(meters);
        this.clock = clock;
        this.telling = telling;
    }

    static DeadLetters configured(Map<String, ?> config) {
        if (config.get(CONFIG) instanceof DeadLetters deadLetters) {
            return deadLetters;
        }
        throw new IllegalArgumentException("%s is %s, expected DeadLetters".formatted(CONFIG, config.get(CONFIG)));
    }

    /** The letter for a record, ready to be sent; none where the record is only replayed. */
    List<ProducerRecord<byte[], byte[]>> letter(
            ErrorHandlerContext at, byte @Nullable [] key, byte @Nullable [] value, Exception cause) {
        if (!telling.of(at.topic(), at.partition(), at.offset())) {
            return List.of();
        }
        LOG.error(
                "{}: record {}-{}@{} goes to the dead letters: {}",
                reader,
                at.topic(),
                at.partition(),
                at.offset(),
                cause.toString());
        written.increment();
        Instant now = clock.instant();
        boolean fits = value == null || value.length <= MAX_VALUE_BYTES;
        var letter = DeadLetter.newBuilder()
                .setSourceTopic(at.topic())
                .setSourcePartition(at.partition())
                .setSourceOffset(at.offset())
                .setSourceTimestamp(Instant.ofEpochMilli(Math.max(0, at.timestamp())))
                .setKey(wrapped(key))
                .setValue(fits ? wrapped(value) : null)
                .setHeaders(headers(at.headers()))
                .setReader(reader)
                .setError(cause.getClass().getName())
                .setDetail(detail(cause, fits))
                .setFailedAt(now)
                .build();
        return List.of(new ProducerRecord<>(
                Topics.DEAD_LETTERS.name(), null, now.toEpochMilli(), key, writer.write(letter), cloudEvent(at, now)));
    }

    private Headers cloudEvent(ErrorHandlerContext at, Instant now) {
        String coordinates = "%s/%d/%d".formatted(at.topic(), at.partition(), at.offset());
        String trace = CloudEventHeaders.traceparent(at.headers()).orElse(null);
        String type = DeadLetter.getClassSchema().getName();
        return new CloudEventHeaders(reader, type, coordinates, coordinates, now, null, trace).toHeaders();
    }

    private static String detail(Exception cause, boolean fits) {
        String message = String.valueOf(cause.getMessage());
        String whole = fits ? message : message + " (the value is too large to be copied: read it at its coordinates)";
        return whole.length() <= MAX_DETAIL_CHARACTERS ? whole : whole.substring(0, MAX_DETAIL_CHARACTERS) + "…";
    }

    private static List<DeadLetterHeader> headers(Headers headers) {
        List<DeadLetterHeader> copied = new ArrayList<>();
        for (Header header : headers) {
            copied.add(new DeadLetterHeader(header.key(), wrapped(header.value())));
        }
        return copied;
    }

    private static @Nullable ByteBuffer wrapped(byte @Nullable [] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }
}
