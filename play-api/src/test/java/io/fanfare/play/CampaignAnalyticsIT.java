package io.fanfare.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.edge.HttpProbe.Answer;
import io.fanfare.play.RunningApi.Tenant;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What operators are told of how their campaigns are doing. */
@OnEveryDatabase
class CampaignAnalyticsIT {

    private static final String NO_WIN = "";

    private final RunningApi api;
    private final Tenant acme;
    private final String spring;
    private final String points;

    CampaignAnalyticsIT(RunningApi api) {
        this.api = api;
        this.acme = api.newTenant();
        this.spring = campaign("Spring");
        this.points = acme.pointsPrize(5);
    }

    @Test
    void plays_wins_and_players_of_all_its_games_are_counted() {
        String winning = game(spring, points);
        String losing = game(spring, NO_WIN);

        play("ada", winning);
        play("ada", winning);
        play("ada", losing);
        play("grace", losing);

        assertThat(analytics(spring).data().toString())
                .isEqualTo("{\"total_plays\":4,\"total_wins\":2,\"unique_players\":2,\"conversion\":0.5}");
    }

    @Test
    void a_campaign_that_nobody_has_played_has_come_to_nothing() {
        assertThat(analytics(spring).data().toString())
                .isEqualTo("{\"total_plays\":0,\"total_wins\":0,\"unique_players\":0,\"conversion\":0.0}");
    }

    @Test
    void a_play_that_wins_several_rewards_is_one_win() {
        String mug = acme.create("/admin/prizes", "{\"name\": \"Mug\", \"type\": \"voucher\"}", "prize_id");
        String game = acme.create("/admin/games", """
                {"name": "Rain", "type": "gift_catcher", "status": "active", "campaign_id": "%s",
                 "seed_generator": "drop_sequence", "reward_handler": "collect_items", "validator": "drop_plan",
                 "handler_config": {"drops": [{"type": "coin", "prize_id": "%s", "frequency": 3, "max_catchable": 3}],
                  "total_items": 3, "interval_ms": 1}}""".formatted(spring, mug), "game_id");
        Answer started = acme.asPlayer("ada", "POST", "/games/%s/start".formatted(game), "{}");
        var drops = started.data().path("seed_data").path("drops");
        api.clock.jump(Duration.ofSeconds(1));
        Answer played = acme.asPlayer("ada", "POST", "/games/%s/play".formatted(game), """
                {"session_id": "%s", "payload": {"caught_items": ["%s", "%s"]}}""".formatted(
                        started.data().path("session_id").stringValue(),
                        drops.path(0).path("drop_id").stringValue(),
                        drops.path(1).path("drop_id").stringValue()));

        assertThat(played.data().path("rewards")).as(played.raw().body()).hasSize(2);
        assertThat(figure(spring, "total_wins")).isEqualTo(1);
    }

    @Test
    void a_win_that_is_revoked_was_a_win() {
        String mug = acme.create("/admin/prizes", "{\"name\": \"Mug\", \"type\": \"voucher\"}", "prize_id");
        Answer played = play("ada", game(spring, mug));
        String reward = played.data().path("rewards").path(0).path("reward_id").stringValue();

        Answer revoked = acme.asAdmin("POST", "/admin/rewards/%s/revoke".formatted(reward), "{\"reason\": \"fraud\"}");

        assertThat(revoked.status()).as(revoked.raw().body()).isEqualTo(200);
        assertThat(figure(spring, "total_wins")).isEqualTo(1);
    }

    @Test
    void a_game_that_moves_on_leaves_what_was_played_before_to_its_campaign() {
        String summer = campaign("Summer");
        String game = game(spring, points);
        play("ada", game);

        acme.asAdmin("PUT", "/admin/games/" + game, body(summer, points));
        play("ada", game);
        play("grace", game);

        assertThat(figure(spring, "total_plays")).isEqualTo(1);
        assertThat(figure(spring, "total_wins")).isEqualTo(1);
        assertThat(figure(summer, "total_plays")).isEqualTo(2);
        assertThat(figure(summer, "total_wins")).isEqualTo(2);
    }

    @Test
    void a_player_who_was_turned_away_has_not_played() {
        String game = acme.create(
                "/admin/games",
                """
                {"name": "Wheel", "type": "spin_wheel", "status": "active", "campaign_id": "%s", "on_unavailable": "fail",
                 "handler_config": {"prizes": [{"prize_id": "%s", "probability": 1}]}}""".formatted(
                                spring,
                                acme.create(
                                        "/admin/prizes",
                                        "{\"name\": \"Gone\", \"type\": \"voucher\", \"stock\": {\"total\": 0}}",
                                        "prize_id")),
                "game_id");

        assertThat(play("ada", game).reason()).isEqualTo("PRIZE_OUT_OF_STOCK");
        assertThat(figure(spring, "total_plays")).isZero();
        assertThat(figure(spring, "unique_players")).isZero();
    }

    @Test
    void another_tenant_learns_nothing() {
        play("ada", game(spring, points));
        Tenant globex = api.newTenant();

        assertThat(globex.asAdmin("GET", path(spring), "").reason()).isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(acme.asAdmin("GET", path("camp_none"), "").reason()).isEqualTo("RESOURCE_NOT_FOUND");
    }

    @Test
    void it_is_for_those_who_make_campaigns() {
        assertThat(acme.as("designer", "GET", path(spring), "").status()).isEqualTo(200);
        assertThat(acme.as("reward_manager", "GET", path(spring), "").status()).isEqualTo(200);
        assertThat(acme.as("support", "GET", path(spring), "").reason()).isEqualTo("PERMISSION_DENIED");
        assertThat(acme.asPlayer("ada", "GET", path(spring), "").reason()).isEqualTo("PERMISSION_DENIED");
    }

    private String campaign(String name) {
        return acme.create(
                "/admin/campaigns", "{\"name\": \"%s\", \"status\": \"active\"}".formatted(name), "campaign_id");
    }

    private String game(String campaign, String prize) {
        return acme.create("/admin/games", body(campaign, prize), "game_id");
    }

    private static String body(String campaign, String prize) {
        return """
                {"name": "Wheel", "type": "spin_wheel", "status": "active", "campaign_id": "%s",
                 "handler_config": {"prizes": [{"prize_id": "%s", "probability": 1}]}}""".formatted(campaign, prize);
    }

    private Answer play(String player, String game) {
        return acme.play(player, game, acme.startedBy(player, game));
    }

    private long figure(String campaign, String name) {
        return analytics(campaign).data().path(name).longValue();
    }

    private Answer analytics(String campaign) {
        Answer answer = acme.asAdmin("GET", path(campaign), "");
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(200);
        return answer;
    }

    private static String path(String campaign) {
        return "/admin/campaigns/%s/analytics".formatted(campaign);
    }
}
