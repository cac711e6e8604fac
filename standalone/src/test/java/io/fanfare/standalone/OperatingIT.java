package io.fanfare.standalone;

import static io.fanfare.standalone.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.events.DeadLetter;
import io.fanfare.events.WalletAmount;
import io.fanfare.events.WalletCause;
import io.fanfare.events.WalletCommand;
import io.fanfare.events.WalletCredit;
import io.fanfare.schemas.Topic;
import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.ConfluentRegistry;
import io.fanfare.standalone.Commands.Ended;
import io.fanfare.standalone.Web.Answer;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What only the operator of a platform of one's own may do: moves its time, and puts things on its topics that nobody committed. */
@Tag("without-the-shared-platform")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperatingIT {

    private static final String TENANT = "operating";
    private static final String CAMPAIGN = "camp_operating";

    /** Beyond what a wallet lets wait. */
    private static final int TOO_FAR = 1_002;

    private final Path folder;
    private final Commands commands;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private PlatformInOwnProcess platform;

    OperatingIT(@TempDir Path folder) {
        this.folder = folder;
        this.commands = new Commands(List.of("--data", folder.toString()));
    }

    @BeforeAll
    void start() throws Exception {
        platform = PlatformInOwnProcess.in(folder);
        platform.launch();
        platform.awaitReady();
    }

    @AfterAll
    void end() throws Exception {
        platform.end();
    }

    @Test
    void a_wallet_command_that_came_too_early_is_applied_when_it_is_replayed_and_only_once() throws Exception {
        send(Topics.WALLET_COMMANDS, "operating/ada", List.of(credit(TOO_FAR)));
        eventually(() -> dead("wallet-commands"), dead -> dead == 1);
        send(
                Topics.WALLET_COMMANDS,
                "operating/ada",
                IntStream.range(1, TOO_FAR).mapToObj(OperatingIT::credit).toList());
        eventually(this::balanceOfAda, balance -> balance == TOO_FAR - 1);

        JsonNode replayed =
                commands.run("dlq replay --topic wallet-commands --json").well().json();
        long balance = eventually(this::balanceOfAda, now -> now == TOO_FAR);
        JsonNode again =
                commands.run("dlq replay --topic wallet-commands --json").well().json();
        send(Topics.WALLET_COMMANDS, "operating/ada", List.of(credit(TOO_FAR), credit(TOO_FAR + 1)));
        long later = eventually(this::balanceOfAda, now -> now != TOO_FAR);

        assertThat(replayed.path("replayed").size()).isEqualTo(1);
        assertThat(balance).isEqualTo(TOO_FAR);
        assertThat(again.path("replayed").size()).isZero();
        assertThat(commands.deadLetter(replayed.at("/replayed/0/id").asString())
                        .path("state")
                        .asString())
                .isEqualTo("replayed");
        assertThat(later).as("a duplicate has no second effect").isEqualTo(TOO_FAR + 1);
    }

    @Test
    void two_operators_at_once_replay_each_record_once() throws Exception {
        int letters = 250;
        var dead = new ArrayList<DeadLetter>();
        for (int i = 0; i < letters; i++) {
            dead.add(deadOnATopicThatNobodyReads(i));
        }
        send(Topics.DEAD_LETTERS, "operating/grace", dead);

        var one = CompletableFuture.supplyAsync(() -> commands.run("dlq replay --topic wallet-notices --json"));
        var other = CompletableFuture.supplyAsync(() -> commands.run("dlq replay --topic wallet-notices --json"));
        List<Ended> both = List.of(one.get(), other.get());
        commands.run("dlq replay --topic wallet-notices").well();

        assertThat(both)
                .allSatisfy(
                        ended -> assertThat(ended.code() == 0 || ended.err().contains("another replay has taken over"))
                                .as("%s", ended)
                                .isTrue());
        assertThat(dead("wallet-notices")).isZero();
        assertThat(commands.run("tail wallet-notices --from beginning --player grace --tenant operating --json")
                        .well()
                        .lines())
                .extracting(line -> line.path("raw").asString())
                .hasSize(letters)
                .doesNotHaveDuplicates();
    }

    @Test
    void the_clock_moves_the_time_of_all_services_and_survives_a_restart() throws Exception {
        Web admin = platform.at().api().admin(TENANT);
        String prize = created(admin, "prizes", "prize_id", """
                {"name": "25 points", "type": "points", "value": 25}""");
        String game = created(admin, "games", "game_id", """
                {"name": "Wheel", "type": "spin_wheel", "campaign_id": "%s", "status": "active",
                 "handler_config": {"prizes": [{"prize_id": "%s", "probability": 1, "slot_index": 0}]}}""".formatted(CAMPAIGN, prize));
        Web linus = platform.at().api().player(TENANT, "linus");
        String session = linus.post("/api/v1/games/%s/start".formatted(game), "{}")
                .data()
                .path("session_id")
                .asString();
        Instant before = Instant.now();

        JsonNode moved = commands.run("clock +1d --json").well().json();
        Answer expired = linus.post(
                "/api/v1/games/%s/play".formatted(game), "{\"session_id\":\"%s\",\"payload\":{}}".formatted(session));
        JsonNode played = commands.run("play %s --tenant operating --player linus --json".formatted(game))
                .well()
                .json();
        List<JsonNode> told = eventually(
                () -> commands.run("tail plays --tenant operating --player linus --json")
                        .lines(),
                lines -> !lines.isEmpty());

        assertThat(moved.path("services").size()).isEqualTo(3);
        assertThat(moved.path("services").valueStream())
                .allSatisfy(
                        service -> assertThat(service.path("ahead").asString()).isEqualTo("PT24H"));
        assertThat(expired.reason()).isEqualTo("SESSION_EXPIRED");
        assertThat(Instant.parse(told.getFirst().at("/value/occurred_at").asString()))
                .isAfter(before.plus(Duration.ofDays(1)));
        assertThat(Instant.parse(told.getFirst().path("timestamp").asString()))
                .isAfter(before.plus(Duration.ofDays(1)));
        assertThat(played.at("/wallet/balances/0/balance").asLong()).isEqualTo(25);

        platform.terminate();
        platform.launch();
        platform.awaitReady();
        assertThat(commands.run("clock --json").well().json().path("ahead").asString())
                .isEqualTo("PT24H");

        Ended back = commands.run("clock -2h");
        Ended forced = commands.run("clock reset --force --json");
        assertThat(back.code()).isEqualTo(1);
        assertThat(back.err()).contains("would move time back by PT2H");
        assertThat(forced.well().json().path("ahead").asString()).isEqualTo("PT0S");
        assertThat(folder.resolve("logs/fanfare.log")).content().contains("TIME GOES BACK");
    }

    private static String created(Web admin, String things, String id, String body) throws Exception {
        Answer answer = admin.post("/api/v1/admin/" + things, body);
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
        return answer.data().path(id).asString();
    }

    private int dead(String topic) {
        return commands.run("dlq list --json --topic " + topic)
                .well()
                .json()
                .path("dead")
                .asInt();
    }

    private long balanceOfAda() throws Exception {
        return platform.at()
                .streams()
                .admin(TENANT)
                .get("/state/v1/wallets/ada?scope_key=" + CAMPAIGN)
                .data()
                .at("/wallets/0/balances/0/balance")
                .asLong(0);
    }

    private static WalletCommand credit(long sequence) {
        return WalletCommand.newBuilder()
                .setCommandId(new UUID(7, sequence).toString())
                .setTenantId(TENANT)
                .setScopeKey(CAMPAIGN)
                .setPlayerId("ada")
                .setSequence(sequence)
                .setOccurredAt(Instant.ofEpochMilli(1_700_000_000_000L + sequence))
                .setCause(new WalletCause("adjust", "operating"))
                .setAction(new WalletCredit(List.of(new WalletAmount("points", 1L))))
                .build();
    }

    private static DeadLetter deadOnATopicThatNobodyReads(int number) {
        return DeadLetter.newBuilder()
                .setSourceTopic(Topics.WALLET_NOTICES.name())
                .setSourcePartition(0)
                .setSourceOffset(1_000_000L + number)
                .setSourceTimestamp(Instant.now().truncatedTo(ChronoUnit.MILLIS))
                .setKey(ByteBuffer.wrap("operating/grace".getBytes(UTF_8)))
                .setValue(ByteBuffer.wrap("letter %d".formatted(number).getBytes(UTF_8)))
                .setReader("nobody")
                .setError("none")
                .setDetail("made up")
                .setFailedAt(Instant.now().truncatedTo(ChronoUnit.MILLIS))
                .build();
    }

    private <V extends SpecificRecord> void send(Topic<String, V> topic, String key, List<V> records) throws Exception {
        Map<String, Object> config =
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, platform.at().bootstrap());
        var values = topic.valueSerde(new ConfluentRegistry(platform.at().registry()));
        try (var producer = new KafkaProducer<>(config, new StringSerializer(), values.serializer())) {
            var sent = new ArrayList<Future<RecordMetadata>>();
            records.forEach(record -> sent.add(producer.send(new ProducerRecord<>(topic.name(), key, record))));
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        }
    }
}
