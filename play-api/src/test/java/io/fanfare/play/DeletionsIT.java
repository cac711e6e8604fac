package io.fanfare.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.edge.HttpProbe.Answer;
import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.play.RunningApi.Tenant;
import io.fanfare.store.Overlap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Operators delete what they configured; what was played and won stays. */
@OnEveryDatabase
class DeletionsIT {

    private final RunningApi api;
    private final Tenant acme;
    private final String mug;

    DeletionsIT(RunningApi api) {
        this.api = api;
        this.acme = api.newTenant();
        this.mug = acme.create(
                "/admin/prizes", "{\"name\": \"Mug\", \"type\": \"voucher\", \"stock\": {\"total\": 5}}", "prize_id");
    }

    @Test
    void a_game_is_deleted_once_it_cannot_be_played() {
        String campaign = campaign("active");
        String game = game(campaign, mug);
        acme.play("ada", game, acme.startedBy("ada", game));

        Answer active = delete("games", game);
        end(game, campaign, mug);
        Answer deleted = delete("games", game);
        Answer again = delete("games", game);

        assertThat(active.status()).isEqualTo(400);
        assertThat(active.reason()).isEqualTo("RESOURCE_IN_USE");
        assertThat(metadata(active).path("status").stringValue()).isEqualTo("active");
        assertThat(deleted.status()).as(deleted.raw().body()).isEqualTo(200);
        assertThat(deleted.data().path("game_id").stringValue()).isEqualTo(game);
        assertThat(deleted.data().path("deleted_at").longValue()).isPositive();
        assertThat(again.data()).isEqualTo(deleted.data());
        assertThat(get("/admin/games/" + game).reason()).isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(get("/admin/games").data().path("items")).isEmpty();
        assertThat(acme.asAdmin("PUT", "/admin/games/" + game, body(campaign, "active", mug))
                        .reason())
                .isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(acme.asPlayer("ada", "POST", "/games/%s/start".formatted(game), "{}")
                        .reason())
                .isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(acme.asPlayer("ada", "GET", "/games/%s/render".formatted(game), "")
                        .reason())
                .isEqualTo("RESOURCE_NOT_FOUND");
    }

    @Test
    void what_was_played_and_won_in_a_deleted_game_stays() {
        String campaign = campaign("active");
        String game = game(campaign, mug);
        Answer played = acme.play("ada", game, acme.startedBy("ada", game));
        String play = played.data().path("play_id").stringValue();
        String reward = played.data().path("rewards").path(0).path("reward_id").stringValue();
        end(game, campaign, mug);
        acme.asAdmin("PUT", "/admin/campaigns/" + campaign, "{\"name\": \"Spring\", \"status\": \"ended\"}");

        assertThat(delete("games", game).status()).isEqualTo(200);
        assertThat(delete("campaigns", campaign).status()).isEqualTo(200);
        assertThat(delete("prizes", mug).status()).isEqualTo(200);

        Answer history = acme.asPlayer("ada", "GET", "/games/%s/history/me".formatted(game), "");
        assertThat(history.data().path("items").path(0).path("play_id").stringValue())
                .isEqualTo(play);
        Answer replayed = acme.asAdmin("POST", "/admin/plays/%s/replay".formatted(play), "");
        assertThat(replayed.status()).as(replayed.raw().body()).isEqualTo(200);
        assertThat(replayed.data().path("matches").booleanValue())
                .as(replayed.raw().body())
                .isTrue();
        Answer claimed = acme.asPlayer("ada", "POST", "/rewards/%s/claim".formatted(reward), "");
        assertThat(claimed.data().path("status").stringValue())
                .as(claimed.raw().body())
                .isEqualTo("claimed");
        assertThat(get("/admin/campaigns/%s/analytics".formatted(campaign))
                        .data()
                        .path("total_wins")
                        .longValue())
                .isEqualTo(1);
    }

