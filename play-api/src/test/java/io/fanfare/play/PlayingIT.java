package io.fanfare.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.edge.HttpProbe.Answer;
import io.fanfare.play.RunningApi.Tenant;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The player's way through a game, over HTTP, on the real database. */
@OnEveryDatabase
class PlayingIT {

    private final RunningApi api;
    private final Tenant acme;

    PlayingIT(RunningApi api) {
        this.api = api;
        this.acme = api.newTenant();
    }

    @Test
    void ada_spins_and_wins_points() throws NoSuchAlgorithmException {
        String game = acme.wheelOf(acme.pointsPrize(50), "{}");

        Answer started = acme.asPlayer("ada", "POST", "/games/%s/start".formatted(game), "{\"user_id\": \"x\"}");
        Answer played = acme.play("ada", game, started.data().path("session_id").stringValue());

        assertThat(started.status()).as(started.raw().body()).isEqualTo(200);
        assertThat(started.data().path("session_id").stringValue()).startsWith("sess_");
        assertThat(started.data().path("seed_data").toString()).isEqualTo("{}");
        assertThat(started.data().path("guest_token").isNull()).isTrue();
        assertThat(played.status()).as(played.raw().body()).isEqualTo(200);
        assertThat(played.data().path("play_id").stringValue()).startsWith("play_");
        assertThat(played.data().path("metadata").toString()).isEqualTo("{\"slot_index\":3,\"resolution\":[]}");
        var reward = played.data().path("rewards").path(0);
        assertThat(reward.path("type").stringValue()).isEqualTo("points");
        assertThat(reward.path("value").longValue()).isEqualTo(50);
        assertThat(reward.path("code").isNull()).isTrue();
        assertThat(played.data().path("consistency").stringValue()).isEqualTo("camp_1:1");
        assertThat(sha256(played.data().path("fairness").path("server_seed").stringValue()))
                .isEqualTo(
                        started.data().path("fairness").path("server_seed_hash").stringValue());
    }

