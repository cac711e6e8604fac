package io.fanfare.streams.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.events.LeaderboardConfigured;
import io.fanfare.events.PlayCompleted;
import io.fanfare.events.WalletAmount;
import io.fanfare.events.WalletCause;
import io.fanfare.events.WalletCommand;
import io.fanfare.events.WalletCredit;
import io.fanfare.schemas.Topic;
import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.RecordWriter;
import io.fanfare.streams.parts.OneBroker;
import io.fanfare.streams.parts.RegistryServer;
import io.fanfare.streams.parts.StreamsProcess;
import io.fanfare.streams.parts.StreamsProcess.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Two processes share the work, each answers for both, and when one is killed nobody is ever told anything wrong. */
class TwoInstancesIT {

    private static final int PARTITIONS = 4;
    private static final int PLAYERS = 12;
    private static final long POINTS = 10;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path directory;

    private final List<StreamsProcess> instances = new ArrayList<>();
    private RegistryServer registry;
    private OneBroker broker;
    private KafkaProducer<String, byte[]> producer;
    private int rounds;

    private StreamsProcess instance(String name) throws IOException {
        var instance = new StreamsProcess(
                "two-instances-" + name, directory, broker, registry, Map.of("FANFARE_STREAMS_STANDBYS", "1"));
        instances.add(instance);
        return instance;
    }

    @BeforeEach
    void start() throws Exception {
        registry = new RegistryServer();
        broker = new OneBroker(directory.resolve("kafka"), PARTITIONS);
        producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrap()),
                new StringSerializer(),
                new ByteArraySerializer());
        configureBoard();
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (StreamsProcess instance : instances) {
            instance.kill();
        }
        producer.close();
        broker.close();
        registry.close();
    }

    @Test
    void each_answers_for_both_and_a_killed_one_costs_time_but_never_the_truth() throws Exception {
        everybodyPlays();
        var first = instance("first");
        var second = instance("second");
        await("both to own slices", () -> slicesOf(first) > 0 && slicesOf(second) > 0);
        await("the first to answer everything", () -> answersEverything(first));
        await("the second to answer everything", () -> answersEverything(second));

        first.kill();
        await("the second to take over", () -> answersEverything(second));
        everybodyPlays();
        await("the second to go on alone", () -> answersEverything(second));

        first.launch();
        await("the first to be back", () -> slicesOf(first) > 0);
        everybodyPlays();
        await("the first to answer everything again", () -> answersEverything(first));
        await("the second to answer everything still", () -> answersEverything(second));
    }

    /** False: not yet. An answer that is wrong fails. */
    private boolean answersEverything(StreamsProcess instance) {
        boolean all = knowsTheRanking(instance);
        for (int i = 0; i < PLAYERS; i++) {
            all &= knowsTheWallet(instance, player(i));
        }
        return all;
    }

    private boolean knowsTheWallet(StreamsProcess instance, String player) {
        Answer answer = instance.get("/state/v1/wallets/%s?scope_key=spring&applied=%d".formatted(player, rounds));
        if (answer.status() == 503) {
            return false;
        }
        assertThat(answer.status()).isEqualTo(200);
        JsonNode wallet = answer.data().path("wallets").path(0);
        long applied = wallet.path("applied_sequence").asLong(0);
        long balance = wallet.path("balances").path(0).path("balance").asLong(0);
        boolean fresh = answer.data().path("freshness").path("fresh").booleanValue();
        assertThat(balance).as("%s of %s", answer.data(), player).isEqualTo(applied * POINTS);
        assertThat(fresh && applied < rounds)
                .as("%s calls itself fresh", answer.data())
                .isFalse();
        return fresh;
    }

    /** While people play a ranking may be of before; at no time does a player have a rank that nobody could have had. */
    private boolean knowsTheRanking(StreamsProcess instance) {
        Answer answer = instance.get("/state/v1/leaderboards/board_1/rankings?limit=100");
        if (answer.status() == 503 || answer.status() == 404) {
            return false;
        }
        assertThat(answer.status()).isEqualTo(200);
        List<String> players = new ArrayList<>();
        long total = 0;
        for (JsonNode item : answer.data().path("items")) {
            players.add(item.path("player_id").stringValue());
            assertThat(item.path("rank").intValue()).isEqualTo(players.size());
            total += item.path("score").longValue();
        }
        long expected =
                IntStream.range(0, PLAYERS).mapToLong(TwoInstancesIT::score).sum() * rounds;
        if (total < expected) {
            return false;
        }
        assertThat(total).isEqualTo(expected);
        assertThat(players)
                .isEqualTo(IntStream.range(0, PLAYERS)
                        .mapToObj(i -> player(PLAYERS - 1 - i))
                        .toList());
        return true;
    }

    private int slicesOf(StreamsProcess instance) {
        Answer answer = instance.get("/state/v1/leaderboards/board_1/slice/surroundings?max_before=0&max_after=0");
        return answer.data().path("partitions").size();
    }

    private static String player(int i) {
        return "player_" + i;
    }

    private static long score(int i) {
        return i + 1L;
    }

    private void everybodyPlays() throws ExecutionException, InterruptedException {
        rounds++;
        for (int i = 0; i < PLAYERS; i++) {
            String key = Topics.playerKey("acme", player(i));
            send(Topics.PLAYS, key, play(player(i), score(i)));
            send(Topics.WALLET_COMMANDS, key, credit(player(i)));
        }
    }

    private PlayCompleted play(String player, long score) {
        return PlayCompleted.newBuilder()
                .setPlayId("play_%s_%d".formatted(player, rounds))
                .setTenantId("acme")
                .setCampaignId("spring")
                .setGameId("game_wheel")
                .setGameRevision(1)
                .setPlayerId(player)
                .setSequence(rounds)
                .setStartedAt(Instant.ofEpochSecond(rounds))
                .setOccurredAt(Instant.ofEpochSecond(rounds + 1L))
                .setWon(false)
                .setScore(score)
                .setRewards(List.of())
                .build();
    }

    private WalletCommand credit(String player) {
        return WalletCommand.newBuilder()
                .setCommandId("cmd-%s-%d".formatted(player, rounds))
                .setTenantId("acme")
                .setScopeKey("spring")
                .setPlayerId(player)
                .setSequence(rounds)
                .setOccurredAt(Instant.ofEpochSecond(rounds))
                .setCause(new WalletCause("play", "play_" + rounds))
                .setAction(new WalletCredit(List.of(new WalletAmount("points", POINTS))))
                .build();
    }

    private void configureBoard() throws ExecutionException, InterruptedException {
        var board = LeaderboardConfigured.newBuilder()
                .setTenantId("acme")
                .setLeaderboardId("board_1")
                .setRevision(1)
                .setName("Spinners")
                .setMetric("total_score")
                .setStatus("active")
                .setTieRule("unique")
                .setEffectiveAt(Instant.EPOCH)
                .setOccurredAt(Instant.EPOCH)
                .build();
        send(Topics.CONFIG, Topics.definitionKey("acme", "leaderboard", "board_1", 1), board);
    }

    private <V extends SpecificRecord> void send(Topic<?, V> topic, String key, V value)
            throws ExecutionException, InterruptedException {
        var writer = new RecordWriter<V>(topic, registry.registry());
        producer.send(new ProducerRecord<>(topic.name(), key, writer.write(value)))
                .get();
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited for %s", what).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }
}
