package io.fanfare.play;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.edge.HttpProbe.Answer;
import io.fanfare.engine.anticheat.SessionSecret;
import io.fanfare.engine.config.Document;
import io.fanfare.play.RunningApi.Tenant;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a game and its campaign say beyond stock and caps, over HTTP, on the real database. */
@OnEveryDatabase
class PlayTermsIT {

    private final RunningApi api;
    private final Tenant acme;

    PlayTermsIT(RunningApi api) {
        this.api = api;
        this.acme = api.newTenant();
    }

    @Test
    void what_is_gone_is_drawn_again_and_the_answer_says_so() {
        String gone = voucher("Gone", 0);
        String mug = voucher("Mug", 5);
        String game = game("""
                "on_unavailable": "redraw", "handler_config": {"prizes": [
                {"prize_id": "%s", "probability": 1000000, "slot_index": 0},
                {"prize_id": "%s", "probability": 1, "slot_index": 1}]}""".formatted(gone, mug));

        Answer played = acme.play("ada", game, acme.startedBy("ada", game));
        Answer history = acme.asPlayer("ada", "GET", "/games/%s/history/me".formatted(game), "");

        assertThat(won(played)).isEqualTo(mug);
        assertThat(played.data().path("metadata").toString()).isEqualTo("""
                        {"slot_index":1,"resolution":[\
                        {"prize_id":"%s","reason":"out_of_stock","instead":"redrawn"}]}""".formatted(gone));
        assertThat(history.data().path("items").path(0).path("metadata"))
                .isEqualTo(played.data().path("metadata"));
        String play = "/admin/plays/" + played.data().path("play_id").stringValue();
        assertThat(acme.asAdmin("GET", play, "").data().path("draws").size()).isEqualTo(2);
        assertThat(acme.asAdmin("POST", play + "/replay", "")
                        .data()
                        .path("matches")
                        .booleanValue())
                .isTrue();
    }

    @Test
    void the_fallback_prize_stands_in() {
        String gone = voucher("Gone", 0);
        String sticker = voucher("Sticker", 1);
        String game = game("""
                "on_unavailable": "fallback_prize", "handler_config": {"fallback_prize_id": "%s",
                "prizes": [{"prize_id": "%s", "probability": 1}]}""".formatted(sticker, gone));

        Answer first = acme.play("ada", game, acme.startedBy("ada", game));
        Answer second = acme.play("ada", game, acme.startedBy("ada", game));

        assertThat(won(first)).isEqualTo(sticker);
        assertThat(instead(first)).isEqualTo("fallback");
        assertThat(second.data().path("rewards")).isEmpty();
        assertThat(instead(second)).isEqualTo("nothing");
    }

    @Test
    void a_budget_of_the_campaign_bounds_what_its_games_give_away_together() {
        String campaign = campaign("\"budget\": 1000");
        String mug = voucher("Mug", 100);
        String one = game(winning(mug, campaign));
        String other = game(winning(mug, campaign));

        long wins = LongStream.range(0, 4)
                .filter(n -> {
                    String game = n % 2 == 0 ? one : other;
                    return !acme.play("ada", game, acme.startedBy("ada", game))
                            .data()
                            .path("rewards")
                            .isEmpty();
                })
                .count();

        assertThat(wins).isEqualTo(2);
    }

    @Test
    void a_winning_moment_that_nobody_claimed_waits_for_the_next_player() {
        String car = voucher("Car", 5);
        Instant past = api.clock.instant().minus(Duration.ofHours(1));
        String game = game("""
                "handler_config": {"winning_moments": [{"prize_id": "%s", "at": [%d]}],
                "prizes": [{"prize_id": "", "probability": 1}]}""".formatted(car, past.getEpochSecond()));

        Answer first = acme.play("ada", game, acme.startedBy("ada", game));
        Answer second = acme.play("grace", game, acme.startedBy("grace", game));

        assertThat(won(first)).isEqualTo(car);
        assertThat(second.data().path("rewards")).isEmpty();
    }

    @Test
    void moments_that_were_claimed_stay_in_the_list_when_others_are_added() {
        String car = voucher("Car", 5);
        long past = api.clock.instant().minus(Duration.ofHours(2)).getEpochSecond();
        long later = past + 3_600;
        String game = game(moments(car, "[%d]".formatted(past)));
        acme.play("ada", game, acme.startedBy("ada", game));

        Answer replaced =
                acme.asAdmin("PUT", "/admin/games/" + game, aGame(moments(car, "[%d]".formatted(later + 86_400))));
        Answer added =
                acme.asAdmin("PUT", "/admin/games/" + game, aGame(moments(car, "[%d, %d]".formatted(past, later))));
        Answer next = acme.play("grace", game, acme.startedBy("grace", game));

        assertThat(replaced.violation())
                .startsWith("handler_config.winning_moments: hold 0 moments of prize " + car)
                .endsWith("and 1 were claimed: leave those in the list");
        assertThat(added.status()).as(added.raw().body()).isEqualTo(200);
        assertThat(won(next)).isEqualTo(car);
    }

