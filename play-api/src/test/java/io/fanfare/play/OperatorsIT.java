package io.fanfare.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.edge.HttpProbe.Answer;
import io.fanfare.play.RunningApi.Tenant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What operators configure comes back as it was sent, and what makes no sense is refused by its field. */
class OperatorsIT {

    private final RunningApi api = RunningApi.shared();
    private final Tenant acme = api.newTenant();

    @Test
    void a_prize_comes_back_as_it_was_sent() {
        Answer created = acme.asAdmin("POST", "/admin/prizes", """
                {"name": "Mug", "type": "voucher", "image": "https://x.example/mug.png", "value": 900, "stock": {"total": 7},
                 "constraints": {"max_per_user": 2, "max_per_day": 1}, "fulfillment": {"method": "code"}}""");
        String id = created.data().path("prize_id").stringValue();
        Answer read = acme.asAdmin("GET", "/admin/prizes/" + id, "");

        assertThat(created.status()).as(created.raw().body()).isEqualTo(201);
        assertThat(id).startsWith("prize_");
        assertThat(read.data()).isEqualTo(created.data());
        assertThat(read.data().path("stock").toString()).isEqualTo("{\"total\":7,\"remaining\":7}");
        assertThat(read.data().path("award_constraints").toString())
                .isEqualTo("{\"max_per_user\":2,\"max_per_day\":1}");
        assertThat(read.data().path("fulfillment").path("channel").stringValue())
                .isEqualTo("voucher_code");
    }

