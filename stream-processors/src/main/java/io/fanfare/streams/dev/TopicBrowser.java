package io.fanfare.streams.dev;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fanfare.edge.answer.Envelope;
import io.fanfare.edge.caller.Public;
import io.fanfare.edge.error.Refused;
import io.fanfare.edge.paging.Paging;
import io.fanfare.schemas.Topic;
import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.SchemaRegistry;
import io.fanfare.streams.runtime.KafkaSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** The topics and their newest records, decoded: development mode only, since it knows no tenant. */
@RestController
@ConditionalOnProperty(name = "fanfare.dev-mode", havingValue = "true")
final class TopicBrowser {

    private static final int PREFIX_BYTES = 1 + Integer.BYTES;
    private static final int SHOWN_BYTES = 1_024;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** Each reader is a consumer of its own; a few are plenty. */
    private final Semaphore readers = new Semaphore(2);

    private final KafkaSettings kafka;
    private final SchemaRegistry registry;
    private final TopicPages pages;

    TopicBrowser(KafkaSettings kafka, SchemaRegistry registry, JsonMapper json) {
        this.kafka = kafka;
        this.registry = registry;
        this.pages = new TopicPages(json);
    }

    /** @param items the catalogue, in its order */
    record Catalogue(List<TopicView> items) {}

    /** @param records offsets given out so far, transaction markers included */
    record TopicView(
            String name,
            String key,
            List<String> recordTypes,
            String retention,
            String description,
            int partitions,
            long records) {}

    record Newest(List<RecordView> items) {}

    /**
     * A record, decoded where possible.
     *
     * @param type name of its schema; null where it could not be decoded
     * @param error why it could not be decoded; null where it could
     */
    record RecordView(
            int partition,
            long offset,
            Instant timestamp,
            @Nullable String key,
            Map<String, @Nullable String> headers,
            @Nullable String type,
            @Nullable Integer schemaId,
            @Nullable Object value,
            @Nullable String error) {}

    private record Decoded(
            @Nullable String type,
            @Nullable Integer schemaId,
            @Nullable Object value,
            @Nullable String error) {}

    @FunctionalInterface
    private interface Reading<T> {
        T with(Consumer<byte[], byte[]> consumer);
    }

    /** All topics. */
    @Public
    @GetMapping(value = "/dev/topics", produces = MediaType.APPLICATION_JSON_VALUE)
    Envelope<Catalogue> topics() {
        return Envelope.ok(new Catalogue(catalogue()));
    }

    @Public
    @GetMapping(value = "/dev/topics", produces = MediaType.TEXT_HTML_VALUE)
    String topicsPage() {
        return pages.of(catalogue());
    }

    /** The newest records of a topic, of one key where {@code key} is given. */
    @Public
    @GetMapping(value = "/dev/topics/{name}", produces = MediaType.APPLICATION_JSON_VALUE)
    Envelope<Newest> records(
            @PathVariable("name") String name,
            @RequestParam(name = "key", required = false) @Nullable String key,
            Paging paging) {
        return Envelope.ok(new Newest(newest(name, key, paging)));
    }

    @Public
    @GetMapping(value = "/dev/topics/{name}", produces = MediaType.TEXT_HTML_VALUE)
    String recordsPage(
            @PathVariable("name") String name,
            @RequestParam(name = "key", required = false) @Nullable String key,
            Paging paging) {
        return pages.of(name, newest(name, key, paging));
    }

    private List<TopicView> catalogue() {
        return reading(consumer ->
                Topics.all().stream().map(topic -> view(topic, consumer)).toList());
    }

    private List<RecordView> newest(String name, @Nullable String key, Paging paging) {
        if (Topics.all().stream().noneMatch(topic -> topic.name().equals(name))) {
            throw Refused.notFound("topic", name);
        }
        List<ConsumerRecord<byte[], byte[]>> newest =
                reading(consumer -> new NewestRecords(name, paging.limit(), key).read(consumer));
        return newest.stream().map(this::view).toList();
    }

    private <T> T reading(Reading<T> reading) {
        if (!readers.tryAcquire()) {
            throw Refused.unavailable("others are reading topics", RETRY_AFTER);
        }
        try (var consumer = new KafkaConsumer<>(config(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return reading.with(consumer);
        } catch (KafkaException e) {
            throw Refused.unavailable("the broker does not answer", RETRY_AFTER, e);
        } finally {
            readers.release();
        }
    }

    private Map<String, Object> config() {
        return Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka.bootstrap(),
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                5_000);
    }

    private static TopicView view(Topic<?, ?> topic, Consumer<?, ?> consumer) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        long records = consumer.endOffsets(partitions).values().stream()
                .mapToLong(Long::longValue)
                .sum();
        return new TopicView(
                topic.name(),
                topic.keyMeaning(),
                topic.schemas().stream().map(Schema::getName).toList(),
                topic.retention().name().toLowerCase(Locale.ROOT),
                topic.description(),
                partitions.size(),
                records);
    }

    private RecordView view(ConsumerRecord<byte[], byte[]> record) {
        Decoded decoded = decode(record.value());
        return new RecordView(
                record.partition(),
                record.offset(),
                Instant.ofEpochMilli(record.timestamp()),
                record.key() == null ? null : AvroAsJson.text(ByteBuffer.wrap(record.key())),
                headers(record.headers()),
                decoded.type(),
                decoded.schemaId(),
                decoded.value(),
                decoded.error());
    }

    private Decoded decode(byte @Nullable [] bytes) {
        if (bytes == null) {
            return new Decoded(null, null, null, null);
        }
        if (bytes.length < PREFIX_BYTES || bytes[0] != 0) {
            return raw(bytes, null, "the value does not start with a schema id");
        }
        int id = ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt();
        try {
            Schema schema = registry.schema(id);
            var decoder = DecoderFactory.get().binaryDecoder(bytes, PREFIX_BYTES, bytes.length - PREFIX_BYTES, null);
            GenericRecord record = new GenericDatumReader<GenericRecord>(schema).read(null, decoder);
            return new Decoded(schema.getName(), id, AvroAsJson.of(record), null);
        } catch (SchemaRegistry.UnknownSchema | SchemaRegistry.RegistryUnavailable e) {
            return raw(bytes, id, String.valueOf(e.getMessage()));
        } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException e) {
            return raw(bytes, id, "the bytes do not fit their schema: " + e);
        }
    }

    private static Decoded raw(byte[] bytes, @Nullable Integer schemaId, String error) {
        var start = ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, SHOWN_BYTES));
        return new Decoded(null, schemaId, AvroAsJson.text(start), error);
    }

    private static Map<String, @Nullable String> headers(Headers headers) {
        var shown = new LinkedHashMap<String, @Nullable String>();
        for (Header header : headers) {
            shown.put(header.key(), header.value() == null ? null : new String(header.value(), UTF_8));
        }
        return shown;
    }
}
