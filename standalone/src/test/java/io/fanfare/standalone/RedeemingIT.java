package io.fanfare.standalone;

import static io.fanfare.standalone.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.events.RewardGranted;
import io.fanfare.schemas.Topics;
import io.fanfare.standalone.Web.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Milestones on the real parts: what is paid for, what is had once, and what comes by itself. */
@ExtendWith(RunningPlatform.Extension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedeemingIT {

    private static final String TENANT = "redeeming";
    private static final int CROWD = 50;

    private final RunningPlatform platform;
    private final Web admin;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private String points;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private String mug;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private String shop;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private String club;

    RedeemingIT(RunningPlatform platform) {
        this.platform = platform;
        this.admin = platform.api().admin(TENANT);
    }

    @BeforeAll
    void a_shop_a_club_and_what_they_give() throws Exception {
        points = created("prizes", "prize_id", """
                {"name": "25 points", "type": "points", "value": 25}""");
        mug = created("prizes", "prize_id", """
                {"name": "Mug", "type": "physical", "value": 900, "stock": {"total": 1000}}""");
        shop = wheel("camp_shop", "spend_exchange", false, mug);
        club = wheel("camp_club", "cumulative_unlock", false, mug);
        created("integrations", "integration_id", """
                {"type": "webhook", "events": ["prize_won"], "status": "active",
                 "config": {"url": "%s", "hmac_secret": "redeeming-secret"}}""".formatted(
                        platform.worker().base().resolve("/dev/webhooks/redeeming?secret=redeeming-secret")));
    }

    @Test
    void points_are_exchanged_for_a_prize() throws Exception {
        String coffee = created("prizes", "prize_id", """
                {"name": "Coffee", "type": "voucher", "value": 300, "stock": {"total": 1},
                 "fulfillment": {"redemption_mode": "exchange", "channel": "voucher_code"}}""");
        admin.post("/api/v1/admin/prizes/%s/codes".formatted(coffee), "{\"codes\": [\"COFFEE-1\"]}");
        String cafe = wheel("camp_cafe", "spend_exchange", false, coffee);
        play(cafe, "ada");
        play(cafe, "ada");

        Answer answer = redeem(cafe, "ada");

        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        assertThat(answer.data().path("redeemed").asBoolean()).isTrue();
        assertThat(answer.data().path("spent").path("points").asLong()).isEqualTo(25);
        assertThat(answer.data().path("balances").path("points").asLong()).isEqualTo(25);
        JsonNode reward = answer.data().path("reward");
        assertThat(text(reward, "code")).isEqualTo("COFFEE-1");
        assertThat(balance("ada", "camp_cafe")).isEqualTo(25);
        assertThat(rewards("ada")).contains(text(reward, "reward_id"));
        Answer told = player("ada").get("/api/v1/redemptions/" + text(answer.data(), "redemption_id"));
        assertThat(text(told.data(), "status")).isEqualTo("granted");
        assertThat(text(told.data().path("reward"), "code")).isEqualTo("COFFEE-1");
        assertThat(player("grace")
                        .get("/api/v1/redemptions/" + text(answer.data(), "redemption_id"))
                        .reason())
                .isEqualTo("RESOURCE_NOT_FOUND");
        Answer second = redeem(cafe, "ada");
        assertThat(second.reason()).isEqualTo("PRIZE_OUT_OF_STOCK");
        assertThat(second.status()).isEqualTo(409);
        RewardGranted fact = eventually(() -> granted(text(reward, "reward_id")), found -> !found.isEmpty())
                .getFirst();
        assertThat(fact.getCauseId()).isEqualTo(text(answer.data(), "redemption_id"));
        eventually(() -> webhooksNaming(text(reward, "reward_id")), webhooks -> webhooks == 1);
    }

    @Test
    void of_50_spends_of_a_balance_for_one_one_is_accepted() throws Exception {
        play(shop, "linus");

        List<Answer> answers = atOnce(() -> redeem(shop, "linus"));

        var ends = new ArrayList<String>();
        for (Answer answer : answers) {
            ends.add(end("linus", answer));
        }
        assertThat(ends).filteredOn("granted"::equals).hasSize(1);
        assertThat(ends).filteredOn("INSUFFICIENT_BALANCE"::equals).hasSize(CROWD - 1);
        assertThat(balance("linus", "camp_shop")).isZero();
        assertThat(rewards("linus")).hasSize(1 + 1);
    }

    /** What became of it; who was told to ask again does so. */
    private String end(String player, Answer answer) throws Exception {
        if (answer.status() != 202) {
            return answer.status() == 200 ? "granted" : answer.reason();
        }
        String redemption = "/api/v1/redemptions/" + text(answer.data(), "redemption_id");
        Answer told = eventually(
                () -> player(player).get(redemption),
                asked -> !text(asked.data(), "status").equals("pending"));
        return text(told.data(), "status").equals("granted") ? "granted" : text(told.data(), "reason");
    }

    @Test
    void of_50_requests_for_what_can_be_had_once_one_gets_it() throws Exception {
        play(club, "hedy");

        List<Answer> answers = atOnce(() -> redeem(club, "hedy"));

        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 200)
                .hasSize(CROWD - 1)
                .allSatisfy(answer -> {
                    assertThat(answer.reason()).as("%s", answer.body()).isEqualTo("ALREADY_EXISTS");
                    assertThat(answer.status()).isEqualTo(409);
                });
        assertThat(redeem(club, "hedy").reason()).isEqualTo("ALREADY_EXISTS");
        assertThat(rewards("hedy")).hasSize(1 + 1);
        assertThat(balance("hedy", "camp_club")).isEqualTo(25);
        assertThat(milestone(club, "hedy")).isEqualTo("granted 25/25");
    }

    @Test
    void what_is_not_reached_yet_is_refused_and_left_as_it_was() throws Exception {
        assertThat(milestone(club, "margaret")).isEqualTo("locked 0/25");

        List<Answer> answers = atOnce(() -> redeem(club, "margaret"));

        assertThat(answers)
                .allSatisfy(answer ->
                        assertThat(answer.reason()).as("%s", answer.body()).isEqualTo("INSUFFICIENT_BALANCE"));
        play(club, "margaret");
        assertThat(milestone(club, "margaret")).isEqualTo("unlocked 25/25");
        assertThat(redeem(club, "margaret").status()).isEqualTo(200);
    }

    @Test
    void the_same_request_under_the_same_key_pays_once() throws Exception {
        play(shop, "barbara");
        play(shop, "barbara");
        Web barbara =
                player("barbara").with("Idempotency-Key", UUID.randomUUID().toString());
        String path = "/api/v1/games/%s/redeem".formatted(shop);

        List<Answer> answers = atOnce(() -> barbara.post(path, "{\"milestone_id\": \"gold\"}"));
        Answer other = barbara.post(path, "{\"milestone_id\": \"silver\"}");

        assertThat(answers)
                .allSatisfy(answer ->
                        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200));
        assertThat(answers.stream()
                        .map(answer -> text(answer.data(), "redemption_id"))
                        .distinct())
                .hasSize(1);
        assertThat(other.reason()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
        assertThat(balance("barbara", "camp_shop")).isEqualTo(25);
    }

    @Test
    void what_is_reached_is_granted_unasked_where_the_game_says_so() throws Exception {
        String patron = wheel("camp_patron", "cumulative_unlock", true, mug);
        eventually(System::currentTimeMillis, now -> now >= platform.topics().milestonesCountFrom(patron));

        play(patron, "katherine");

        eventually(() -> milestone(patron, "katherine"), "granted 25/25"::equals);
        assertThat(rewards("katherine")).hasSize(1 + 1);
        Answer late = redeem(patron, "katherine");
        assertThat(late.reason()).isEqualTo("ALREADY_EXISTS");
    }

    @Test
    void points_that_go_round_a_ring_unlock_nothing() throws Exception {
        String guild = wheel("camp_ring", "cumulative_unlock", false, mug);
        String patron = wheel("camp_ring", "cumulative_unlock", true, mug);
        eventually(System::currentTimeMillis, now -> now >= platform.topics().milestonesCountFrom(patron));
        Answer terms = admin.put("/api/v1/admin/wallets/terms", """
                {"conversions": [], "transfers": [{"currency": "points", "max_amount": 20, "max_per_day": 100}]}""");
        assertThat(terms.status()).as("%s", terms.body()).isEqualTo(200);
        List<String> ring =
                IntStream.range(0, 4).mapToObj(place -> "ring" + place).toList();
        for (String player : ring) {
            give(player, "camp_ring", 20);
        }

        for (int round = 0; round < 3; round++) {
            for (int place = 0; place < ring.size(); place++) {
                send(ring.get(place), ring.get((place + 1) % ring.size()), "camp_ring", 20);
            }
        }

        for (String player : ring) {
            assertThat(balance(player, "camp_ring")).isEqualTo(20);
            assertThat(milestone(guild, player)).isEqualTo("locked 20/25");
            assertThat(milestone(patron, player)).isEqualTo("locked 20/25");
            assertThat(redeem(guild, player).reason()).isEqualTo("INSUFFICIENT_BALANCE");
        }
        play(guild, ring.getFirst());
        eventually(() -> milestone(patron, ring.getFirst()), "granted 25/25"::equals);
        assertThat(milestone(guild, ring.getFirst())).isEqualTo("unlocked 25/25");
        for (String player : ring.subList(1, ring.size())) {
            assertThat(rewards(player)).isEmpty();
        }
    }

    @Test
    void what_is_earned_and_gone_is_told_to_operators_and_can_be_redeemed_later() throws Exception {
        String rare = created("prizes", "prize_id", """
                {"name": "Rare", "type": "physical", "value": 900, "stock": {"total": 0}}""");
        String patron = wheel("camp_rare", "cumulative_unlock", true, rare);
        eventually(System::currentTimeMillis, now -> now >= platform.topics().milestonesCountFrom(patron));

        play(patron, "mary");

        JsonNode unawarded =
                eventually(this::unawarded, items -> !items.isEmpty()).getFirst();
        assertThat(text(unawarded, "player_id")).isEqualTo("mary");
        assertThat(text(unawarded, "reason")).isEqualTo("out_of_stock");
        assertThat(redeem(patron, "mary").reason()).isEqualTo("PRIZE_OUT_OF_STOCK");
        admin.post("/api/v1/admin/prizes/%s/stock".formatted(rare), "{\"delta\": 1, \"reason\": \"found one\"}");
        assertThat(redeem(patron, "mary").status()).isEqualTo(200);
        assertThat(unawarded()).isEmpty();
    }

    private List<JsonNode> unawarded() throws Exception {
        return admin.get("/api/v1/admin/awards/unawarded")
                .data()
                .path("items")
                .valueStream()
                .toList();
    }

    private List<RewardGranted> granted(String reward) {
        return platform.topics().records(Topics.REWARDS).stream()
                .map(ConsumerRecord::value)
                .filter(RewardGranted.class::isInstance)
                .map(RewardGranted.class::cast)
                .filter(fact -> fact.getRewardId().equals(reward))
                .toList();
    }

    private long webhooksNaming(String reward) throws Exception {
        return platform.worker()
                .get("/dev/webhooks")
                .data()
                .path("items")
                .valueStream()
                .filter(webhook -> text(webhook, "body").contains(reward)
                        && text(webhook, "signature").equals("valid"))
                .count();
    }

    /** A wheel that always wins 25 points, with one milestone at 25. */
    private String wheel(String campaign, String mode, boolean autoGrant, String prize) throws Exception {
        return created("games", "game_id", """
                {"name": "Wheel", "type": "spin_wheel", "campaign_id": "%s", "status": "active",
                 "handler_config": {"prizes": [{"prize_id": "%s", "probability": 1, "slot_index": 3}]},
                 "milestones": {"currency": "points", "mode": "%s", "auto_grant": %s,
                  "milestones": [{"milestone_id": "gold", "threshold": 25, "prize_id": "%s"}]}}""".formatted(campaign, points, mode, autoGrant, prize));
    }

    private void play(String game, String player) throws Exception {
        String session = player(player)
                .post("/api/v1/games/" + game + "/start", "{}")
                .data()
                .path("session_id")
                .asString();
        Answer play = player(player)
                .post(
                        "/api/v1/games/" + game + "/play",
                        "{\"session_id\": \"%s\", \"payload\": {}}".formatted(session));
        assertThat(play.status()).as("%s", play.body()).isEqualTo(200);
    }

    private void give(String player, String scope, long amount) throws Exception {
        Answer given = admin.post("/api/v1/admin/wallets/adjust", """
                {"player_id": "%s", "scope_key": "%s", "currency": "points", "delta": %d, "reason": "for a test"}""".formatted(player, scope, amount));
        assertThat(given.status()).as("%s", given.body()).isEqualTo(200);
    }

    /** Returns when the other one has it. */
    private void send(String from, String to, String scope, long amount) throws Exception {
        Answer sent = player(from)
                .with("Idempotency-Key", UUID.randomUUID().toString())
                .post("/api/v1/wallet/transfer", """
                        {"scope_key": "%s", "to_player_id": "%s", "currency": "points", "amount": %d}""".formatted(scope, to, amount));
        assertThat(sent.status()).as("%s", sent.body()).isEqualTo(200);
        String transfer = "/api/v1/wallet/transfers/" + text(sent.data(), "transfer_id");
        eventually(
                () -> player(from).get(transfer),
                asked -> text(asked.data(), "status").equals("completed"));
    }

    private Answer redeem(String game, String player) throws Exception {
        return player(player).post("/api/v1/games/%s/redeem".formatted(game), "{\"milestone_id\": \"gold\"}");
    }

    private static List<Answer> atOnce(Callable<Answer> call) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads
                    .invokeAll(IntStream.range(0, CROWD).mapToObj(_ -> call).toList())
                    .stream()
                    .map(Future::resultNow)
                    .toList();
        }
    }

    private String milestone(String game, String player) throws Exception {
        Answer answer = player(player).get("/api/v1/games/%s/milestones".formatted(game));
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        JsonNode gold = answer.data().path("milestones").path(0);
        return "%s %d/%d"
                .formatted(
                        text(gold, "status"),
                        gold.path("progress").asLong(),
                        gold.path("threshold").asLong());
    }

    private List<String> rewards(String player) throws Exception {
        Stream<JsonNode> items = player(player)
                .get("/api/v1/rewards/me?limit=100")
                .data()
                .path("items")
                .valueStream();
        return items.map(item -> text(item, "reward_id")).toList();
    }

    private long balance(String player, String scope) throws Exception {
        Answer wallet = player(player).get("/api/v1/wallet?scope_key=" + scope);
        assertThat(wallet.data().path("freshness").path("fresh").asBoolean())
                .as("%s", wallet.body())
                .isTrue();
        return wallet.data()
                .path("balances")
                .valueStream()
                .filter(balance -> text(balance, "currency").equals("points"))
                .mapToLong(balance -> balance.path("balance").asLong())
                .sum();
    }

    private Web player(String player) {
        return platform.api().player(TENANT, player);
    }

    private String created(String kind, String id, String body) throws Exception {
        Answer answer = admin.post("/api/v1/admin/" + kind, body);
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
        return text(answer.data(), id);
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString();
    }
}
