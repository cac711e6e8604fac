package io.fanfare.standalone;

import static io.fanfare.standalone.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.events.MilestoneReached;
import io.fanfare.events.WalletCommand;
import io.fanfare.events.WalletPosted;
import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.ConfluentRegistry;
import io.fanfare.standalone.Commands.Ended;
import io.fanfare.standalone.Web.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** {@code ./fanfare rebuild} on the real parts: whatever wallets have been through, nobody who looks at them can tell. */
@ExtendWith(RunningPlatform.Extension.class)
class WalletRebuildIT {

    private static final String TENANT = "rebuilt";
    private static final String SCOPE = "camp_rebuilt";
    private static final String ADAS_KEY = TENANT + "/ada";
    private static final List<String> PLAYERS = List.of("ada", "grace", "linus");

    private final RunningPlatform platform;
    private final Web admin;
    private final Web machine;
    private final Commands commands;

    WalletRebuildIT(RunningPlatform platform) {
        this.platform = platform;
        this.admin = platform.api().admin(TENANT);
        this.machine = platform.api().with("X-Tenant-Id", TENANT).with("X-Roles", "machine");
        this.commands = new Commands(List.of(
                "--url",
                platform.api().base().toString(),
                "--kafka",
                platform.bootstrap(),
                "--registry",
                platform.registry().toString()));
    }

    @Test
    void wallets_that_have_been_through_everything_are_the_same_after_a_rebuild_and_go_on() throws Exception {
        allow();
        String mug = created("prizes", "prize_id", """
                {"name": "Mug", "type": "physical", "value": 900, "stock": {"total": 1000}}""");
        String shop = wheel("spend_exchange", false, """
                {"milestone_id": "cup", "threshold": 25, "prize_id": "%s"}""".formatted(mug));
        String patron = wheel("cumulative_unlock", true, """
                {"milestone_id": "gold", "threshold": 500, "prize_id": "%1$s"},
                {"milestone_id": "platinum", "threshold": 2000, "prize_id": "%1$s"}""".formatted(mug));
        List<String> games = List.of(shop, patron);
        eventually(System::currentTimeMillis, now -> now >= platform.topics().milestonesCountFrom(patron));
        adjust("ada", 1_000);
        eventually(() -> milestones(patron, "ada"), "[granted, locked]"::equals);
        Web spender = withKey();
        Answer spent = spend(spender, 20);
        well(spent);
        goThroughEverything(shop);
        Map<String, Object> before = shown(games);
        List<String> rewardsBefore = rewards("ada");

        JsonNode begun = commands.run("rebuild wallets --no-wait --json").well().json();
        Ended followed = commands.run("rebuild wallets --patience 120").well();
        Map<String, Object> after = shown(games);
        Answer again = spend(spender, 20);
        List<ConsumerRecord<String, SpecificRecord>> toldOfTheFirst = resendTheFirstCommand();
        adjust("ada", 1_000);
        eventually(() -> milestones(patron, "ada"), "[granted, granted]"::equals);

        assertThat(begun.path("building").asInt(begun.path("live").asInt())).isGreaterThanOrEqualTo(2);
        assertThat(followed.out()).containsPattern("generation [0-9]+ of wallets is live");
        assertThat(after).isEqualTo(before);
        assertThat(again.body()).isEqualTo(spent.body());
        assertThat(toldOfTheFirst)
                .extracting(ConsumerRecord::value)
                .containsOnly(toldOfTheFirst.getFirst().value());
        assertThat(toldOfTheFirst)
                .extracting(record -> record.headers().lastHeader("fanfare-repeated") != null)
                .containsExactly(false, true);
        assertThat(milestonesTold()).containsExactly("gold", "platinum");
        assertThat(rewards("ada")).hasSize(rewardsBefore.size() + 1).containsAll(rewardsBefore);
    }

    @Test
    void only_wallets_can_be_rebuilt() {
        assertThat(commands.run("rebuild boards").code()).isEqualTo(2);
    }

    private void allow() throws Exception {
        Answer terms = admin.put("/api/v1/admin/wallets/terms", """
                {"conversions": [{"from_currency": "points", "to_currency": "coins", "rate_from": 100, "rate_to": 1}],
                 "transfers": [{"currency": "points", "max_amount": 100, "max_per_day": 1000}]}""");
        assertThat(terms.status()).as("%s", terms.body()).isEqualTo(200);
    }

