package io.fanfare.standalone;

import static io.fanfare.standalone.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.events.DeadLetter;
import io.fanfare.events.PlayCompleted;
import io.fanfare.schemas.Topic;
import io.fanfare.schemas.Topics;
import io.fanfare.standalone.Web.Answer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** One play, on the real parts, from the request to everybody who hears of it. */
@ExtendWith(RunningPlatform.Extension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BackboneIT {

    private static final String TENANT = "backbone";
    private static final String CAMPAIGN = "camp_backbone";

    private final RunningPlatform platform;
    private final Web admin;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private String game;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private String board;

    BackboneIT(RunningPlatform platform) {
        this.platform = platform;
        this.admin = platform.api().admin(TENANT);
    }

    @BeforeAll
    void a_wheel_that_always_wins_25_points_with_a_board_and_a_webhook() throws Exception {
        String prize = created(admin.post("/api/v1/admin/prizes", """
                        {"name": "25 points", "type": "points", "value": 25}"""))
                .path("prize_id")
                .asString();
        game = created(admin.post("/api/v1/admin/games", """
                        {"name": "Wheel", "type": "spin_wheel", "campaign_id": "%s", "status": "active",
                         "handler_config": {"prizes": [{"prize_id": "%s", "probability": 1, "slot_index": 3}]}}""".formatted(CAMPAIGN, prize)))
                .path("game_id")
                .asString();
        board = created(admin.post("/api/v1/admin/leaderboards", """
                        {"name": "Spins", "campaign_id": "%s", "metric": "total_plays"}""".formatted(CAMPAIGN)))
                .path("leaderboard_id")
                .asString();
        created(admin.post("/api/v1/admin/integrations", """
                {"type": "webhook", "events": ["play_completed", "prize_won"], "status": "active",
                 "config": {"url": "%s", "hmac_secret": "backbone-secret"}}""".formatted(
                        platform.worker().base().resolve("/dev/webhooks/backbone?secret=backbone-secret"))));
        long effectiveAt = admin.get("/api/v1/admin/leaderboards/" + board)
                .data()
                .path("effective_at")
                .asLong();
        eventually(System::currentTimeMillis, now -> now / 1000 > effectiveAt);
    }

    @Test
    void a_play_is_found_in_its_topic_decoded_through_the_registry() throws Exception {
        JsonNode play = played("ada");

        ConsumerRecord<String, PlayCompleted> fact =
                awaitRecord(Topics.PLAYS, record -> record.value().getPlayId().equals(text(play, "play_id")));

        assertThat(fact.key()).isEqualTo("backbone/ada");
        assertThat(fact.value().getWon()).isTrue();
        assertThat(fact.value().getRewards()).singleElement().satisfies(reward -> {
            assertThat(reward.getType()).isEqualTo("points");
            assertThat(reward.getValue()).isEqualTo(25);
        });
        assertThat(header(fact, "ce_type")).isEqualTo("PlayCompleted");
        assertThat(header(fact, "ce_specversion")).isEqualTo("1.0");
        assertThat(header(fact, "ce_subject")).isEqualTo("backbone/ada");
        assertThat(header(fact, "tenant")).isEqualTo(TENANT);
        assertThat(header(fact, "traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]");
    }

    @Test
    void its_credit_is_in_the_stream_state_and_in_the_wallet() throws Exception {
        played("grace");

        Answer state = eventually(
                () -> platform.streams().admin(TENANT).get("/state/v1/wallets/grace?scope_key=" + CAMPAIGN),
                answer -> answer.status() == 200
                        && balance(answer.data().path("wallets").path(0)) == 25);
        Answer wallet = platform.api().player(TENANT, "grace").get("/api/v1/wallet?scope_key=" + CAMPAIGN);
        Answer ledger = platform.api().player(TENANT, "grace").get("/api/v1/wallet/ledger?scope_key=" + CAMPAIGN);

        assertThat(balance(state.data().path("wallets").path(0))).isEqualTo(25);
        assertThat(balance(wallet.data())).isEqualTo(25);
        assertThat(ledger.data().path("items").path(0).path("amount").asLong()).isEqualTo(25);
        assertThat(ledger.data().path("items").path(0).path("reason").asString())
                .isEqualTo("play");
    }

    @Test
    void the_wallet_shows_the_callers_own_last_play() throws Exception {
        for (int plays = 1; plays <= 5; plays++) {
            played("hedy");

            Answer wallet = platform.api().player(TENANT, "hedy").get("/api/v1/wallet?scope_key=" + CAMPAIGN);

            assertThat(balance(wallet.data())).isEqualTo(plays * 25L);
        }
    }

    @Test
    void its_player_is_ranked() throws Exception {
        for (int plays = 0; plays < 3; plays++) {
            played("linus");
        }

        Answer rank = eventually(
                () -> platform.api().player(TENANT, "linus").get("/api/v1/leaderboards/" + board + "/my-rank"),
                answer -> answer.data().path("score").asLong() == 3);
        Answer rankings =
                platform.api().player(TENANT, "linus").get("/api/v1/leaderboards/" + board + "/rankings?limit=100");

        assertThat(rankings.data()
                        .path("items")
                        .valueStream()
                        .filter(entry -> text(entry, "player_id").equals("linus"))
                        .map(entry -> entry.path("rank").asLong()))
                .containsExactly(rank.data().path("rank").asLong());
    }

    @Test
    void who_prefers_to_wait_is_told_where_each_play_has_brought_them() throws Exception {
        Web edith = platform.api().player(TENANT, "edith");

        for (int plays = 1; plays <= 3; plays++) {
            JsonNode metadata = played(edith.with("Prefer", "wait=5")).path("metadata");
            Answer rank = edith.get("/api/v1/leaderboards/" + board + "/my-rank");

            assertThat(metadata.path("rankings_freshness").toString())
                    .isEqualTo("{\"fresh\":true,\"expected_sequence\":%d,\"applied_sequence\":%d}"
                            .formatted(plays, plays));
            assertThat(metadata.path("rankings").toString())
                    .isEqualTo("[{\"leaderboard_id\":\"%s\",\"score\":%d,\"flagged\":false,\"rank\":%d}]"
                            .formatted(board, plays, rank.data().path("rank").asLong()));
        }
    }

    @Test
    void its_webhooks_arrive_with_a_valid_signature() throws Exception {
        JsonNode play = played("margaret");

        List<JsonNode> arrived =
                eventually(() -> webhooksNaming(text(play, "play_id")), webhooks -> webhooks.size() == 2);

        assertThat(arrived)
                .allSatisfy(webhook -> assertThat(text(webhook, "signature")).isEqualTo("valid"))
                .extracting(
                        webhook -> webhook.path("headers").path("x-muse-event").asString())
                .containsExactlyInAnyOrder("play_completed", "prize_won");
    }

    @Test
    void a_poison_record_becomes_a_dead_letter_and_the_next_players_play_counts() throws Exception {
        int poisons = 0;
        for (Topic<?, ?> topic : List.of(Topics.PLAYS, Topics.WALLET_COMMANDS, Topics.CONFIG)) {
            for (int partition = 0; partition < Blueprint.PARTITIONS; partition++) {
                send(topic, partition, "backbone/mallory", "no avro at all");
                poisons++;
            }
        }

        played("barbara");
        eventually(
                () -> platform.streams().admin(TENANT).get("/state/v1/wallets/barbara?scope_key=" + CAMPAIGN),
                answer -> answer.status() == 200
                        && balance(answer.data().path("wallets").path(0)) == 25);
        eventually(
                () -> platform.api().player(TENANT, "barbara").get("/api/v1/leaderboards/" + board + "/my-rank"),
                answer -> answer.data().path("score").asLong() == 1);
        List<DeadLetter> deadLetters = eventually(
                () -> deadLettersOf("backbone/mallory"),
                letters -> letters.stream()
                                .map(DeadLetter::getSourceTopic)
                                .distinct()
                                .count()
                        == 3);

        assertThat(poisons).isEqualTo(12);
        assertThat(deadLetters).allSatisfy(letter -> {
            assertThat(StandardCharsets.UTF_8
                            .decode(letter.getValue().duplicate())
                            .toString())
                    .isEqualTo("no avro at all");
            assertThat(letter.getReader()).isNotBlank();
        });
        assertThat(deadLetters.stream()
                        .filter(letter -> letter.getSourceTopic().equals(Topics.PLAYS.name()))
                        .map(DeadLetter::getReader)
                        .distinct())
                .hasSize(2);
    }

    @Test
    void a_foreign_tenant_sees_nothing_of_it() throws Exception {
        played("ada");

        Answer wallet = platform.api().player("rival", "ada").get("/api/v1/wallet?scope_key=" + CAMPAIGN);
        Answer rankings = platform.api().player("rival", "ada").get("/api/v1/leaderboards/" + board + "/rankings");
        Answer start = platform.api().player("rival", "ada").post("/api/v1/games/" + game + "/start", "{}");

        assertThat(wallet.data().path("balances").size()).isZero();
        assertThat(rankings.reason()).isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(start.reason()).isEqualTo("RESOURCE_NOT_FOUND");
    }

    /** The data of the answer to a play that went through. */
    private JsonNode played(String player) throws Exception {
        return played(platform.api().player(TENANT, player));
    }

    private JsonNode played(Web player) throws Exception {
        String session = player.post("/api/v1/games/" + game + "/start", "{}")
                .data()
                .path("session_id")
                .asString();
        Answer play = player.post(
                "/api/v1/games/" + game + "/play", "{\"session_id\": \"%s\", \"payload\": {}}".formatted(session));
        assertThat(play.status()).as("%s", play.body()).isEqualTo(200);
        return play.data();
    }

    private static JsonNode created(Answer answer) {
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
        return answer.data();
    }

    private static long balance(JsonNode wallet) {
        return wallet.path("balances")
                .valueStream()
                .filter(balance -> text(balance, "currency").equals("points"))
                .mapToLong(balance -> balance.path("balance").asLong())
                .sum();
    }

    private List<JsonNode> webhooksNaming(String playId) throws Exception {
        return platform.worker()
                .get("/dev/webhooks")
                .data()
                .path("items")
                .valueStream()
                .filter(webhook -> webhook.path("body").asString().contains(playId))
                .toList();
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString();
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        var header = record.headers().lastHeader(name);
        assertThat(header).as(name).isNotNull();
        return new String(header.value(), StandardCharsets.UTF_8);
    }

    private List<DeadLetter> deadLettersOf(String key) {
        return platform.topics().records(Topics.DEAD_LETTERS).stream()
                .filter(record -> record.key().equals(key))
                .map(ConsumerRecord::value)
                .toList();
    }

    private <V extends SpecificRecord> ConsumerRecord<String, V> awaitRecord(
            Topic<String, V> topic, Predicate<ConsumerRecord<String, V>> wanted) throws Exception {
        return eventually(
                        () -> platform.topics().records(topic).stream()
                                .filter(wanted)
                                .toList(),
                        found -> !found.isEmpty())
                .getFirst();
    }

    private void send(Topic<?, ?> topic, int partition, String key, String value) throws Exception {
        Map<String, Object> config = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, platform.bootstrap());
        try (var producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic.name(), partition, key, value.getBytes(StandardCharsets.UTF_8)))
                    .get();
        }
    }
}
