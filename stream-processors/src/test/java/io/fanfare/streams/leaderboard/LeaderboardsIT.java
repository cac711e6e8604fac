package io.fanfare.streams.leaderboard;

import static io.fanfare.streams.leaderboard.Records.ACME;
import static io.fanfare.streams.leaderboard.Records.BOARD;
import static io.fanfare.streams.leaderboard.Records.OTHER;
import static io.fanfare.streams.leaderboard.Records.board;
import static io.fanfare.streams.leaderboard.Records.play;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.events.LeaderboardConfigured;
import io.fanfare.events.PlayCompleted;
import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.RecordReader;
import io.fanfare.schemas.wire.RecordWriter;
import io.fanfare.streams.StreamProcessors;
import io.fanfare.streams.parts.FreePort;
import io.fanfare.streams.parts.OneBroker;
import io.fanfare.streams.parts.RegistryServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The leaderboards app on a real broker, on one or two instances, asked over HTTP. */
class LeaderboardsIT {

    private static final int PARTITIONS = 4;
    private static final int PLAYERS = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = new JsonMapper();
    private final Map<String, Long> scores = new TreeMap<>();

    private final List<Future<RecordMetadata>> sent = new ArrayList<>();

    private RegistryServer registry;
    private OneBroker broker;
    private KafkaProducer<String, byte[]> producer;
    private final List<Instance> instances = new ArrayList<>();

    private record Instance(String name, int port, ConfigurableApplicationContext context) {}

    private record Answer(int status, JsonNode data) {}