    @Test
    void a_campaign_goes_after_its_games() {
        String campaign = campaign("paused");
        String game = game(campaign, mug);
        String other = game(campaign, mug);

        Answer inUse = delete("campaigns", campaign);
        end(game, campaign, mug);
        delete("games", game);
        end(other, campaign, mug);
        delete("games", other);
        Answer deleted = delete("campaigns", campaign);

        assertThat(inUse.reason()).isEqualTo("RESOURCE_IN_USE");
        assertThat(metadata(inUse).path("used_by").stringValue()).isEqualTo(game + "," + other);
        assertThat(deleted.status()).as(deleted.raw().body()).isEqualTo(200);
        assertThat(delete("campaigns", campaign).data()).isEqualTo(deleted.data());
        assertThat(get("/admin/campaigns/" + campaign).reason()).isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(api.http.get("/api/v1/public/campaigns/" + campaign).reason())
                .isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(acme.asAdmin("POST", "/admin/campaigns/%s/duplicate".formatted(campaign), "")
                        .reason())
                .isEqualTo("RESOURCE_NOT_FOUND");
    }

    @Test
    void an_active_campaign_is_not_deleted() {
        Answer active = delete("campaigns", campaign("active"));

        assertThat(active.reason()).isEqualTo("RESOURCE_IN_USE");
        assertThat(metadata(active).path("status").stringValue()).isEqualTo("active");
    }

    @Test
    void a_page_of_a_campaign_does_not_show_games_that_are_gone() {
        String campaign = campaign("active");
        String game = game(campaign, mug);
        String other = game(campaign, mug);
        acme.asAdmin("PUT", "/admin/campaigns/" + campaign, """
                {"name": "Spring", "status": "active", "games": ["%s", "%s"]}""".formatted(game, other));
        end(game, campaign, mug);
        delete("games", game);

        Answer seen = api.http.get("/api/v1/public/campaigns/" + campaign);

        assertThat(seen.data().path("games").toString()).isEqualTo("[\"%s\"]".formatted(other));
    }

    @Test
    void a_duplicate_is_made_of_the_games_that_are_there() {
        String campaign = campaign("active");
        String game = game(campaign, mug);
        end(game, campaign, mug);
        delete("games", game);

        Answer copy = acme.asAdmin("POST", "/admin/campaigns/%s/duplicate".formatted(campaign), "");

        assertThat(copy.status()).isEqualTo(201);
        assertThat(get("/admin/games").data().path("items")).isEmpty();
    }

    @Test
    void a_prize_that_a_game_awards_is_not_deleted() {
        String game = game(campaign("active"), mug);
        String other = acme.create("/admin/games", """
                {"name": "Wheel", "type": "spin_wheel", "handler_config": {"prizes": [{"probability": 1}]},
                 "milestones": {"currency": "points", "mode": "spend_exchange", "auto_grant": false,
                  "milestones": [{"milestone_id": "gold", "threshold": 5, "prize_id": "%s"}]}}""".formatted(mug), "game_id");

        Answer inUse = delete("prizes", mug);

        assertThat(inUse.reason()).isEqualTo("RESOURCE_IN_USE");
        assertThat(metadata(inUse).path("used_by").stringValue()).isEqualTo(game + "," + other);
        assertThat(get("/admin/prizes/" + mug).status()).isEqualTo(200);
    }

    @Test
    void a_deleted_prize_is_neither_shown_nor_offered_nor_changed() {
        Answer deleted = delete("prizes", mug);

        assertThat(deleted.status()).as(deleted.raw().body()).isEqualTo(200);
        assertThat(deleted.data().path("prize_id").stringValue()).isEqualTo(mug);
        assertThat(delete("prizes", mug).data()).isEqualTo(deleted.data());
        assertThat(get("/admin/prizes/" + mug).reason()).isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(get("/admin/prizes").data().path("items")).isEmpty();
        assertThat(get("/admin/prizes/summary").data().path("items")).isEmpty();
        assertThat(acme.asAdmin("PUT", "/admin/prizes/" + mug, "{\"name\": \"Mug\", \"type\": \"voucher\"}")
                        .reason())
                .isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(acme.asAdmin("POST", "/admin/prizes/%s/stock".formatted(mug), "{\"delta\": 1, \"reason\": \"r\"}")
                        .reason())
                .isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(acme.asAdmin("POST", "/admin/prizes/%s/codes".formatted(mug), "{\"codes\": [\"A\"]}")
                        .reason())
                .isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(acme.asAdmin("POST", "/admin/games", body("camp_1", "active", mug))
                        .violation())
                .isEqualTo("handler_config: awards prize %s, which does not exist".formatted(mug));
    }