    @Test
    void stock_goes_up_and_down_but_never_below_zero() {
        String id = acme.create(
                "/admin/prizes", "{\"name\": \"Mug\", \"type\": \"voucher\", \"stock\": {\"total\": 7}}", "prize_id");
        String path = "/admin/prizes/%s/stock".formatted(id);

        Answer more = acme.asAdmin("POST", path, "{\"delta\": 3, \"reason\": \"delivery\"}");
        Answer less = acme.asAdmin("POST", path, "{\"delta\": -4, \"reason\": \"broken\"}");
        Answer tooMuch = acme.asAdmin("POST", path, "{\"delta\": -7, \"reason\": \"broken\"}");
        Answer withoutReason = acme.asAdmin("POST", path, "{\"delta\": 1}");

        assertThat(more.data().path("stock").toString()).isEqualTo("{\"total\":10,\"remaining\":10}");
        assertThat(less.data().path("stock").toString()).isEqualTo("{\"total\":6,\"remaining\":6}");
        assertThat(tooMuch.violation()).isEqualTo("delta: is -7, but only 6 units are left");
        assertThat(withoutReason.violation()).isEqualTo("reason: is missing");
        assertThat(acme.asAdmin("POST", "/admin/prizes/prize_none/stock", "{\"delta\": 1, \"reason\": \"r\"}")
                        .status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"type": "voucher"}                                                                        | name: is missing
            {"name": "x"}                                                                              | type: is missing, expected one of voucher, physical, points, lucky_item, none
            {"name": "x", "type": "car"}                                                               | type: is 'car', expected one of voucher, physical, points, lucky_item, none
            {"name": "x", "type": "points", "value": -1}                                               | value: is -1, expected 0 to 1000000000000
            {"name": "a gold coin", "type": "lucky_item"} | name: is 'a gold coin', the item's name is its currency: letters, digits, '_', '-' or '.'
            {"name": "x", "type": "voucher", "stock": {"total": -1}}                                   | stock.total: is -1, expected 0 to 1000000000000
            {"name": "x", "type": "voucher", "stock": {"totl": 1}}                                     | stock.totl: is not known
            {"name": "x", "type": "points", "fulfillment": {"channel": "voucher_code"}}                | fulfillment.channel: is voucher_code, but points are credited
            {"name": "x", "type": "voucher", "fulfillment": {"channel": "pigeon"}}                     | fulfillment.channel: is 'pigeon', expected one of none, voucher_code, sms, zns, email, points_credit, physical_shipping, crm_sync, ecommerce, external_workflow
            {"name": "x", "type": "points", "fulfillment": {"channel": "email"}}                       | fulfillment.channel: is email, but points are credited
            {"name": "x", "type": "voucher", "fulfillment": {"channel_config": {"a": 1}}}              | fulfillment.channel_config: is not empty, but channel none sends nothing
            {"name": "x", "type": "voucher", "fulfillment": {"channel": "email", "channel_config": []}} | fulfillment.channel_config: should be an object
            {"name": "x", "type": "voucher", "fulfillment": {"channel": "external_workflow", "channel_config": {"hmac_secret": "s"}}} | fulfillment.channel_config.hmac_secret: is a secret, and every revision of a prize can be read; hmac_secret_ref names one
            {"name": "x", "type": "voucher", "fulfillment": {"channel": "external_workflow", "channel_config": {"webhook_url": "file:///etc"}}} | fulfillment.channel_config.webhook_url: is 'file:///etc', expected http://… or https://…
            {"name": "x", "type": "voucher", "fulfillment": {"channel": "external_workflow", "channel_config": {"url": "https://x.example"}}} | fulfillment.channel_config.url: is not known
            {"name": "x", "type": "voucher", "fulfillment": {"channel": "external_workflow", "channel_config": {"hmac_secret_ref": 5}}} | fulfillment.channel_config.hmac_secret_ref: should be text
            {"name": "x", "type": "voucher", "fulfillment": {"retry": {"max_attempts": 0}}}            | fulfillment.retry.max_attempts: is 0, expected 1 to 20
            {"name": "x", "type": "voucher", "fulfillment": {"retry": {"backoff": "never"}}}           | fulfillment.retry.backoff: is 'never', expected one of exponential, fixed
            {"name": "x", "type": "voucher", "fulfillment": {"retry": {"delay": 5}}}                   | fulfillment.retry.delay: is not known
            {"name": "x", "type": "voucher", "fulfillment": {"notification": [""]}}                    | fulfillment.notification[0]: is missing
            {"name": "x", "type": "voucher", "metadata": "red"}                                        | metadata: should be an object
            {"name": "x", "type": "voucher", "sku": "red"}                                             | sku: is not known
            """)
    void a_prize_that_makes_no_sense_is_refused_by_its_field(String body, String violation) {
        Answer answer = acme.asAdmin("POST", "/admin/prizes", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.violation()).isEqualTo(violation);
    }

    @Test
    void a_prize_keeps_how_it_is_handed_out_and_what_is_said_of_it() {
        String fulfillment = """
                {"redemption_mode":"instant","channel":"external_workflow",\
                "channel_config":{"webhook_url":"https://n8n.example/hook","hmac_secret_ref":"n8n"},\
                "retry":{"max_attempts":3,"backoff":"fixed"},"notification":["email"],"valid_for_seconds":60}""";
        String metadata = "{\"sku\":\"M-17\",\"shelf\":{\"row\":4}}";

        Answer created = acme.asAdmin("POST", "/admin/prizes", """
                {"name": "Mug", "type": "physical", "fulfillment": %s, "metadata": %s}""".formatted(fulfillment, metadata));
        String id = created.data().path("prize_id").stringValue();
        JsonNode read = acme.asAdmin("GET", "/admin/prizes/" + id, "").data();
        JsonNode replaced = acme.asAdmin("PUT", "/admin/prizes/" + id, "{\"name\": \"Mug\", \"type\": \"physical\"}")
                .data();

        assertThat(created.status()).as(created.raw().body()).isEqualTo(201);
        assertThat(read).isEqualTo(created.data());
        assertThat(read.path("fulfillment").toString()).isEqualTo(fulfillment);
        assertThat(read.path("metadata").toString()).isEqualTo(metadata);
        assertThat(replaced.path("metadata").toString()).isEqualTo("{}");
        assertThat(replaced.path("fulfillment").toString())
                .isEqualTo("{\"redemption_mode\":\"on_claim\",\"channel\":\"none\"}");
    }

    @ParameterizedTest
    @CsvSource({"email,won", "physical_shipping,won", "none,fulfilled"})
    void what_is_still_to_be_sent_is_not_fulfilled_by_the_winning(String channel, String status) {
        String prize = acme.create("/admin/prizes", """
                {"name": "Mug", "type": "physical",
                 "fulfillment": {"redemption_mode": "instant", "channel": "%s"}}""".formatted(channel), "prize_id");
        String game = acme.wheelOf(prize, "{}");

        acme.play("ada", game, acme.startedBy("ada", game));

        assertThat(acme.asPlayer("ada", "GET", "/rewards/me", "")
                        .data()
                        .path("items")
                        .path(0)
                        .path("status")
                        .stringValue())
                .isEqualTo(status);
    }

    @Test
    void codes_are_taken_for_prizes_that_are_handed_out_with_codes() {
        String mug = acme.create("/admin/prizes", "{\"name\": \"Mug\", \"type\": \"voucher\"}", "prize_id");

        Answer imported = acme.asAdmin("POST", "/admin/prizes/%s/codes".formatted(mug), "{\"codes\": [\"A\"]}");

        assertThat(imported.status()).isEqualTo(400);
        assertThat(imported.violation())
                .isEqualTo("codes: are for a prize whose fulfillment.channel is voucher_code, and %s has another"
                        .formatted(mug));
        assertThat(acme.asAdmin("GET", "/admin/prizes/summary", "")
                        .data()
                        .path("items")
                        .path(0)
                        .path("codes_available")
                        .longValue())
                .isZero();
    }

    @Test
    void the_summary_says_how_each_prize_is_doing() {
        String mug = acme.create("/admin/prizes", """
                {"name": "Mug", "type": "voucher", "stock": {"total": 5},
                 "fulfillment": {"channel": "voucher_code"}}""", "prize_id");
        acme.asAdmin("POST", "/admin/prizes/%s/codes".formatted(mug), "{\"codes\": [\"A\", \"B\", \"C\"]}");
        String points = acme.pointsPrize(50);
        String game = acme.wheelOf(mug, "{}");
        acme.play("ada", game, acme.startedBy("ada", game));

        Answer summary = acme.asAdmin("GET", "/admin/prizes/summary", "");
        Answer first = acme.asAdmin("GET", "/admin/prizes/summary?limit=1", "");

        assertThat(summary.data().path("items").toString()).isEqualTo("""
                        [{"prize_id":"%s","name":"points","total":null,"remaining":null,"awarded":0,"codes_available":0},\
                        {"prize_id":"%s","name":"Mug","total":5,"remaining":4,"awarded":1,"codes_available":2}]""".formatted(points, mug));
        assertThat(first.data().path("items")).hasSize(1);
        assertThat(first.data().path("pagination").path("has_more").booleanValue())
                .isTrue();
    }

    @Test
    void a_prize_is_replaced_and_won_as_it_is_now_from_the_stock_that_there_was() {
        String prize = acme.create("/admin/prizes", """
                {"name": "Mug", "type": "physical", "value": 500, "stock": {"total": 3}}""", "prize_id");
        String game = acme.wheelOf(prize, "{}");
        acme.play("ada", game, acme.startedBy("ada", game));

        Answer replaced = acme.asAdmin("PUT", "/admin/prizes/" + prize, """
                {"name": "Blue mug", "type": "physical", "value": 700, "stock": {"total": 3}}""");
        Answer played = acme.play("grace", game, acme.startedBy("grace", game));

        assertThat(replaced.status()).as(replaced.raw().body()).isEqualTo(200);
        assertThat(replaced.data().path("revision").longValue()).isEqualTo(2);
        assertThat(replaced.data().path("stock").toString()).isEqualTo("{\"total\":3,\"remaining\":2}");
        assertThat(played.data().path("rewards").path(0).path("name").stringValue())
                .isEqualTo("Blue mug");
        assertThat(played.data().path("rewards").path(0).path("value").longValue())
                .isEqualTo(700);
    }

    @Test
    void a_replacement_does_not_change_the_stock_and_says_so() {
        String prize = acme.create("/admin/prizes", """
                {"name": "Mug", "type": "physical", "stock": {"total": 3}}""", "prize_id");

        Answer more = acme.asAdmin("PUT", "/admin/prizes/" + prize, """
                {"name": "Mug", "type": "physical", "stock": {"total": 4}}""");
        Answer unknown = acme.asAdmin("PUT", "/admin/prizes/prize_none", """
                {"name": "Mug", "type": "physical"}""");

        assertThat(more.violation())
                .isEqualTo("stock.total: is not what it was; POST /admin/prizes/{id}/stock changes it");
        assertThat(unknown.reason()).isEqualTo("RESOURCE_NOT_FOUND");
    }

    @Test
    void a_game_comes_back_as_it_was_sent_and_its_replacement_is_a_new_revision() {
        String prize = acme.pointsPrize(50);
        String body = """
                {"name": "Wheel", "type": "spin_wheel", "campaign_id": "camp_1", "status": "active", "wallet_scope": "tenant",
                 "rules": {"max_plays_per_user": 9, "max_plays_per_day": 3, "require_login": true, "start_date": 1700000000,
                 "end_date": 1900000000}, "ui": {"colour": "red"}, "on_unavailable": "fail",
                 "handler_config": {"prizes": [{"prize_id": "%s", "probability": 0.5}, {"prize_id": "", "probability": 0.5}]}}""".formatted(prize);
        Answer created = acme.asAdmin("POST", "/admin/games", body);
        String id = created.data().path("game_id").stringValue();
        Answer replaced = acme.asAdmin("PUT", "/admin/games/" + id, body.replace("\"active\"", "\"paused\""));
        Answer read = acme.asAdmin("GET", "/admin/games/" + id, "");

        assertThat(created.status()).as(created.raw().body()).isEqualTo(201);
        JsonNode game = created.data();
        assertThat(game.path("seed_generator").stringValue()).isEqualTo("none");
        assertThat(game.path("reward_handler").stringValue()).isEqualTo("probability");
        assertThat(game.path("validator").stringValue()).isEqualTo("basic");
        assertThat(game.path("rules").toString())
                .isEqualTo("{\"max_plays_per_user\":9,\"max_plays_per_day\":3,\"require_login\":true,"
                        + "\"start_date\":1700000000,\"end_date\":1900000000,\"use_turns\":false}");
        assertThat(game.path("handler_config").path("prizes").path(0).toString())
                .isEqualTo("{\"prize_id\":\"%s\",\"probability\":0.5}".formatted(prize));
        assertThat(game.path("revision").longValue()).isEqualTo(1);
        assertThat(replaced.data().path("revision").longValue()).isEqualTo(2);
        assertThat(read.data()).isEqualTo(replaced.data());
        assertThat(read.data().path("status").stringValue()).isEqualTo("paused");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"type": "spin_wheel", "handler_config": {"prizes": [{"probability": 1}]}}                        | name: is missing
            {"name": "x", "type": "spin_wheel"}                                                               | handler_config.prizes: is missing
            {"name": "x", "type": "spin_wheel", "handler_config": {"prizes": [{"probability": -1}]}}          | handler_config.prizes[0].probability: is -1, expected 0 or more
            {"name": "x", "type": "spin_wheel", "handler_config": {"prizes": [{"probability": 1, "p": 1}]}}   | handler_config.prizes[0].p: is not known
            {"name": "x", "type": "spin_wheel", "handler_config": {"prizes": [{"prize_id": "prize_x", "probability": 1}]}} | handler_config: awards prize prize_x, which does not exist
            {"name": "x", "type": "tombola"}                                                                  | reward_handler: is missing
            {"name": "x", "type": "tombola", "reward_handler": "oracle"}                                      | reward_handler: is 'oracle', expected one of collect_items, lucky_item, probability, quiz, random_pick, score_to_tier
            {"name": "x", "type": "spin_wheel", "status": "dead"}                                             | status: is 'dead', expected one of draft, active, paused, ended
            {"name": "x", "type": "spin_wheel", "rules": {"max_plays_per_day": -1}}                           | rules.max_plays_per_day: is -1, expected 0 to 2147483647
            {"name": "x", "type": "spin_wheel", "rules": {"start_date": 5, "end_date": 5}}                    | rules.end_date: is not after rules.start_date
            {"name": "x", "type": "spin_wheel", "handler_config": []}                                         | handler_config: should be an object
            {"name": "x", "type": "spin_wheel", "on_unavailable": "fallback_prize", "handler_config": {"prizes": [{"probability": 1}]}} | handler_config.fallback_prize_id: is missing, and on_unavailable is fallback_prize
            {"name": "x", "type": "spin_wheel", "rules": {"use_turns": true}, "handler_config": {"prizes": [{"probability": 1}]}} | rules.use_turns: is true, but turns are those of a campaign, and campaign_id is missing
            {"name": "x", "type": "spin_wheel", "validator_config": {"level": "strict"}, "handler_config": {"prizes": [{"probability": 1}]}} | validator_config.level: is strict, but validator 'basic' knows no replays
            """)
    void a_game_that_makes_no_sense_is_refused_by_its_field(String body, String violation) {
        Answer answer = acme.asAdmin("POST", "/admin/games", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.violation()).isEqualTo(violation);
    }

