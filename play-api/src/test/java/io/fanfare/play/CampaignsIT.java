package io.fanfare.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fanfare.edge.HttpProbe.Answer;
import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.play.RunningApi.Tenant;
import io.fanfare.store.campaign.CampaignDefinition;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Campaigns as operators configure them, and as anybody sees them. */
class CampaignsIT {

    private final RunningApi api = RunningApi.shared();
    private final Tenant acme = api.newTenant();

    @Test
    void a_campaign_comes_back_as_it_was_sent() {
        String game = acme.wheelOf(acme.pointsPrize(50), "{}");
        Answer created = acme.asAdmin("POST", "/admin/campaigns", """
                {"name": "Spring", "status": "active", "start_date": 1700000000, "end_date": 1900000000,
                 "channels": ["website_embed", "qr_code"], "games": ["%s"], "quests": ["quest_1"],
                 "settings": {"require_auth": true, "auth_methods": ["otp", "magic_link"], "collect_fields": ["email"],
                 "max_plays_per_user": 9, "max_plays_per_day": 3, "wallet_scope": "merchant"}, "budget": 250000,
                 "schedule": {"zone": "Europe/Berlin", "opening": [{"days": ["monday", "friday"], "from": "09:30",
                 "until": "00:00"}]}}""".formatted(game));
        JsonNode campaign = created.data();
        Answer read = acme.asAdmin(
                "GET", "/admin/campaigns/" + campaign.path("campaign_id").stringValue(), "");

        assertThat(created.status()).as(created.raw().body()).isEqualTo(201);
        assertThat(campaign.path("campaign_id").stringValue()).startsWith("camp_");
        assertThat(campaign.path("name").stringValue()).isEqualTo("Spring");
        assertThat(campaign.path("status").stringValue()).isEqualTo("active");
        assertThat(campaign.path("start_date").longValue()).isEqualTo(1_700_000_000);
        assertThat(campaign.path("end_date").longValue()).isEqualTo(1_900_000_000);
        assertThat(campaign.path("channels").toString()).isEqualTo("[\"website_embed\",\"qr_code\"]");
        assertThat(campaign.path("games").toString()).isEqualTo("[\"%s\"]".formatted(game));
        assertThat(campaign.path("quests").toString()).isEqualTo("[\"quest_1\"]");
        assertThat(campaign.path("settings").toString())
                .isEqualTo("{\"require_auth\":true,\"auth_methods\":[\"otp\",\"magic_link\"],"
                        + "\"collect_fields\":[\"email\"],\"max_plays_per_user\":9,\"max_plays_per_day\":3,"
                        + "\"wallet_scope\":\"merchant\"}");
        assertThat(campaign.path("budget").longValue()).isEqualTo(250_000);
        assertThat(campaign.path("schedule").toString())
                .isEqualTo("{\"zone\":\"Europe/Berlin\",\"opening\":[{\"days\":[\"monday\",\"friday\"],"
                        + "\"from\":\"09:30\",\"until\":\"00:00\"}]}");
        assertThat(campaign.path("revision").longValue()).isEqualTo(1);
        assertThat(read.data()).isEqualTo(campaign);
    }

    @Test
    void a_name_is_enough() {
        JsonNode campaign = acme.asAdmin("POST", "/admin/campaigns", "{\"name\": \"Spring\"}")
                .data();

        assertThat(campaign.path("status").stringValue()).isEqualTo("draft");
        assertThat(campaign.path("start_date").longValue()).isZero();
        assertThat(campaign.path("games").toString()).isEqualTo("[]");
        assertThat(campaign.path("settings").path("wallet_scope").stringValue()).isEqualTo("campaign");
    }

    @Test
    void a_replacement_is_a_new_revision() {
        String id =
                acme.create("/admin/campaigns", "{\"name\": \"Spring\", \"channels\": [\"chatbot\"]}", "campaign_id");

        Answer replaced =
                acme.asAdmin("PUT", "/admin/campaigns/" + id, "{\"name\": \"Summer\", \"status\": \"paused\"}");

        assertThat(replaced.status()).as(replaced.raw().body()).isEqualTo(200);
        assertThat(replaced.data().path("revision").longValue()).isEqualTo(2);
        assertThat(replaced.data().path("name").stringValue()).isEqualTo("Summer");
        assertThat(replaced.data().path("channels").toString()).isEqualTo("[]");
        assertThat(acme.asAdmin("GET", "/admin/campaigns/" + id, "").data()).isEqualTo(replaced.data());
    }