    @Test
    void no_game_is_saved_with_a_prize_that_is_just_being_deleted() throws Exception {
        var tenant = new TenantId(acme.id);
        String game = acme.create("/admin/games", body("camp_1", "active", ""), "game_id");

        Answer created = Overlap.beforeCommit(
                api.database(),
                () -> api.prizes().delete(tenant, new PrizeId(mug), null),
                () -> acme.asAdmin("POST", "/admin/games", body("camp_1", "active", mug)));
        String cup = acme.create("/admin/prizes", "{\"name\": \"Cup\", \"type\": \"voucher\"}", "prize_id");
        Answer replaced = Overlap.beforeCommit(
                api.database(),
                () -> api.prizes().delete(tenant, new PrizeId(cup), null),
                () -> acme.asAdmin("PUT", "/admin/games/" + game, """
                        {"name": "Wheel", "type": "spin_wheel", "handler_config": {"prizes": [{"probability": 1}]},
                         "milestones": {"currency": "points", "mode": "spend_exchange", "auto_grant": false,
                          "milestones": [{"milestone_id": "gold", "threshold": 5, "prize_id": "%s"}]}}""".formatted(cup)));

        assertThat(created.violation())
                .isEqualTo("handler_config: awards prize %s, which does not exist".formatted(mug));
        assertThat(replaced.violation()).endsWith("is %s, which does not exist".formatted(cup));
    }

    @Test
    void no_game_is_saved_into_a_campaign_that_is_deleted_or_just_being_deleted() throws Exception {
        String campaign = campaign("draft");

        Answer created = Overlap.beforeCommit(
                api.database(),
                () -> api.campaigns().delete(new TenantId(acme.id), new CampaignId(campaign), null),
                () -> acme.asAdmin("POST", "/admin/games", body(campaign, "draft", mug)));
        Answer later = acme.asAdmin("POST", "/admin/games", body(campaign, "draft", mug));

        assertThat(created.violation()).isEqualTo("campaign_id: is %s, which was deleted".formatted(campaign));
        assertThat(later.violation()).isEqualTo(created.violation());
    }

    @Test
    void another_tenant_deletes_nothing() {
        Tenant globex = api.newTenant();
        String campaign = campaign("draft");
        String game = acme.create("/admin/games", body(campaign, "draft", mug), "game_id");

        assertThat(globex.asAdmin("DELETE", "/admin/games/" + game, "").reason())
                .isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(globex.asAdmin("DELETE", "/admin/campaigns/" + campaign, "").reason())
                .isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(globex.asAdmin("DELETE", "/admin/prizes/" + mug, "").reason())
                .isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(get("/admin/games/" + game).status()).isEqualTo(200);
    }

    @Test
    void only_those_who_configure_delete() {
        String game = acme.create("/admin/games", body("camp_1", "draft", mug), "game_id");

        assertThat(acme.asPlayer("ada", "DELETE", "/admin/games/" + game, "").reason())
                .isEqualTo("PERMISSION_DENIED");
        assertThat(acme.as("support", "DELETE", "/admin/games/" + game, "").reason())
                .isEqualTo("PERMISSION_DENIED");
        assertThat(acme.as("designer", "DELETE", "/admin/games/" + game, "").status())
                .isEqualTo(200);
    }

    private String campaign(String status) {
        return acme.create(
                "/admin/campaigns", "{\"name\": \"Spring\", \"status\": \"%s\"}".formatted(status), "campaign_id");
    }

    private String game(String campaign, String prize) {
        return acme.create("/admin/games", body(campaign, "active", prize), "game_id");
    }

    private void end(String game, String campaign, String prize) {
        Answer ended = acme.asAdmin("PUT", "/admin/games/" + game, body(campaign, "ended", prize));
        assertThat(ended.status()).as(ended.raw().body()).isEqualTo(200);
    }

    private static String body(String campaign, String status, String prize) {
        return """
                {"name": "Wheel", "type": "spin_wheel", "status": "%s", "campaign_id": "%s",
                 "handler_config": {"prizes": [{"prize_id": "%s", "probability": 1}]}}""".formatted(status, campaign, prize);
    }

    private Answer delete(String kind, String id) {
        return acme.asAdmin("DELETE", "/admin/%s/%s".formatted(kind, id), "");
    }

    private Answer get(String path) {
        return acme.asAdmin("GET", path, "");
    }

    private static JsonNode metadata(Answer answer) {
        return answer.data().path("error").path("metadata");
    }
}
