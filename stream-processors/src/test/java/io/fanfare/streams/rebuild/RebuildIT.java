package io.fanfare.streams.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.events.WalletAmount;
import io.fanfare.events.WalletCause;
import io.fanfare.events.WalletCommand;
import io.fanfare.events.WalletCredit;
import io.fanfare.events.WalletCreditOnTerms;
import io.fanfare.events.WalletPosted;
import io.fanfare.events.WalletSettled;
import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.RecordReader;
import io.fanfare.schemas.wire.RecordWriter;
import io.fanfare.streams.parts.OneBroker;
import io.fanfare.streams.parts.RegistryServer;
import io.fanfare.streams.parts.StreamsProcess;
import io.fanfare.streams.parts.StreamsProcess.Answer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Wallets are built anew while they are asked and commanded, and while processes die; nobody is told anything twice that counts. */
class RebuildIT {

    private static final int PARTITIONS = 4;
    private static final int PLAYERS = 20;
    private static final int ROUNDS_BEFORE = 1_500;
    private static final long POINTS = 10;
    private static final String IDLE = "idler";
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Instant BEGIN = Instant.parse("2026-05-01T12:00:00Z");

    @TempDir
    private Path directory;

    private final List<StreamsProcess> instances = new ArrayList<>();
    private RegistryServer registry;
    private OneBroker broker;
    private KafkaProducer<String, byte[]> producer;
    private RecordWriter<WalletCommand> writer;
    private GenerationLog log;
    private Admin admin;
    private final List<Future<RecordMetadata>> sent = new ArrayList<>();
    private int rounds;