    @Test
    void a_leaderboard_says_from_when_on_it_counts() {
        Answer created = acme.asAdmin(
                "POST",
                "/admin/leaderboards",
                "{\"name\": \"Most\", \"metric\": \"total_plays\", \"campaign_id\": \"camp_1\"}");
        String id = created.data().path("leaderboard_id").stringValue();

        assertThat(created.status()).as(created.raw().body()).isEqualTo(201);
        assertThat(id).startsWith("board_");
        assertThat(created.data().path("tie_rule").stringValue()).isEqualTo("unique");
        assertThat(created.data().path("effective_at").longValue())
                .isGreaterThanOrEqualTo(created.data().path("created_at").longValue() + 5);
        assertThat(acme.asAdmin("GET", "/admin/leaderboards/" + id, "").data()).isEqualTo(created.data());
        assertThat(acme.asAdmin("POST", "/admin/leaderboards", "{\"name\": \"x\", \"metric\": \"luck\"}")
                        .violation())
                .isEqualTo("metric: is 'luck', expected one of total_plays, total_score, high_score");
    }

    @Test
    void an_integration_comes_back_without_its_secret() {
        Answer created = acme.asAdmin("POST", "/admin/integrations", """
                {"type": "webhook", "events": ["play_completed", "prize_won"], "campaign_id": "camp_1",
                 "config": {"url": "http://127.0.0.1:8084/hook", "hmac_secret": "a-very-secret-secret"}}""");
        String id = created.data().path("integration_id").stringValue();
        Answer read = acme.asAdmin("GET", "/admin/integrations/" + id, "");

        assertThat(created.status()).as(created.raw().body()).isEqualTo(201);
        assertThat(read.data()).isEqualTo(created.data());
        assertThat(read.data().path("status").stringValue()).isEqualTo("active");
        assertThat(read.raw().body()).doesNotContain("a-very-secret-secret");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"events": ["prize_won"], "config": {"url": "http://127.0.0.1/"}}                                       | type: is missing, expected one of webhook
            {"type": "webhook", "config": {"url": "http://127.0.0.1/"}}                                             | events: is missing or empty
            {"type": "webhook", "events": ["rain"], "config": {"url": "http://127.0.0.1/"}}                         | events[0]: is 'rain', expected one of play_completed, prize_won, prize_claimed, quest_completed, leaderboard_finalized
            {"type": "webhook", "events": ["prize_won"]}                                                            | config.url: is missing
            {"type": "webhook", "events": ["prize_won"], "config": {"url": "http://10.0.0.1/"}}                     | config.url: leads to 10.0.0.1, which is not a public address
            {"type": "webhook", "events": ["prize_won"], "config": {"url": "http://169.254.169.254/latest"}}        | config.url: leads to 169.254.169.254, which is not a public address
            {"type": "webhook", "events": ["prize_won"], "config": {"url": "http://127.0.0.1/", "hmac_secret": "s"}} | config.hmac_secret: is refused: webhook secret has 1 characters, expected 8 to 200
            """)
    void an_integration_that_makes_no_sense_is_refused_by_its_field(String body, String violation) {
        Answer answer = acme.asAdmin("POST", "/admin/integrations", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.violation()).isEqualTo(violation);
    }

    @ParameterizedTest
    @CsvSource({"prizes,prize_id", "games,game_id", "leaderboards,leaderboard_id", "integrations,integration_id"})
    void lists_come_in_pages_newest_first_and_hold_one_tenant_only(String kind, String idField) {
        String first = createAny(acme, kind, idField);
        String second = createAny(acme, kind, idField);
        createAny(api.newTenant(), kind, idField);

        Answer page = acme.asAdmin("GET", "/admin/%s?limit=1".formatted(kind), "");
        String cursor = page.data().path("pagination").path("next_cursor").stringValue();
        Answer rest = acme.asAdmin("GET", "/admin/%s?limit=1&cursor=%s".formatted(kind, cursor), "");
        Answer tooMany = acme.asAdmin("GET", "/admin/%s?limit=101".formatted(kind), "");
        Answer foreign = api.newTenant().asAdmin("GET", "/admin/%s/%s".formatted(kind, first), "");

        assertThat(page.data().path("items").path(0).path(idField).stringValue())
                .isEqualTo(second);
        assertThat(rest.data().path("items").path(0).path(idField).stringValue())
                .isEqualTo(first);
        assertThat(rest.data().path("pagination").path("has_more").booleanValue())
                .isFalse();
        assertThat(tooMany.reason()).isEqualTo("VALIDATION_FAILED");
        assertThat(foreign.reason()).isEqualTo("RESOURCE_NOT_FOUND");
    }

    private static String createAny(Tenant tenant, String kind, String idField) {
        String body = switch (kind) {
            case "prizes" -> "{\"name\": \"x\", \"type\": \"points\"}";
            case "games" -> """
                        {"name": "x", "type": "scratch_card", "handler_config": {"prizes": [{"probability": 1}]}}""";
            case "leaderboards" -> "{\"name\": \"x\", \"metric\": \"high_score\"}";
            default -> """
                        {"type": "webhook", "events": ["prize_won"], "config": {"url": "http://127.0.0.1/"}}""";
        };
        return tenant.create("/admin/" + kind, body, idField);
    }
}