    /** Ada's wallet has a thousand points and more. */
    private void goThroughEverything(String shop) throws Exception {
        hold(5, 1);
        long timedOut = System.currentTimeMillis() + 1_000;
        play(shop, "ada");
        credit("ada", 30, "\"expires_after_days\": 30");
        credit("ada", 40, "\"expires_after_days\": 60, \"expiry_rounding\": \"month\"");
        credit("linus", 70, "\"activates_on\": \"visit\", \"expires_after_days\": 90");
        long regretted = well(spend(withKey(), 50)).path("sequence").asLong();
        well(admin.post("/api/v1/admin/wallets/reverse", """
                {"player_id": "ada", "scope_key": "%s", "sequences": [%d], "reason": "regretted"}""".formatted(SCOPE, regretted)));
        well(withKey().post("/api/v1/wallets/holds/%s/post".formatted(hold(80, 3_600)), "{\"amount\": 25}"));
        well(withKey().post("/api/v1/wallets/holds/%s/void".formatted(hold(60, 3_600)), "{}"));
        hold(15, 3_600);
        well(keyed(player("ada"))
                .post("/api/v1/wallet/convert", "{\"scope_key\": \"%s\", \"amount\": 150}".formatted(SCOPE)));
        JsonNode sent = well(keyed(player("ada")).post("/api/v1/wallet/transfer", """
                {"scope_key": "%s", "to_player_id": "grace", "currency": "points", "amount": 90}""".formatted(SCOPE)));
        eventually(
                () -> player("ada").get("/api/v1/wallet/transfers/" + text(sent, "transfer_id")),
                asked -> text(asked.data(), "status").equals("completed"));
        eventually(System::currentTimeMillis, now -> now > timedOut);
        well(keyed(player("ada")).post("/api/v1/games/%s/redeem".formatted(shop), "{\"milestone_id\": \"cup\"}"));
    }

    /** All that can be seen of the wallets. */
    private Map<String, Object> shown(List<String> games) throws Exception {
        var shown = new TreeMap<String, Object>();
        for (String player : PLAYERS) {
            Answer wallet = player(player).get("/api/v1/wallet?scope_key=" + SCOPE);
            assertThat(wallet.data().at("/freshness/fresh").asBoolean())
                    .as("%s", wallet.body())
                    .isTrue();
            shown.put("balances of " + player, wallet.data().path("balances"));
            int pages = 0;
            for (JsonNode page : ledger(player)) {
                shown.put("ledger of %s, page %d".formatted(player, ++pages), page);
            }
            for (String game : games) {
                shown.put(
                        "milestones of %s in %s".formatted(player, game),
                        well(player(player).get("/api/v1/games/%s/milestones".formatted(game))));
            }
            shown.put("rewards of " + player, rewards(player));
        }
        shown.put("holds", well(admin.get("/api/v1/admin/wallets/holds")).path("items"));
        shown.put(
                "sheets", well(admin.get("/api/v1/admin/wallets/balance-sheet")).path("sheets"));
        return shown;
    }

    private List<JsonNode> ledger(String player) throws Exception {
        var pages = new ArrayList<JsonNode>();
        String cursor = "";
        do {
            JsonNode page =
                    well(player(player).get("/api/v1/wallet/ledger?scope_key=%s&limit=5%s".formatted(SCOPE, cursor)));
            pages.add(page.path("items"));
            cursor = "&cursor=" + page.at("/pagination/next_cursor").asString("");
            if (!page.at("/pagination/has_more").asBoolean()) {
                return pages;
            }
        } while (pages.size() < 100);
        throw new AssertionError("the ledger of %s has no end".formatted(player));
    }