    @Test
    void moments_that_are_counted_need_a_secret() {
        String car = voucher("Car", 5);
        String counted = """
                "handler_config": {"winning_moments": [{"prize_id": "%s", "count": 3, "from": 1, "until": 900}],
                "prizes": [{"prize_id": "", "probability": 1}]}""".formatted(car);

        Answer refused = acme.asAdmin("POST", "/admin/games", aGame(counted));

        assertThat(refused.violation()).startsWith("handler_config.winning_moments[0].spread_seed: is missing");
    }

    private static String moments(String prize, String at) {
        return """
                "handler_config": {"winning_moments": [{"prize_id": "%s", "at": %s}],
                "prizes": [{"prize_id": "", "probability": 1}]}""".formatted(prize, at);
    }

    @Test
    void a_campaign_for_players_who_are_logged_in_turns_guests_away_even_those_who_have_started() {
        String campaign = campaignWith("{}");
        String game = game(winning(acme.pointsPrize(1), campaign));
        Answer started = acme.asGuest("POST", "/games/%s/start".formatted(game), "{}");
        String play = "{\"session_id\": \"%s\"}"
                .formatted(started.data().path("session_id").stringValue());
        acme.asAdmin("PUT", "/admin/campaigns/" + campaign, campaignBody("{\"require_auth\": true}"));

        Answer byGuest = acme.asGuest("POST", "/games/%s/play".formatted(game), play);
        Answer startedAnew = acme.asGuest("POST", "/games/%s/start".formatted(game), "{}");
        Answer byPlayer = acme.play("ada", game, acme.startedBy("ada", game));

        assertThat(byGuest.reason()).isEqualTo("UNAUTHENTICATED");
        assertThat(startedAnew.reason()).isEqualTo("UNAUTHENTICATED");
        assertThat(byPlayer.status()).as(byPlayer.raw().body()).isEqualTo(200);
    }

    @Test
    void a_win_goes_to_the_wallet_that_the_campaign_says_and_from_then_on_to_another_when_it_says_so() {
        String campaign = campaignWith("{\"wallet_scope\": \"tenant\"}");
        String game = game(winning(acme.pointsPrize(1), campaign));

        Answer ofTenant = acme.play("ada", game, acme.startedBy("ada", game));
        acme.asAdmin("PUT", "/admin/campaigns/" + campaign, campaignBody("{}"));
        Answer ofCampaign = acme.play("ada", game, acme.startedBy("ada", game));

        assertThat(consistency(ofTenant)).isEqualTo(acme.id + ":1");
        assertThat(consistency(ofCampaign)).isEqualTo(campaign + ":1");
        assertThat(credits()).containsExactlyInAnyOrder(acme.id, campaign);
    }

    @Test
    void a_game_that_says_itself_whose_wallet_it_pays_into_is_heard_first() {
        String campaign = campaignWith("{\"wallet_scope\": \"tenant\"}");
        String game = game(winning(acme.pointsPrize(1), campaign) + ", \"wallet_scope\": \"campaign\"");

        Answer played = acme.play("ada", game, acme.startedBy("ada", game));

        assertThat(consistency(played)).isEqualTo(campaign + ":1");
    }

    @Test
    void the_wallet_of_a_merchant_holds_what_all_campaigns_of_the_merchant_give() {
        String campaign = campaignWith("{\"wallet_scope\": \"merchant\"}");
        Answer game = acme.asMerchantsAdmin(
                "merch_north", "POST", "/admin/games", """
                {"name": "Wheel", "type": "spin_wheel", "status": "active", %s}""".formatted(winning(acme.pointsPrize(1), campaign)));
        String id = game.data().path("game_id").stringValue();

        Answer played = acme.play("ada", id, acme.startedBy("ada", id));

        assertThat(consistency(played)).isEqualTo("merch_north:1");
    }

