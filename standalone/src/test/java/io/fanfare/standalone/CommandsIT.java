package io.fanfare.standalone;

import static io.fanfare.standalone.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.schemas.Topic;
import io.fanfare.schemas.Topics;
import io.fanfare.standalone.Commands.Ended;
import io.fanfare.standalone.Web.Answer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** {@code ./fanfare play}, {@code tail} and {@code dlq} on the running platform. */
@ExtendWith(RunningPlatform.Extension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommandsIT {

    private static final String TENANT = "commands";

    private final RunningPlatform platform;
    private final Commands commands;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private String game;

    CommandsIT(RunningPlatform platform) {
        this.platform = platform;
        this.commands = new Commands(List.of(
                "--url",
                platform.api().base().toString(),
                "--kafka",
                platform.bootstrap(),
                "--registry",
                platform.registry().toString()));
    }

    @BeforeAll
    void a_wheel_that_always_wins_25_points_twice_a_player() throws Exception {
        String prize = created("prizes", "prize_id", """
                {"name": "25 points", "type": "points", "value": 25}""");
        game = created("games", "game_id", """
                {"name": "Wheel", "type": "spin_wheel", "campaign_id": "camp_commands", "status": "active",
                 "rules": {"max_plays_per_user": 2},
                 "handler_config": {"prizes": [{"prize_id": "%s", "probability": 1, "slot_index": 0}]}}""".formatted(prize));
    }

    @Test
    void play_shows_what_was_won_and_the_wallet_with_it() {
        Ended played = commands.run("play %s --tenant commands --player ada --times 2".formatted(game));

        assertThat(played.well().out())
                .contains("25 points (points, 25)")
                .contains("2 plays, 2 won")
                .containsPattern("points +50 +in camp_commands");
    }

    @Test
    void play_tells_programs_the_same_as_json() {
        JsonNode played = commands.run("play %s --tenant commands --player grace --json".formatted(game))
                .well()
                .json();

        assertThat(played.at("/plays/0/rewards/0/value").asLong()).isEqualTo(25);
        assertThat(played.at("/wallet/balances/0/balance").asLong()).isEqualTo(25);
    }

    @Test
    void play_shows_the_envelope_where_the_api_refuses() {
        Ended refused = commands.run("play %s --tenant commands --player linus --times 3 --json".formatted(game));
        Ended unknown = commands.run("play game_nobody --tenant commands");

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.json().path("plays").size()).isEqualTo(2);
        assertThat(refused.json().at("/refused/answer/data/error/reason").asString())
                .isEqualTo("OUT_OF_TURNS");
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.err())
                .contains("the start was refused: RESOURCE_NOT_FOUND (HTTP 404, code 5)")
                .containsPattern("trace [0-9a-f]{32}");
    }

    @Test
    void tail_shows_the_plays_of_a_player_decoded_with_their_headers() throws Exception {
        String play = played("hedy");

        List<JsonNode> seen = eventually(
                () -> commands.run("tail plays --tenant commands --player hedy --filter won=true --json")
                        .lines(),
                lines -> !lines.isEmpty());

        assertThat(seen).singleElement().satisfies(line -> {
            assertThat(line.at("/value/play_id").asString()).isEqualTo(play);
            assertThat(line.path("type").asString()).isEqualTo("PlayCompleted");
            assertThat(line.at("/headers/ce_time").asString())
                    .isEqualTo(line.at("/value/occurred_at").asString());
            assertThat(line.at("/headers/ce_id").asString()).isNotBlank();
            assertThat(line.at("/headers/traceparent").asString()).startsWith("00-");
        });
    }

    @Test
    void tail_shows_a_record_that_cannot_be_decoded_and_goes_on() throws Exception {
        poison(Topics.PLAYS, "no avro for tail");

        Ended tail = commands.run("tail plays --from beginning --player mallory --tenant commands");

        assertThat(tail.well().out())
                .contains("UNDECODABLE: 16 bytes that do not start")
                .contains("no avro for tail");
    }

    @Test
    void tail_begins_where_it_is_told() throws Exception {
        played("margaret");
        long all = commands.run("tail plays --from beginning --json")
                .well()
                .out()
                .lines()
                .count();

        assertThat(commands.run("tail plays --from -1 --json").lines()).hasSize(1);
        assertThat(commands.run("tail plays --from beginning --limit 1 --json").lines())
                .hasSize(1);
        assertThat(commands.run("tail plays --from end").out()).isEmpty();
        assertThat(commands.run("tail plays --from 2099-01-01T00:00:00Z").out()).isEmpty();
        assertThat(commands.run("tail plays --from 2020-01-01T00:00:00Z --json").lines())
                .hasSizeGreaterThanOrEqualTo(Math.toIntExact(all));
    }

    @Test
    void tail_follows() throws Exception {
        var following = CompletableFuture.supplyAsync(() ->
                commands.run("tail plays --from end --follow --limit 1 --tenant commands --player barbara --json"));

        Ended ended = eventually(
                () -> {
                    // Until it looks: what was there before it does not want to see.
                    poison(Topics.PLAYS, "commands/barbara", "for who follows");
                    return following.getNow(new Ended(-1, "", ""));
                },
                end -> end.code() >= 0);

        assertThat(ended.well().lines()).hasSize(1);
    }

    @Test
    void dlq_lists_what_nobody_could_process_replays_it_and_sees_it_fail_again() throws Exception {
        String id = poison(Topics.PLAYS, "no avro for dlq");
        JsonNode dead = eventually(
                () -> commands.deadLetter(id), letter -> letter.path("readers").size() == 2);

        JsonNode planned =
                commands.run("dlq replay --dry-run --json --id " + id).well().json();
        JsonNode replayed = commands.run("dlq replay --json --id " + id).well().json();
        JsonNode failedAgain = eventually(
                () -> commands.deadLetter(id),
                letter -> letter.path("failed_replay").asInt() == 1);
        Ended list = commands.run("dlq list --topic plays");

        assertThat(dead.path("state").asString()).isEqualTo("dead");
        assertThat(dead.path("key").asString()).isEqualTo("commands/mallory");
        assertThat(dead.path("readers").toString()).isEqualTo("[\"leaderboards\",\"webhooks\"]");
        assertThat(dead.path("error").asString()).endsWith("MalformedRecord");
        assertThat(planned.at("/replayed/0/replay").asInt()).isEqualTo(1);
        assertThat(replayed.at("/replayed/0/id").asString()).isEqualTo(id);
        assertThat(failedAgain.path("state").asString()).isEqualTo("dead");
        assertThat(failedAgain.path("replays").asInt()).isEqualTo(1);
        assertThat(list.well().out()).contains(id).contains("replayed 1×").contains("and failed again");
        assertThat(commands.run("tail plays --from -1 --player mallory --tenant commands --json")
                        .well()
                        .lines())
                .singleElement()
                .satisfies(again -> {
                    assertThat(again.path("raw").asString()).isEqualTo("no avro for dlq");
                    assertThat(again.at("/headers/why").asString()).isEqualTo("to be refused");
                    assertThat(again.at("/headers/fanfare-replay-of").asString())
                            .isEqualTo(id);
                    assertThat(again.at("/headers/fanfare-replay").asString()).isEqualTo("1");
                });
    }

    @Test
    void dlq_does_not_replay_what_is_not_there() {
        Ended ended = commands.run("dlq replay --id plays/0/999999999");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).contains("there is no such dead letter").contains("0 replayed");
    }

    private String played(String player) {
        return commands.run("play %s --tenant commands --player %s --json".formatted(game, player))
                .well()
                .json()
                .at("/plays/0/play_id")
                .asString();
    }

    private String created(String things, String id, String body) throws Exception {
        Answer answer = platform.api().admin(TENANT).post("/api/v1/admin/" + things, body);
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
        return answer.data().path(id).asString();
    }

    private String poison(Topic<?, ?> topic, String text) throws Exception {
        return poison(topic, "commands/mallory", text);
    }

    /** Where it is, as {@code dlq} names it. */
    private String poison(Topic<?, ?> topic, String key, String text) throws Exception {
        Map<String, Object> config = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, platform.bootstrap());
        try (var producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
            var record = new ProducerRecord<>(topic.name(), key, text.getBytes(UTF_8));
            record.headers().add("why", "to be refused".getBytes(UTF_8));
            RecordMetadata sent = producer.send(record).get();
            return "%s/%d/%d".formatted(sent.topic(), sent.partition(), sent.offset());
        }
    }
}
