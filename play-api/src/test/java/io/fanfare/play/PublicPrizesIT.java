package io.fanfare.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.edge.HttpProbe.Answer;
import io.fanfare.play.RunningApi.Tenant;
import org.junit.jupiter.api.Test;

/** What anybody is told of the prizes and games of a campaign. */
@OnEveryDatabase
class PublicPrizesIT {

    private final RunningApi api;
    private final Tenant acme;

    PublicPrizesIT(RunningApi api) {
        this.api = api;
        this.acme = api.newTenant();
    }

    @Test
    void the_prizes_of_its_active_games_and_their_milestones_are_shown_without_odds_and_stock() {
        String campaign = campaign("active", "{}");
        String mug = prize("Mug");
        String trip = prize("Trip");
        String secret = prize("Secret");
        prize("Elsewhere");
        acme.create("/admin/games", """
                {"name": "Wheel", "type": "spin_wheel", "status": "active", "campaign_id": "%s",
                 "handler_config": {"prizes": [{"prize_id": "%s", "probability": 0.125}, {"probability": 0.875}]},
                 "milestones": {"currency": "points", "mode": "cumulative_unlock", "auto_grant": true,
                  "milestones": [{"milestone_id": "gold", "threshold": 777, "prize_id": "%s"}]}}""".formatted(campaign, mug, trip), "game_id");
        acme.create("/admin/games", game(campaign, "draft", secret), "game_id");

        Answer shown = prizes(campaign, "");

        assertThat(shown.status()).as(shown.raw().body()).isEqualTo(200);
        assertThat(shown.data().path("items").toString()).isEqualTo("""
                        [{"prize_id":"%s","name":"Mug","type":"voucher","image":"https://x.example/m.png","value":900},\
                        {"prize_id":"%s","name":"Trip","type":"voucher","image":"https://x.example/m.png","value":900}]""".formatted(mug, trip));
        assertThat(shown.raw().body())
                .doesNotContain("0.125", ":777", "threshold", "stock", "remaining", acme.id, secret);
    }

    @Test
    void what_a_game_offers_anew_is_shown_at_once() {
        String campaign = campaign("active", "{}");
        String game = acme.create("/admin/games", game(campaign, "active", prize("Mug")), "game_id");
        prizes(campaign, "");
        String trip = prize("Trip");

        acme.asAdmin("PUT", "/admin/games/" + game, game(campaign, "active", trip));

        assertThat(prizes(campaign, "")
                        .data()
                        .path("items")
                        .path(0)
                        .path("prize_id")
                        .stringValue())
                .isEqualTo(trip);
    }

    @Test
    void the_list_is_paged() {
        String campaign = campaign("active", "{}");
        String mug = prize("Mug");
        String trip = prize("Trip");
        acme.create("/admin/games", game(campaign, "active", trip), "game_id");
        acme.create("/admin/games", game(campaign, "active", mug), "game_id");

        var first = prizes(campaign, "?limit=1").data();
        var second = prizes(
                        campaign,
                        "?limit=1&cursor="
                                + first.path("pagination").path("next_cursor").stringValue())
                .data();

        assertThat(first.path("items").path(0).path("prize_id").stringValue()).isEqualTo(mug);
        assertThat(second.path("items").path(0).path("prize_id").stringValue()).isEqualTo(trip);
        assertThat(second.path("pagination").path("has_more").booleanValue()).isFalse();
    }

    @Test
    void a_draft_tells_nothing_and_a_campaign_that_is_not_there_even_less() {
        String campaign = campaign("draft", "{}");
        acme.create("/admin/games", game(campaign, "active", prize("Mug")), "game_id");

        assertThat(prizes(campaign, "").data().path("items")).isEmpty();
        assertThat(prizes("camp_none", "").reason()).isEqualTo("RESOURCE_NOT_FOUND");
    }

    @Test
    void a_screen_learns_that_guests_cannot_play_whoever_says_so() {
        String open = acme.create("/admin/games", game(campaign("active", "{}"), "active", ""), "game_id");
        String closed = acme.create(
                "/admin/games", game(campaign("active", "{\"require_auth\": true}"), "active", ""), "game_id");

        assertThat(requiresLogin(open)).isFalse();
        assertThat(requiresLogin(closed)).isTrue();
        assertThat(acme.asGuest("POST", "/games/%s/start".formatted(closed), "{}")
                        .reason())
                .isEqualTo("UNAUTHENTICATED");
    }

    private boolean requiresLogin(String game) {
        return acme.asGuest("GET", "/games/%s/render".formatted(game), "")
                .data()
                .path("rules")
                .path("require_login")
                .booleanValue();
    }

    private Answer prizes(String campaign, String query) {
        return api.http.get("/api/v1/public/campaigns/%s/prizes%s".formatted(campaign, query));
    }

    private String campaign(String status, String settings) {
        return acme.create(
                "/admin/campaigns",
                "{\"name\": \"Spring\", \"status\": \"%s\", \"settings\": %s}".formatted(status, settings),
                "campaign_id");
    }

    private static String game(String campaign, String status, String prize) {
        return """
                {"name": "Wheel", "type": "spin_wheel", "status": "%s", "campaign_id": "%s",
                 "handler_config": {"prizes": [{"prize_id": "%s", "probability": 1}]}}""".formatted(status, campaign, prize);
    }

    private String prize(String name) {
        return acme.create("/admin/prizes", """
                {"name": "%s", "type": "voucher", "image": "https://x.example/m.png", "value": 900,
                 "stock": {"total": 7}}""".formatted(name), "prize_id");
    }
}