    @Test
    void a_merchants_campaign_is_the_merchants() {
        Answer created = api.http.post(
                "/api/v1/admin/campaigns",
                "{\"name\": \"Spring\"}",
                "Content-Type",
                "application/json",
                "X-Tenant-Id",
                acme.id,
                "X-Merchant-Id",
                "merch_1",
                "X-Roles",
                "designer");

        assertThat(created.data().path("merchant_id").stringValue()).isEqualTo("merch_1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"status": "active"}                                              | name: is missing
            {"name": "x", "status": "dead"}                                   | status: is 'dead', expected one of draft, active, paused, ended
            {"name": "x", "start_date": -1}                                   | start_date: is -1, expected 0 to 253402300799
            {"name": "x", "start_date": 5, "end_date": 5}                     | end_date: is not after start_date
            {"name": "x", "channels": ["qr_code", ""]}                        | channels[1]: is missing
            {"name": "x", "channels": ["qr_code", "qr_code"]}                 | channels[1]: is 'qr_code' again
            {"name": "x", "channels": "qr_code"}                              | channels: should be a list
            {"name": "x", "games": ["game_none"]}                             | games[0]: is game game_none, which does not exist
            {"name": "x", "games": [null]}                                    | games[0]: is missing
            {"name": "x", "quests": ["quest_1", "quest_1"]}                   | quests[1]: is 'quest_1' again
            {"name": "x", "budget": -5}                                       | budget: is -5, expected 0 to 1000000000000000
            {"name": "x", "reward": 5}                                        | reward: is not known
            {"name": "x", "schedule": {"zone": "Mars"}}                       | schedule.zone: is 'Mars', expected a zone such as Europe/Berlin
            {"name": "x", "schedule": {"opening": [{"days": [], "from": "08:00", "until": "09:00"}]}} | schedule.opening[0].days: is empty
            {"name": "x", "schedule": {"opening": [{"days": ["monday"], "from": "8", "until": "09:00"}]}} | schedule.opening[0].from: is '8', expected HH:MM
            {"name": "x", "schedule": {"opening": [{"days": ["friday"], "from": "09:00", "until": "09:00"}]}} | schedule.opening[0].until: is not after from
            {"name": "x", "settings": {"theme": "red"}}                       | settings.theme: is not known
            {"name": "x", "settings": {"auth_methods": ["otp", "oracle"]}}    | settings.auth_methods[1]: is 'oracle', expected one of otp, code, magic_link, social
            {"name": "x", "settings": {"collect_fields": [" "]}}              | settings.collect_fields[0]: is missing
            {"name": "x", "settings": {"max_plays_per_user": -1}}             | settings.max_plays_per_user: is -1, expected 0 to 2147483647
            {"name": "x", "settings": {"wallet_scope": "planet"}}             | settings.wallet_scope: is 'planet', expected one of campaign, merchant, tenant
            """)
    void a_campaign_that_makes_no_sense_is_refused_by_its_field(String body, String violation) {
        Answer answer = refusedOnCreation(body);

        assertThat(answer.violation()).isEqualTo(violation);
    }

    @Test
    void a_list_has_a_bound() {
        String many = IntStream.rangeClosed(1, 101)
                .mapToObj("\"quest_%d\""::formatted)
                .collect(Collectors.joining(","));

        Answer answer = refusedOnCreation("{\"name\": \"x\", \"quests\": [%s]}".formatted(many));

        assertThat(answer.violation()).isEqualTo("quests: has 101 items, expected at most 100");
    }

    @Test
    void a_game_of_another_tenant_does_not_exist() {
        Tenant globex = api.newTenant();
        String theirs = globex.wheelOf(globex.pointsPrize(1), "{}");

        Answer answer = refusedOnCreation("{\"name\": \"x\", \"games\": [\"%s\"]}".formatted(theirs));

        assertThat(answer.violation()).isEqualTo("games[0]: is game %s, which does not exist".formatted(theirs));
    }

    @Test
    void another_tenant_neither_sees_nor_changes_it() {
        String id = acme.create("/admin/campaigns", "{\"name\": \"Spring\"}", "campaign_id");
        Tenant globex = api.newTenant();

        Answer read = globex.asAdmin("GET", "/admin/campaigns/" + id, "");
        Answer replaced = globex.asAdmin("PUT", "/admin/campaigns/" + id, "{\"name\": \"Stolen\"}");
        Answer list = globex.asAdmin("GET", "/admin/campaigns", "");

        assertThat(read.reason()).isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(replaced.reason()).isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(list.data().path("items")).isEmpty();
    }

    @Test
    void lists_come_in_pages_newest_first() {
        String first = acme.create("/admin/campaigns", "{\"name\": \"Spring\"}", "campaign_id");
        String second = acme.create("/admin/campaigns", "{\"name\": \"Summer\"}", "campaign_id");

        JsonNode page = acme.asAdmin("GET", "/admin/campaigns?limit=1", "").data();
        String cursor = page.path("pagination").path("next_cursor").stringValue();
        JsonNode rest = acme.asAdmin("GET", "/admin/campaigns?limit=1&cursor=" + cursor, "")
                .data();

        assertThat(page.path("items")).hasSize(1);
        assertThat(page.path("items").path(0).path("campaign_id").stringValue()).isEqualTo(second);
        assertThat(rest.path("items").path(0).path("campaign_id").stringValue()).isEqualTo(first);
        assertThat(rest.path("pagination").path("has_more").booleanValue()).isFalse();
    }

    @Test
    void anybody_sees_the_public_side_by_the_id_alone() {
        String game = acme.wheelOf(acme.pointsPrize(50), "{}");
        String id = acme.create("/admin/campaigns", """
                {"name": "Spring", "status": "active", "games": ["%s"], "quests": ["quest_1"], "channels": ["chatbot"],
                 "settings": {"auth_methods": ["otp"]}}""".formatted(game), "campaign_id");

        Answer seen = api.http.get("/api/v1/public/campaigns/" + id);

        assertThat(seen.status()).as(seen.raw().body()).isEqualTo(200);
        assertThat(seen.data().toString()).isEqualTo("""
                        {"campaign_id":"%s","name":"Spring","status":"active","games":["%s"],"quests":["quest_1"],\
                        "settings":{"require_auth":false,"auth_methods":["otp"],"collect_fields":[],\
                        "max_plays_per_user":0,"max_plays_per_day":0,"wallet_scope":"campaign"}}""".formatted(id, game));
        assertThat(seen.raw().body()).doesNotContain(acme.id);
    }

    @Test
    void the_public_side_is_remembered_and_forgotten_where_it_changes() {
        String id = acme.create("/admin/campaigns", "{\"name\": \"Spring\"}", "campaign_id");
        Answer before = api.http.get("/api/v1/public/campaigns/" + id);
        api.jdbc
                .sql("update campaign_revision set name = 'Behind its back' where campaign_id = ?")
                .param(id)
                .update();

        Answer remembered = api.http.get("/api/v1/public/campaigns/" + id);
        acme.asAdmin("PUT", "/admin/campaigns/" + id, "{\"name\": \"Summer\"}");
        Answer changed = api.http.get("/api/v1/public/campaigns/" + id);

        assertThat(remembered.data()).isEqualTo(before.data());
        assertThat(changed.data().path("name").stringValue()).isEqualTo("Summer");
    }

    @Test
    void what_another_instance_changes_is_seen_here_within_seconds() {
        String game = acme.wheelOf(acme.pointsPrize(50), "{}");
        String id = acme.create(
                "/admin/campaigns", "{\"name\": \"Spring\", \"games\": [\"%s\"]}".formatted(game), "campaign_id");
        api.http.get("/api/v1/public/campaigns/" + id);
        var tenant = new TenantId(acme.id);
        var campaign = new CampaignId(id);
        var spring = api.campaigns().find(tenant, campaign).orElseThrow().definition();
        var elsewhere = new CampaignDefinition(
                spring.merchant(),
                "Summer",
                spring.status(),
                spring.start(),
                spring.end(),
                spring.channels(),
                spring.games(),
                spring.quests(),
                spring.settings(),
                spring.budget(),
                spring.schedule());

        api.campaigns().replace(tenant, campaign, elsewhere, null);
        await().untilAsserted(
                        () -> assertThat(seen(id).path("name").stringValue()).isEqualTo("Summer"));
        api.jdbc
                .sql("update game set deleted_at = created_at where game_id = ?")
                .param(game)
                .update();
        await().untilAsserted(() -> assertThat(seen(id).path("games")).isEmpty());
        api.campaigns().delete(tenant, campaign, null);
        await().untilAsserted(() -> assertThat(
                        api.http.get("/api/v1/public/campaigns/" + id).reason())
                .isEqualTo("RESOURCE_NOT_FOUND"));
    }

    private JsonNode seen(String campaign) {
        return api.http.get("/api/v1/public/campaigns/" + campaign).data();
    }

    @Test
    void the_public_does_not_find_what_is_not_there() {
        assertThat(api.http.get("/api/v1/public/campaigns/camp_none").reason()).isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(api.http.get("/api/v1/public/campaigns/no%20id").reason()).isEqualTo("RESOURCE_NOT_FOUND");
    }

    @Test
    void players_do_not_configure_campaigns() {
        Answer answer = acme.asPlayer("ada", "POST", "/admin/campaigns", "{\"name\": \"Mine\"}");

        assertThat(answer.reason()).isEqualTo("PERMISSION_DENIED");
    }

    /** Nothing is left behind by it. */
    @Test
    void a_duplicate_is_a_draft_with_games_and_boards_of_its_own_that_awards_the_same_prizes() {
        String prize = acme.pointsPrize(5);
        String id = acme.create("/admin/campaigns", """
                {"name": "Spring", "status": "active", "settings": {"max_plays_per_user": 1}}""", "campaign_id");
        String game = acme.create("/admin/games", """
                {"name": "Wheel", "type": "spin_wheel", "status": "active", "campaign_id": "%s",
                 "handler_config": {"prizes": [{"prize_id": "%s", "probability": 1}]}}""".formatted(id, prize), "game_id");
        acme.asAdmin("PUT", "/admin/campaigns/" + id, """
                {"name": "Spring", "status": "active", "settings": {"max_plays_per_user": 1}, "games": ["%s"]}""".formatted(game));
        acme.play("ada", game, acme.startedBy("ada", game));
        acme.create("/admin/leaderboards", """
                {"name": "Spins", "campaign_id": "%s", "metric": "total_plays"}""".formatted(id), "leaderboard_id");

        Answer duplicated = acme.asAdmin("POST", "/admin/campaigns/%s/duplicate".formatted(id), "");

        assertThat(duplicated.status()).as(duplicated.raw().body()).isEqualTo(201);
        JsonNode copy = duplicated.data();
        String copiedGame = copy.path("games").path(0).stringValue();
        assertThat(copy.path("name").stringValue()).isEqualTo("Spring (copy)");
        assertThat(copy.path("status").stringValue()).isEqualTo("draft");
        assertThat(copy.path("settings").path("max_plays_per_user").longValue()).isEqualTo(1);
        assertThat(copiedGame).isNotEqualTo(game);
        assertThat(acme.asAdmin("GET", "/admin/leaderboards", "")
                        .data()
                        .path("items")
                        .valueStream()
                        .map(board -> board.path("name").stringValue() + " of "
                                + board.path("campaign_id").stringValue()))
                .containsExactly("Spins of " + copy.path("campaign_id").stringValue(), "Spins of " + id);
        assertThat(acme.asPlayer("ada", "POST", "/games/%s/start".formatted(copiedGame), "{}")
                        .reason())
                .isEqualTo("GAME_NOT_ACTIVE");

        acme.asAdmin("PUT", "/admin/campaigns/" + copy.path("campaign_id").stringValue(), """
                {"name": "Summer", "status": "active", "settings": {"max_plays_per_user": 1}, "games": ["%s"]}""".formatted(copiedGame));
        Answer played = acme.play("ada", copiedGame, acme.startedBy("ada", copiedGame));
        assertThat(played.status()).as(played.raw().body()).isEqualTo(200);
        assertThat(played.data().path("rewards").path(0).path("prize_id").stringValue())
                .isEqualTo(prize);
    }

    @Test
    void a_campaign_that_is_not_there_is_not_duplicated() {
        Tenant globex = api.newTenant();
        String id = acme.create("/admin/campaigns", "{\"name\": \"Spring\"}", "campaign_id");

        assertThat(globex.asAdmin("POST", "/admin/campaigns/%s/duplicate".formatted(id), "")
                        .reason())
                .isEqualTo("RESOURCE_NOT_FOUND");
    }

    private Answer refusedOnCreation(String body) {
        var before = api.rows();

        Answer answer = acme.asAdmin("POST", "/admin/campaigns", body);

        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(400);
        assertThat(answer.reason()).isEqualTo("VALIDATION_FAILED");
        assertThat(api.rows()).isEqualTo(before);
        return answer;
    }
}
