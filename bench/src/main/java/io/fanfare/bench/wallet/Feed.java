package io.fanfare.bench.wallet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fanfare.events.WalletAmount;
import io.fanfare.events.WalletCause;
import io.fanfare.events.WalletCommand;
import io.fanfare.events.WalletCredit;
import io.fanfare.events.WalletSpend;
import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.RecordWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes commands as the relay does: with all their headers, numbered per wallet. Two credits of 10 points, then a spend of 5. */
final class Feed implements AutoCloseable {

    static final String TENANT = "bench";
    static final String CURRENCY = "points";
    static final long CREDITED = 10;
    static final long SPENT = 5;
    private static final int TURN = 3;

    private static final String SCOPE = "01980000-7000-7000-8000-00000000c0de";
    private static final Instant BEGIN = Instant.parse("2026-05-01T12:00:00Z");

    private final Cluster cluster;
    private final RecordWriter<WalletCommand> writer = new RecordWriter<>(Topics.WALLET_COMMANDS, Schemas.known());
    private final KafkaProducer<String, byte[]> producer;
    private long written;

    Feed(String bootstrap, Cluster cluster) {
        this.cluster = cluster;
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        "lz4",
                        ProducerConfig.LINGER_MS_CONFIG,
                        20,
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        256 * 1024),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /**
     * Writes commands of players in turn.
     *
     * @param prefix of the players' names
     */
    Segment write(String prefix, int players, int commands) throws InterruptedException, ExecutionException {
        Map<Integer, Long> from = cluster.ends(Topics.WALLET_COMMANDS.name());
        for (int i = 0; i < commands; i++) {
            send(prefix + i % players, 1 + i / players);
        }
        producer.flush();
        var segment = new Segment(from, cluster.ends(Topics.WALLET_COMMANDS.name()));
        if (segment.size() != commands) {
            throw new IllegalStateException(
                    "%d commands were written, expected %d".formatted(segment.size(), commands));
        }
        return segment;
    }

    private void send(String player, long number) {
        Instant at = BEGIN.plusMillis(written++);
        var play = new UUID(0x0198_0000_7000_7000L + written, 0x8000_0000_0000_0000L + written);
        var amount = new WalletAmount(CURRENCY, number % TURN == 0 ? SPENT : CREDITED);
        var command = WalletCommand.newBuilder()
                .setCommandId(new UUID(0x0198_0000_7000_7001L + written, 0x8000_0000_0000_0000L + written).toString())
                .setTenantId(TENANT)
                .setScopeKey(SCOPE)
                .setPlayerId(player)
                .setSequence(number)
                .setOccurredAt(at)
                .setCause(new WalletCause("play", play.toString()))
                .setAction(number % TURN == 0 ? new WalletSpend(List.of(amount)) : new WalletCredit(List.of(amount)))
                .build();
        String key = Topics.playerKey(TENANT, player);
        var record = new ProducerRecord<>(
                Topics.WALLET_COMMANDS.name(),
                null,
                at.toEpochMilli(),
                key,
                writer.write(command),
                headers(command, key, at));
        // Millions of futures would be kept for nothing: what failed is missing when the segment is counted.
        var _ = producer.send(record);
    }

    private static Headers headers(WalletCommand command, String key, Instant at) {
        var headers = new RecordHeaders();
        Map.of(
                        "ce_specversion", "1.0",
                        "ce_id", command.getCommandId(),
                        "ce_type", "WalletCommand",
                        "ce_source", "urn:fanfare:play-api",
                        "ce_time", at.toString(),
                        "ce_subject", key,
                        "content-type", "application/vnd.confluent.avro",
                        "tenant", TENANT,
                        "traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .forEach((name, value) -> headers.add(name, value.getBytes(UTF_8)));
        return headers;
    }

    @Override
    public void close() {
        producer.close();
    }
}