    @BeforeEach
    void start() throws Exception {
        registry = new RegistryServer();
        broker = new OneBroker(directory.resolve("kafka"), PARTITIONS);
        producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrap()),
                new StringSerializer(),
                new ByteArraySerializer());
        configured(board(ACME, "total_score", 1, 0));
        configured(board(OTHER, "total_plays", 1, 0));
    }

    @AfterEach
    void stop() {
        instances.forEach(instance -> instance.context().close());
        producer.close();
        broker.close();
        registry.close();
    }

    @Test
    void two_instances_answer_for_all_slices_and_none_ever_gives_a_rank_without_one() throws Exception {
        Instance first = instance("first");
        Instance second = instance("second");
        everybodyPlays(1);
        played(play(OTHER, "ada", 1, 5L, 10));

        await("both instances to own slices", () -> owned(first) + owned(second) == PARTITIONS && owned(second) > 0);
        for (Instance asked : instances) {
            awaitTotal(asked, PLAYERS);
            assertThat(pagedRanking(asked, 7)).isEqualTo(expectedRanking());
        }
        String last = expectedRanking().getLast();
        Answer around = get(first, "/players/%s?radius=2".formatted(last));
        assertThat(around.data().path("rank").longValue()).isEqualTo(PLAYERS);
        assertThat(around.data().path("entries")).hasSize(3);
        assertThat(get(first, "/players/nobody").status()).isEqualTo(404);
        assertThat(get(first, OTHER, BOARD, "/rankings").data().path("total").longValue())
                .isEqualTo(1);
        assertThat(get(first, ACME, "board_9", "/rankings").status()).isEqualTo(404);
        assertThat(get(first, "/rankings?offset=58").data().path("items"))
                .extracting(item -> item.path("rank").longValue())
                .containsExactly(59L, 60L);
        assertThat(get(first, "/rankings?limit=101").status()).isEqualTo(400);
        assertThat(get(first, "/rankings?cursor=bm9uc2Vuc2U").status()).isEqualTo(400);

        second.context().close();
        instances.remove(second);
        await("the first instance to own every slice", () -> {
            Answer answer = get(first, "/players/" + last);
            if (answer.status() == 200) {
                assertThat(answer.data().path("rank").longValue()).isEqualTo(PLAYERS);
            } else {
                assertThat(answer.status()).isEqualTo(503);
            }
            return answer.status() == 200;
        });
        assertThat(pagedRanking(first, 25)).isEqualTo(expectedRanking());
    }

    @Test
    void whoever_is_asked_for_a_play_to_come_tells_where_it_brings_its_player() throws Exception {
        Instance first = instance("first");
        Instance second = instance("second");
        everybodyPlays(1);
        await("both instances to own slices", () -> owned(first) + owned(second) == PARTITIONS && owned(second) > 0);
        awaitTotal(first, PLAYERS);
        awaitTotal(second, PLAYERS);

        long number = 1;
        for (Instance asked : instances) {
            for (String player : List.of("player_0", "player_1", "player_2", "player_3")) {
                long next = 2 + (number - 1) / 4;
                var waiting = http.sendAsync(rankingsOf(asked, player, next), BodyHandlers.ofString());
                played(play(ACME, player, next, 1_000 * number, 10_000 + number));
                number++;
                awaitSent();

                HttpResponse<String> answer = waiting.get();
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                JsonNode data = json.readTree(answer.body()).path("data");
                assertThat(data.path("freshness").toString())
                        .isEqualTo("{\"fresh\":true,\"applied_sequence\":%d}".formatted(next));
                assertThat(data.path("rankings")).hasSize(1);
                JsonNode ranking = data.path("rankings").path(0);
                assertThat(ranking.path("leaderboard_id").stringValue()).isEqualTo(BOARD);
                assertThat(ranking.path("rank").longValue()).isEqualTo(1);
                assertThat(ranking.path("score").longValue()).isGreaterThanOrEqualTo(1_000 * (number - 1));
            }
        }
    }

    @Test
    void standings_and_seen_numbers_survive_a_restart_and_the_loss_of_the_disk() throws Exception {
        Instance before = instance("first");
        everybodyPlays(1);
        awaitTotal(before, PLAYERS);
        before.context().close();
        instances.remove(before);

        everybodyPlays(2);
        Instance restarted = instance("first");
        awaitRanking(restarted);
        restarted.context().close();
        instances.remove(restarted);

        resendEverything();
        everybodyPlays(3);
        Instance onAnEmptyDisk = instance("elsewhere");
        awaitRanking(onAnEmptyDisk);
    }

    @Test
    void poison_on_either_topic_is_told_once_and_stops_nobody() throws Exception {
        Instance instance = instance("first");
        send(Topics.PLAYS.name(), "acme/ada", "poison".getBytes(UTF_8));
        send(Topics.CONFIG.name(), "acme/leaderboard/x/1", "poison".getBytes(UTF_8));

        everybodyPlays(1);

        awaitTotal(instance, PLAYERS);
        awaitLetters(Set.of("leaderboards", "definition-check"));
    }

    private Instance instance(String name) {
        int port = FreePort.find();
        var context = StreamProcessors.start(Map.of(
                "server.port",
                port,
                "fanfare.dev-mode",
                true,
                "fanfare.kafka.bootstrap",
                broker.bootstrap(),
                "fanfare.registry.url",
                registry.url(),
                "fanfare.streams.state-dir",
                directory.resolve(name),
                "fanfare.streams.application-server",
                "127.0.0.1:" + port));
        var instance = new Instance(name, port, context);
        instances.add(instance);
        return instance;
    }

    private void configured(LeaderboardConfigured board) {
        var writer = new RecordWriter<SpecificRecord>(Topics.CONFIG, registry.registry());
        String key =
                Topics.definitionKey(board.getTenantId(), "leaderboard", board.getLeaderboardId(), board.getRevision());
        send(Topics.CONFIG.name(), key, writer.write(board));
    }

    private void everybodyPlays(long sequence) throws ExecutionException, InterruptedException {
        for (int i = 0; i < PLAYERS; i++) {
            String player = "player_" + i;
            long score = (i * 37L) % 41 + sequence;
            scores.merge(player, score, Long::sum);
            played(play(ACME, player, sequence, score, 1_000 * sequence + i));
        }
        awaitSent();
    }

    private void resendEverything() throws ExecutionException, InterruptedException {
        for (int i = 0; i < PLAYERS; i++) {
            for (long sequence = 1; sequence <= 2; sequence++) {
                played(play(ACME, "player_" + i, sequence, (i * 37L) % 41 + sequence, 1_000 * sequence + i));
            }
        }
        awaitSent();
    }

    private void played(PlayCompleted play) {
        var writer = new RecordWriter<>(Topics.PLAYS, registry.registry());
        String key = Topics.playerKey(play.getTenantId(), play.getPlayerId());
        send(Topics.PLAYS.name(), key, writer.write(play));
    }

    private void send(String topic, String key, byte[] value) {
        sent.add(producer.send(new ProducerRecord<>(topic, key, value)));
    }

    private void awaitSent() throws ExecutionException, InterruptedException {
        for (Future<RecordMetadata> each : sent) {
            each.get();
        }
        sent.clear();
    }

    /** Players whose numbers are smaller play earlier in each round. */
    private List<String> expectedRanking() {
        Comparator<Map.Entry<String, Long>> byScore = Map.Entry.comparingByValue(Comparator.reverseOrder());
        return scores.entrySet().stream()
                .sorted(byScore.thenComparing(
                        entry -> Integer.valueOf(entry.getKey().substring(7))))
                .map(Map.Entry::getKey)
                .toList();
    }

    private List<String> pagedRanking(Instance instance, int limit) {
        List<String> players = new ArrayList<>();
        String cursor = "";
        do {
            Answer page = get(instance, "/rankings?limit=%d&cursor=%s".formatted(limit, cursor));
            assertThat(page.status()).isEqualTo(200);
            for (JsonNode item : page.data().path("items")) {
                players.add(item.path("player_id").stringValue());
                assertThat(item.path("rank").intValue()).isEqualTo(players.size());
            }
            cursor = page.data().path("pagination").path("next_cursor").asString("");
        } while (!cursor.isEmpty());
        return players;
    }

    private int owned(Instance instance) {
        return get(instance, "/slice/surroundings?max_before=0&max_after=0")
                .data()
                .path("partitions")
                .size();
    }

    private void awaitTotal(Instance instance, long total) {
        await("%d entries".formatted(total), () -> {
            Answer answer = get(instance, "/rankings");
            return answer.status() == 200
                    && answer.data().path("total").longValue() == total
                    && sumOfScores(instance) == expectedSum();
        });
    }

    private void awaitRanking(Instance instance) {
        awaitTotal(instance, PLAYERS);
        assertThat(pagedRanking(instance, 20)).isEqualTo(expectedRanking());
    }

    private long expectedSum() {
        return scores.values().stream().mapToLong(Long::longValue).sum();
    }

    private long sumOfScores(Instance instance) {
        long sum = 0;
        for (JsonNode item : get(instance, "/rankings?limit=100").data().path("items")) {
            sum += item.path("score").longValue();
        }
        return sum;
    }

    private void awaitLetters(Set<String> readers) {
        Map<String, Object> config = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrap(),
                ConsumerConfig.GROUP_ID_CONFIG, "letters",
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        var reader = new RecordReader<>(Topics.DEAD_LETTERS, registry.registry());
        List<String> found = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(Topics.DEAD_LETTERS.name()));
            await("letters of " + readers, () -> {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(letter -> found.add(reader.read(letter.value()).getReader()));
                return found.containsAll(readers);
            });
        }
        assertThat(found).doesNotHaveDuplicates();
    }

    private static HttpRequest rankingsOf(Instance instance, String player, long applied) {
        URI uri = URI.create(
                "http://127.0.0.1:%d/state/v1/players/%s/rankings?applied=%d&occurred_at_ms=%d&campaign_id=%s&wait_ms=5000"
                        .formatted(instance.port(), player, applied, 10_000_000, Records.SUMMER));
        return HttpRequest.newBuilder(uri)
                .header("X-Tenant-Id", ACME)
                .header("X-Roles", "machine")
                .build();
    }

    private Answer get(Instance instance, String route) {
        return get(instance, ACME, BOARD, route);
    }

    private Answer get(Instance instance, String tenant, String board, String route) {
        URI uri = URI.create("http://127.0.0.1:%d/state/v1/leaderboards/%s%s".formatted(instance.port(), board, route));
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("X-Tenant-Id", tenant)
                .header("X-Roles", "machine")
                .build();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() == 503) {
                assertThat(response.headers().firstValue("Retry-After")).isPresent();
            }
            return new Answer(
                    response.statusCode(), json.readTree(response.body()).path("data"));
        } catch (IOException e) {
            throw new AssertionError("%s does not answer".formatted(uri), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited for %s", what).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }
}