    @Test
    void a_play_writes_its_events_with_the_trace_of_the_request() {
        String game = acme.wheelOf(acme.pointsPrize(50), "{}");
        String session = acme.startedBy("ada", game);

        Answer played = acme.play(
                "ada", game, session, "traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        assertThat(played.status()).isEqualTo(200);
        assertThat(api.jdbc
                        .sql("""
                                select concat(aggregatetype, ' ', type) from outbox
                                where tenant_id = :tenant and aggregateid = :key
                                    and traceparent like '00-0af7651916cd43dd8448eb211c80319c-%'
                                order by position
                                """)
                        .param("tenant", acme.id)
                        .param("key", acme.id + "/ada")
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrder(
                        "fanfare.plays.v1 PlayCompleted", "fanfare.wallet-commands.v1 WalletCommand");
    }

    @Test
    void a_voucher_comes_with_its_code_until_there_is_none() {
        String prize = acme.create("/admin/prizes", """
                {"name": "Coffee", "type": "voucher", "value": 350, "stock": {"total": 5}, "image": "https://x.example/c.png",
                 "fulfillment": {"redemption_mode": "instant", "channel": "voucher_code"}}""", "prize_id");
        Answer imported = acme.asAdmin(
                "POST", "/admin/prizes/%s/codes".formatted(prize), "{\"codes\": [\"COFFEE-1\", \"COFFEE-1\"]}");
        String game = acme.wheelOf(prize, "{}");

        Answer first = acme.play("ada", game, acme.startedBy("ada", game));
        Answer second = acme.play("ada", game, acme.startedBy("ada", game));
        Answer rewards = acme.asPlayer("ada", "GET", "/players/me/rewards", "");

        assertThat(imported.data().toString()).isEqualTo("{\"imported\":1,\"duplicates\":1}");
        assertThat(first.data().path("rewards").path(0).path("code").stringValue())
                .isEqualTo("COFFEE-1");
        assertThat(second.data().path("rewards").isEmpty()).isTrue();
        assertThat(second.data().path("metadata").path("resolution").toString())
                .contains(prize)
                .contains("no_code");
        assertThat(rewards.data().path("items")).hasSize(1);
        assertThat(rewards.data().path("items").path(0).path("code").stringValue())
                .isEqualTo("COFFEE-1");
        assertThat(acme.asPlayer("ada", "GET", "/rewards/me", "").data()).isEqualTo(rewards.data());
        assertThat(acme.asPlayer("grace", "GET", "/rewards/me", "")
                        .data()
                        .path("items")
                        .isEmpty())
                .isTrue();
    }

    @Test
    void turns_run_out_and_eligibility_says_so() {
        String game = acme.wheelOf(acme.pointsPrize(1), "{\"max_plays_per_day\": 1}");
        String spare = acme.startedBy("ada", game);

        Answer before = acme.asPlayer("ada", "GET", "/games/%s/eligibility".formatted(game), "");
        acme.play("ada", game, acme.startedBy("ada", game));
        Answer after = acme.asPlayer("ada", "GET", "/games/%s/eligibility".formatted(game), "");
        Answer refused = acme.play("ada", game, spare);

        assertThat(before.data().path("can_play").booleanValue()).isTrue();
        assertThat(before.data().path("remaining_plays").longValue()).isEqualTo(1);
        assertThat(before.data().path("reason").isNull()).isTrue();
        assertThat(after.data().path("can_play").booleanValue()).isFalse();
        assertThat(after.data().path("reason").stringValue()).isEqualTo("OUT_OF_TURNS");
        assertThat(after.data().path("next_reset_at").longValue()
                        % Duration.ofDays(1).toSeconds())
                .isZero();
        assertThat(refused.reason()).isEqualTo("OUT_OF_TURNS");
    }

    @Test
    void history_comes_newest_first_in_pages() {
        String game = acme.wheelOf(acme.pointsPrize(1), "{}");
        String first = playId(acme.play("ada", game, acme.startedBy("ada", game)));
        String second = playId(acme.play("ada", game, acme.startedBy("ada", game)));
        String third = playId(acme.play("ada", game, acme.startedBy("ada", game)));
        acme.play("grace", game, acme.startedBy("grace", game));

        Answer page = acme.asPlayer("ada", "GET", "/games/%s/history/me?limit=2".formatted(game), "");
        String cursor = page.data().path("pagination").path("next_cursor").stringValue();
        Answer rest = acme.asPlayer("ada", "GET", "/games/%s/history/me?limit=2&cursor=%s".formatted(game, cursor), "");

        assertThat(page.data()
                        .path("items")
                        .valueStream()
                        .map(item -> item.path("play_id").stringValue()))
                .containsExactly(third, second);
        assertThat(rest.data()
                        .path("items")
                        .valueStream()
                        .map(item -> item.path("play_id").stringValue()))
                .containsExactly(first);
        assertThat(rest.data().path("pagination").path("has_more").booleanValue())
                .isFalse();
        assertThat(rest.data()
                        .path("items")
                        .path(0)
                        .path("rewards")
                        .path(0)
                        .path("value")
                        .longValue())
                .isEqualTo(1);
    }

    @Test
    void a_guest_gets_a_token_that_plays_and_sees_what_was_won() {
        String game = acme.wheelOf(acme.pointsPrize(5), "{}");

        Answer started = acme.asGuest("POST", "/games/%s/start".formatted(game), "{}");
        String token = started.data().path("guest_token").stringValue();
        String body = "{\"session_id\": \"%s\"}"
                .formatted(started.data().path("session_id").stringValue());
        Answer played =
                acme.asGuest("POST", "/games/%s/play".formatted(game), body, "Authorization", "Bearer " + token);
        Answer rewards = acme.asGuest("GET", "/rewards/me", "", "Authorization", "Bearer " + token);

        assertThat(played.status()).as(played.raw().body()).isEqualTo(200);
        assertThat(rewards.data().path("items")).hasSize(1);
    }

    @Test
    void in_development_the_session_alone_suffices_for_a_guest() {
        String game = acme.wheelOf(acme.pointsPrize(5), "{}");
        Answer started = acme.asGuest("POST", "/games/%s/start".formatted(game), "");

        Answer played = acme.asGuest(
                "POST",
                "/games/%s/play".formatted(game),
                "{\"session_id\": \"%s\"}"
                        .formatted(started.data().path("session_id").stringValue()));

        assertThat(played.status()).as(played.raw().body()).isEqualTo(200);
    }

    @Test
    void a_game_for_players_who_are_logged_in_turns_guests_away() {
        String game = acme.wheelOf(acme.pointsPrize(5), "{\"require_login\": true}");

        Answer started = acme.asGuest("POST", "/games/%s/start".formatted(game), "{}");

        assertThat(started.status()).isEqualTo(401);
        assertThat(acme.asPlayer("ada", "POST", "/games/%s/start".formatted(game), "{}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void the_token_of_a_guest_is_no_login() {
        String prize = acme.pointsPrize(5);
        String open = acme.wheelOf(prize, "{}");
        String closed = acme.wheelOf(prize, "{\"require_login\": true}");
        String token = acme.asGuest("POST", "/games/%s/start".formatted(open), "{}")
                .data()
                .path("guest_token")
                .stringValue();

        Answer inOpen =
                acme.asGuest("POST", "/games/%s/start".formatted(open), "{}", "Authorization", "Bearer " + token);
        Answer inClosed =
                acme.asGuest("POST", "/games/%s/start".formatted(closed), "{}", "Authorization", "Bearer " + token);

        assertThat(inOpen.status()).as(inOpen.raw().body()).isEqualTo(200);
        assertThat(inClosed.reason()).isEqualTo("UNAUTHENTICATED");
    }

    @Test
    void a_prize_that_must_be_had_fails_the_play_and_consumes_nothing() {
        String prize = acme.create("/admin/prizes", """
                {"name": "Mug", "type": "voucher", "value": 900, "stock": {"total": 0}}""", "prize_id");
        String game = acme.create("/admin/games", """
                {"name": "Wheel", "type": "scratch_card", "status": "active", "on_unavailable": "fail",
                 "handler_config": {"prizes": [{"prize_id": "%s", "probability": 1}]}}""".formatted(prize), "game_id");
        String session = acme.startedBy("ada", game);

        Answer refused = acme.play("ada", game, session);
        acme.asAdmin("POST", "/admin/prizes/%s/stock".formatted(prize), "{\"delta\": 1, \"reason\": \"refill\"}");
        Answer played = acme.play("ada", game, session);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.reason()).isEqualTo("PRIZE_OUT_OF_STOCK");
        assertThat(played.status()).isEqualTo(200);
        assertThat(played.data().path("rewards")).hasSize(1);
    }

    @Test
    void a_rendering_tells_the_look_and_never_the_odds() {
        String prize = acme.pointsPrize(5);
        String game = acme.create("/admin/games", """
                {"name": "Wheel", "type": "spin_wheel", "status": "active", "ui": {"colour": "red", "slots": [1, 2.5, null]},
                 "handler_config": {"prizes": [{"prize_id": "%s", "probability": 0.125}]}}""".formatted(prize), "game_id");

        Answer rendering = acme.asGuest("GET", "/games/%s/render".formatted(game), "");

        assertThat(rendering.data().path("ui").toString()).isEqualTo("{\"colour\":\"red\",\"slots\":[1,2.5,null]}");
        assertThat(rendering.raw().body()).doesNotContain("0.125", prize, "handler_config");
    }

    private static String playId(Answer played) {
        return played.data().path("play_id").stringValue();
    }

    private static String sha256(String text) throws NoSuchAlgorithmException {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII)));
    }
}