    @Test
    void plays_take_turns_and_without_one_nobody_plays() {
        String game = game(winning(acme.pointsPrize(1), "camp_turns") + ", \"rules\": {\"use_turns\": true}");
        String eligibility = "/games/%s/eligibility".formatted(game);
        Answer before = acme.asPlayer("ada", "GET", eligibility, "");
        api.jdbc
                .sql(
                        "insert into turn_balance (tenant_id, campaign_id, player_id, balance) values (?, 'camp_turns', 'ada', 1)")
                .param(acme.id)
                .update();

        Answer granted = acme.asPlayer("ada", "GET", eligibility, "");
        Answer played = acme.play("ada", game, acme.startedBy("ada", game));
        Answer refused = acme.play("ada", game, acme.startedBy("ada", game));

        assertThat(before.data().path("reason").stringValue()).isEqualTo("OUT_OF_TURNS");
        assertThat(granted.data().path("remaining_plays").longValue()).isEqualTo(1);
        assertThat(played.status()).isEqualTo(200);
        assertThat(refused.reason()).isEqualTo("OUT_OF_TURNS");
    }

    @Test
    void a_campaigns_limit_counts_the_plays_of_all_its_games_also_those_before_it_was_set() {
        String campaign = campaign("\"budget\": 0");
        String one = game(winning(acme.pointsPrize(1), campaign));
        String other = game(winning(acme.pointsPrize(1), campaign));
        acme.play("ada", one, acme.startedBy("ada", one));
        acme.asAdmin("PUT", "/admin/campaigns/" + campaign, """
                {"name": "Spring", "status": "active", "settings": {"max_plays_per_user": 2}}""");

        Answer left = acme.asPlayer("ada", "GET", "/games/%s/eligibility".formatted(other), "");
        Answer second = acme.play("ada", other, acme.startedBy("ada", other));
        Answer third = acme.play("ada", one, acme.startedBy("ada", one));

        assertThat(left.data().path("remaining_plays").longValue()).isEqualTo(1);
        assertThat(second.status()).isEqualTo(200);
        assertThat(third.reason()).isEqualTo("OUT_OF_TURNS");
    }

    @Test
    void a_campaign_that_pauses_pauses_its_games() {
        String campaign = campaign("\"budget\": 0");
        String game = game(winning(acme.pointsPrize(1), campaign));
        String session = acme.startedBy("ada", game);
        acme.asAdmin("PUT", "/admin/campaigns/" + campaign, "{\"name\": \"Spring\", \"status\": \"paused\"}");

        Answer started = acme.asPlayer("ada", "POST", "/games/%s/start".formatted(game), "{}");
        Answer played = acme.play("ada", game, session);

        assertThat(started.reason()).isEqualTo("GAME_NOT_ACTIVE");
        assertThat(played.reason()).isEqualTo("GAME_NOT_ACTIVE");
    }

    @Test
    void a_strict_game_believes_a_signed_replay_that_adds_up() {
        String game = strictGame();
        Answer started = acme.asPlayer("ada", "POST", "/games/%s/start".formatted(game), "{}");
        api.clock.jump(Duration.ofSeconds(5));

        Answer played = playSigned(game, started, 3, "900,1;500,2;500,3");

        assertThat(started.data().path("replay").path("min_spacing_ms").longValue())
                .isEqualTo(100);
        assertThat(played.status()).as(played.raw().body()).isEqualTo(200);
        assertThat(played.data().path("metadata").path("score").longValue()).isEqualTo(3);
    }

    @Test
    void an_attempt_that_is_caught_costs_its_session_and_is_kept_with_its_verdict() {
        String game = strictGame();
        Answer started = acme.asPlayer("ada", "POST", "/games/%s/start".formatted(game), "{}");
        api.clock.jump(Duration.ofSeconds(5));

        Answer caught = playSigned(game, started, 9, "900,1;500,2;500,3");
        Answer again = playSigned(game, started, 3, "900,1;500,2;500,3");

        assertThat(caught.reason()).isEqualTo("CHEAT_DETECTED");
        assertThat(again.reason()).isEqualTo("SESSION_CONSUMED");
        assertThat(api.jdbc
                        .sql("select concat(player_id, ': ', verdict, ' ', facts) from caught_play where tenant_id = ?")
                        .param(acme.id)
                        .query(String.class)
                        .list())
                .containsExactly("ada: the replay does not add up to the claim {\"replayed\":\"3\"}");
    }

    @Test
    void published_odds_are_those_that_the_start_was_bound_to() {
        String game = game("""
                "handler_config": {"publish_odds": true, "prizes": [{"prize_id": "%s", "probability": 1}]}""".formatted(acme.pointsPrize(1)));
        Answer started = acme.asPlayer("ada", "POST", "/games/%s/start".formatted(game), "{}");

        Answer played = acme.play("ada", game, started.data().path("session_id").stringValue());

        var fairness = played.data().path("fairness");
        assertThat(hmac(
                        fairness.path("server_seed").stringValue(),
                        fairness.path("odds").stringValue()))
                .isEqualTo(started.data().path("fairness").path("odds_hash").stringValue());
    }