    @BeforeEach
    void start() throws Exception {
        registry = new RegistryServer();
        broker = new OneBroker(directory.resolve("kafka"), PARTITIONS);
        producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrap()),
                new StringSerializer(),
                new ByteArraySerializer());
        writer = new RecordWriter<>(Topics.WALLET_COMMANDS, registry.registry());
        log = new GenerationLog("wallets", broker.bootstrap(), registry.registry(), Clock.systemUTC());
        admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrap()));
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (StreamsProcess instance : instances) {
            instance.kill();
        }
        admin.close();
        log.close();
        producer.close();
        broker.close();
        registry.close();
    }

    @Test
    void a_rebuild_survives_a_kill_and_takes_over_without_telling_anything_twice() throws Exception {
        send(IDLE, 1, expiring());
        for (int round = 0; round < ROUNDS_BEFORE; round++) {
            everybodyEarns();
        }
        StreamsProcess first = instance("first");
        StreamsProcess second = instance("second");
        await("the first generation to know it all", () -> knowsAll(first) && knowsAll(second));
        await("the idle wallet to be settled", () -> !settled().isEmpty());

        log.write(new Generation(1, List.of(), 2, false));
        await("the replay to be under way", () -> replayed() > 0);
        first.kill();
        everybodyEarns();
        await("the one that lives to answer from the first generation", () -> knowsAll(second));
        first.launch();
        await("the second generation to be live", () -> log.current().live() == 2);
        everybodyEarns();
        await("both to answer from it", () -> knowsAll(first) && knowsAll(second));
        second.kill();
        second.launch();
        everybodyEarns();
        await("a restarted one to go on with it", () -> knowsAll(first) && knowsAll(second));
        await(
                "the state of the first generation to be gone",
                () -> changelogs("fanfare-wallets-wallet").isEmpty());

        assertThat(log.current().building()).isNull();
        assertThat(changelogs("fanfare-wallets-2-")).isNotEmpty();
        eachCommandIsToldOnce();
        assertThat(settled().stream().map(WalletSettled::toString).distinct()).hasSize(1);
    }

    private void eachCommandIsToldOnce() {
        Map<String, Long> numbers = new HashMap<>();
        for (SpecificRecord told : told()) {
            if (told instanceof WalletPosted posted && !posted.getPlayerId().equals(IDLE)) {
                long before = numbers.getOrDefault(posted.getPlayerId(), 0L);
                assertThat(posted.getSequence()).as("%s", posted).isEqualTo(before + 1);
                numbers.put(posted.getPlayerId(), posted.getSequence());
            }
        }
        assertThat(numbers)
                .hasSize(PLAYERS)
                .allSatisfy((_, number) -> assertThat(number).isEqualTo(rounds));
    }

    private List<WalletSettled> settled() {
        return told().stream()
                .filter(WalletSettled.class::isInstance)
                .map(WalletSettled.class::cast)
                .toList();
    }

    /** Everything that is committed on the topic of entries. */
    private List<SpecificRecord> told() {
        var reader = new RecordReader<>(Topics.WALLET_ENTRIES, registry.registry());
        List<SpecificRecord> told = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        broker.bootstrap(),
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed"),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.WALLET_ENTRIES.name()).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> told.add(reader.read(record.value())));
            }
        }
        return told;
    }

    /** False: not yet. An answer that is wrong fails. */
    private boolean knowsAll(StreamsProcess instance) {
        boolean all = true;
        for (int i = 0; i < PLAYERS && all; i++) {
            String player = "player-" + i;
            Answer answer = instance.get("/state/v1/wallets/%s?scope_key=spring&applied=%d".formatted(player, rounds));
            if (answer.status() == 503) {
                return false;
            }
            assertThat(answer.status()).isEqualTo(200);
            JsonNode wallet = answer.data().path("wallets").path(0);
            long applied = wallet.path("applied_sequence").asLong(0);
            long balance = wallet.path("balances").path(0).path("balance").asLong(0);
            assertThat(balance).as("%s of %s", answer.data(), player).isEqualTo(applied * POINTS);
            all = applied == rounds;
        }
        return all;
    }

    private long replayed() {
        try (var groups = new Groups(broker.bootstrap(), Topics.WALLET_COMMANDS.name())) {
            return groups.committed("fanfare-wallets-2").values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        } catch (Exception e) {
            throw new AssertionError("the offsets cannot be read", e);
        }
    }

    private List<String> changelogs(String prefix) {
        try {
            return admin.listTopics().names().get().stream()
                    .filter(topic -> topic.startsWith(prefix) && topic.endsWith("-changelog"))
                    .toList();
        } catch (Exception e) {
            throw new AssertionError("the topics cannot be listed", e);
        }
    }

    private StreamsProcess instance(String name) throws Exception {
        var instance = new StreamsProcess("rebuild-" + name, directory, broker, registry, Map.of());
        instances.add(instance);
        return instance;
    }

    private void everybodyEarns() throws ExecutionException, InterruptedException {
        rounds++;
        for (int i = 0; i < PLAYERS; i++) {
            send("player-" + i, rounds, new WalletCredit(List.of(new WalletAmount("points", POINTS))));
        }
        for (Future<RecordMetadata> each : sent) {
            each.get();
        }
        sent.clear();
    }

    /** What is gone soon after. */
    private static WalletCreditOnTerms expiring() {
        return new WalletCreditOnTerms(List.of(new WalletAmount("points", POINTS)), null, null, BEGIN.plusSeconds(60));
    }

    private void send(String player, int number, Object action) {
        Instant at = BEGIN.plusSeconds(number);
        var command = WalletCommand.newBuilder()
                .setCommandId("cmd-%s-%d".formatted(player, number))
                .setTenantId("acme")
                .setScopeKey("spring")
                .setPlayerId(player)
                .setSequence(number)
                .setOccurredAt(at)
                .setCause(new WalletCause("test", "round-" + number))
                .setAction(action)
                .build();
        String key = Topics.playerKey("acme", player);
        sent.add(producer.send(new ProducerRecord<>(
                Topics.WALLET_COMMANDS.name(), null, at.toEpochMilli(), key, writer.write(command))));
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited for %s", what).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }
}