    /** As the relay might, at any age; answers everything that was ever told of that command. */
    private List<ConsumerRecord<String, SpecificRecord>> resendTheFirstCommand() throws Exception {
        ConsumerRecord<String, WalletCommand> first = platform.topics().records(Topics.WALLET_COMMANDS).stream()
                .filter(record -> record.key().equals(ADAS_KEY))
                .findFirst()
                .orElseThrow();
        Map<String, Object> config = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, platform.bootstrap());
        var values = Topics.WALLET_COMMANDS.valueSerde(new ConfluentRegistry(platform.registry()));
        try (var producer = new KafkaProducer<>(config, new StringSerializer(), values.serializer())) {
            producer.send(new ProducerRecord<>(
                            first.topic(),
                            first.partition(),
                            first.timestamp(),
                            first.key(),
                            first.value(),
                            first.headers()))
                    .get();
        }
        return eventually(() -> told(first.value().getCommandId()), told -> told.size() > 1);
    }

    private List<ConsumerRecord<String, SpecificRecord>> told(String command) {
        return platform.topics().records(Topics.WALLET_ENTRIES).stream()
                .filter(record -> record.value() instanceof WalletPosted posted
                        && posted.getCommandId().equals(command))
                .toList();
    }

    private List<String> milestonesTold() {
        return platform.topics().records(Topics.MILESTONES).stream()
                .filter(record -> record.key().equals(ADAS_KEY))
                .map(ConsumerRecord::value)
                .map(MilestoneReached::getMilestoneId)
                .toList();
    }

    /** A wheel that always wins 25 points. */
    private String wheel(String mode, boolean autoGrant, String milestones) throws Exception {
        String points = created("prizes", "prize_id", """
                {"name": "25 points", "type": "points", "value": 25}""");
        return created("games", "game_id", """
                {"name": "Wheel", "type": "spin_wheel", "campaign_id": "%s", "status": "active",
                 "handler_config": {"prizes": [{"prize_id": "%s", "probability": 1, "slot_index": 3}]},
                 "milestones": {"currency": "points", "mode": "%s", "auto_grant": %s, "milestones": [%s]}}""".formatted(SCOPE, points, mode, autoGrant, milestones));
    }

    private void play(String game, String player) throws Exception {
        String session = text(well(player(player).post("/api/v1/games/%s/start".formatted(game), "{}")), "session_id");
        well(player(player)
                .post(
                        "/api/v1/games/%s/play".formatted(game),
                        "{\"session_id\": \"%s\", \"payload\": {}}".formatted(session)));
    }

    private void adjust(String player, long delta) throws Exception {
        well(admin.post("/api/v1/admin/wallets/adjust", """
                {"player_id": "%s", "scope_key": "%s", "currency": "points", "delta": %d, "reason": "for a test"}""".formatted(player, SCOPE, delta)));
    }

    private void credit(String player, long amount, String terms) throws Exception {
        well(withKey().post("/api/v1/wallets/credit", """
                {"player_id": "%s", "scope_key": "%s", "amounts": [{"currency": "points", "amount": %d}], %s}""".formatted(player, SCOPE, amount, terms)));
    }

    private Answer spend(Web spender, long amount) throws Exception {
        return spender.post("/api/v1/wallets/spend", """
                {"player_id": "ada", "scope_key": "%s", "amounts": [{"currency": "points", "amount": %d}]}""".formatted(SCOPE, amount));
    }

    private String hold(long amount, int seconds) throws Exception {
        return text(well(withKey().post("/api/v1/wallets/holds", """
                        {"player_id": "ada", "scope_key": "%s", "currency": "points", "amount": %d, "timeout": %d}""".formatted(SCOPE, amount, seconds))), "hold_id");
    }

    private String milestones(String game, String player) throws Exception {
        return well(player(player).get("/api/v1/games/%s/milestones".formatted(game)))
                .path("milestones")
                .valueStream()
                .map(milestone -> text(milestone, "status"))
                .toList()
                .toString();
    }

    private List<String> rewards(String player) throws Exception {
        return well(player(player).get("/api/v1/rewards/me?limit=100"))
                .path("items")
                .valueStream()
                .map(reward -> text(reward, "reward_id"))
                .toList();
    }

    private Web player(String player) {
        return platform.api().player(TENANT, player);
    }

    private Web withKey() {
        return keyed(machine);
    }

    private static Web keyed(Web web) {
        return web.with("Idempotency-Key", UUID.randomUUID().toString());
    }

    private String created(String kind, String id, String body) throws Exception {
        Answer answer = admin.post("/api/v1/admin/" + kind, body);
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
        return text(answer.data(), id);
    }

    private static JsonNode well(Answer answer) {
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        return answer.data();
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString();
    }
}