    @Test
    void a_play_that_lasts_longer_than_the_game_by_the_servers_clock_is_caught_whatever_it_claims() {
        String game = acme.create("/admin/games", """
                {"name": "Eggs", "type": "egg_catcher", "status": "active", "validator_config": {"max_duration_ms": 60000},
                 "handler_config": {"tiers": [{"min": 0, "max": 99, "prize_group": "none"}], "prize_groups": {"none": []}}}""", "game_id");
        String inTime = acme.startedBy("ada", game);
        String late = acme.startedBy("grace", game);
        String path = "/games/%s/play".formatted(game);
        String body = "{\"session_id\": \"%s\", \"payload\": {\"score\": 5, \"duration_ms\": 20000}}";
        api.clock.jump(Duration.ofSeconds(30));
        Answer played = acme.asPlayer("ada", "POST", path, body.formatted(inTime));
        api.clock.jump(Duration.ofSeconds(31));

        Answer caught = acme.asPlayer("grace", "POST", path, body.formatted(late));

        assertThat(played.status()).as(played.raw().body()).isEqualTo(200);
        assertThat(caught.reason()).isEqualTo("CHEAT_DETECTED");
        assertThat(caught.raw().body()).contains("the time since the start is longer than the game lasts");
        assertThat(acme.asPlayer("grace", "POST", path, body.formatted(late)).reason())
                .isEqualTo("SESSION_CONSUMED");
    }

    private Answer playSigned(String game, Answer started, long score, String replay) {
        String session = started.data().path("session_id").stringValue();
        var secret =
                new SessionSecret(started.data().path("replay").path("secret").stringValue());
        var payload = new Document(Map.of("score", score, "duration_ms", 4_000L, "replay", replay));
        return acme.asPlayer("ada", "POST", "/games/%s/play".formatted(game), """
                {"session_id": "%s", "payload": {"score": %d, "duration_ms": 4000, "replay": "%s", "signature": "%s"}}""".formatted(
                        session, score, replay, secret.sign(session, payload)));
    }

    private String strictGame() {
        return acme.create("/admin/games", """
                {"name": "Eggs", "type": "egg_catcher", "status": "active",
                 "validator_config": {"level": "strict", "replay_min_spacing_ms": 100, "max_score": 80},
                 "handler_config": {"tiers": [{"min": 0, "max": 99, "prize_group": "none"}], "prize_groups": {"none": []}}}""", "game_id");
    }

    private String game(String parts) {
        return acme.create("/admin/games", aGame(parts), "game_id");
    }

    private static String aGame(String parts) {
        return "{\"name\": \"Wheel\", \"type\": \"spin_wheel\", \"status\": \"active\", %s}".formatted(parts);
    }

    private static String winning(String prize, String campaign) {
        return """
                "campaign_id": "%s", "handler_config": {"prizes": [{"prize_id": "%s", "probability": 1}]}""".formatted(campaign, prize);
    }

    private String campaign(String parts) {
        return acme.create(
                "/admin/campaigns",
                "{\"name\": \"Spring\", \"status\": \"active\", %s}".formatted(parts),
                "campaign_id");
    }

    private String voucher(String name, long units) {
        return acme.create("/admin/prizes", """
                {"name": "%s", "type": "voucher", "value": 500, "stock": {"total": %d}}""".formatted(name, units), "prize_id");
    }

    private static String won(Answer played) {
        assertThat(played.data().path("rewards")).as(played.raw().body()).hasSize(1);
        return played.data().path("rewards").path(0).path("prize_id").stringValue();
    }

    private static String instead(Answer played) {
        return played.data()
                .path("metadata")
                .path("resolution")
                .path(0)
                .path("instead")
                .stringValue();
    }

    private static String hmac(String key, String message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(message.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private String campaignWith(String settings) {
        return acme.create("/admin/campaigns", campaignBody(settings), "campaign_id");
    }

    private static String campaignBody(String settings) {
        return "{\"name\": \"Spring\", \"status\": \"active\", \"settings\": %s}".formatted(settings);
    }

    private static @Nullable String consistency(Answer played) {
        assertThat(played.status()).as(played.raw().body()).isEqualTo(200);
        return played.data().path("consistency").stringValue();
    }

    /** The wallets that were credited. */
    private List<String> credits() {
        return api.jdbc
                .sql("select scope_key from wallet_command where tenant_id = ?")
                .param(acme.id)
                .query((row, _) -> row.getString(1))
                .list();
    }
}
