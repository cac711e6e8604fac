package io.fanfare.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.edge.HttpProbe.Answer;
import io.fanfare.play.GamesPage.Example;
import io.fanfare.play.RunningApi.Tenant;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** A play can be read back with all that it was decided on, and comes out the same again, unless somebody changed it. */
@OnEveryDatabase
class AuditIT {

    private final RunningApi api;
    private final Tenant acme;

    AuditIT(RunningApi api) {
        this.api = api;
        this.acme = api.newTenant();
    }

    @Test
    void the_record_holds_what_the_play_was_decided_on() {
        String prize = acme.pointsPrize(50);
        String game = acme.wheelOf(prize, "{}");
        Answer started = acme.asPlayer("ada", "POST", "/games/%s/start".formatted(game), "{}");
        String session = started.data().path("session_id").stringValue();
        JsonNode played = acme.asPlayer(
                        "ada",
                        "POST",
                        "/games/%s/play".formatted(game),
                        "{\"session_id\": \"%s\", \"payload\": {}, \"client_seed\": \"lucky\"}".formatted(session),
                        "traceparent",
                        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .data();

        JsonNode record = record(played);

        assertThat(record.path("game_id").stringValue()).isEqualTo(game);
        assertThat(record.path("game_revision").longValue()).isEqualTo(1);
        assertThat(record.path("player_id").stringValue()).isEqualTo("ada");
        assertThat(record.path("session_id").stringValue()).isEqualTo(session);
        assertThat(record.path("sequence").longValue()).isEqualTo(1);
        assertThat(record.path("payload").toString()).isEqualTo("{}");
        assertThat(record.path("verdict").stringValue()).isEqualTo("plausible");
        assertThat(record.path("client_seed").stringValue()).isEqualTo("lucky");
        assertThat(record.path("server_seed")).isEqualTo(played.path("fairness").path("server_seed"));
        assertThat(record.path("server_seed_hash"))
                .isEqualTo(started.data().path("fairness").path("server_seed_hash"));
        assertThat(record.path("draws")).hasSize(1);
        assertThat(record.path("draws").path(0).doubleValue()).isBetween(0.0, 1.0);
        assertThat(record.path("metadata").path("slot_index").longValue()).isEqualTo(3);
        assertThat(record.path("rewards").path(0).path("reward_id"))
                .isEqualTo(played.path("rewards").path(0).path("reward_id"));
        assertThat(record.path("prizes").toString())
                .isEqualTo("[{\"prize_id\":\"%s\",\"revision\":1}]".formatted(prize));
        assertThat(record.path("trace").stringValue()).startsWith("00-0af7651916cd43dd8448eb211c80319c-");
    }

    @ParameterizedTest
    @MethodSource("io.fanfare.play.GamesPage#examples")
    void a_play_of_any_shape_comes_out_the_same_again(Example example) {
        String game = acme.create("/admin/games", example.gameWith(this::prize), "game_id");
        String session = acme.startedBy("ada", game);
        api.clock.jump(Duration.ofSeconds(20));
        JsonNode played = acme.asPlayer(
                        "ada",
                        "POST",
                        "/games/%s/play".formatted(game),
                        "{\"session_id\": \"%s\", \"payload\": %s}"
                                .formatted(session, example.play().path("payload")))
                .data();

        Answer replay = replay(played);

        assertThat(replay.status()).as(replay.raw().body()).isEqualTo(200);
        assertThat(replay.data().path("matches").booleanValue())
                .as(replay.raw().body())
                .isTrue();
        assertThat(replay.data().path("recomputed")).isEqualTo(replay.data().path("recorded"));
        assertThat(replay.data().path("differences")).isEmpty();
    }

    @Test
    void a_game_that_was_changed_since_then_is_taken_as_it_was() {
        String prize = acme.pointsPrize(50);
        String game = acme.wheelOf(prize, "{}");
        JsonNode played = acme.play("ada", game, acme.startedBy("ada", game)).data();
        acme.asAdmin("PUT", "/admin/games/" + game, """
                {"name": "Wheel", "type": "spin_wheel", "status": "active",
                 "handler_config": {"prizes": [{"probability": 1, "slot_index": 8}]}}""");

        Answer replay = replay(played);

        assertThat(replay.data().path("matches").booleanValue()).isTrue();
        assertThat(replay.data().path("game_revision").longValue()).isEqualTo(1);
    }

    @Test
    void what_could_not_be_had_is_explained_and_still_matches() {
        String prize = acme.create("/admin/prizes", """
                {"name": "Mug", "type": "physical", "stock": {"total": 5}, "constraints": {"max_per_user": 1}}""", "prize_id");
        String game = acme.wheelOf(prize, "{}");
        acme.play("ada", game, acme.startedBy("ada", game));
        JsonNode capped = acme.play("ada", game, acme.startedBy("ada", game)).data();

        assertThat(record(capped).path("resolution").toString())
                .isEqualTo("[{\"prize_id\":\"%s\",\"reason\":\"capped\",\"instead\":\"nothing\"}]".formatted(prize));
        assertThat(replay(capped).data().path("matches").booleanValue()).isTrue();
        assertThat(replay(capped).data().path("recorded").path("prizes")).isEmpty();
    }

    @Test
    void what_was_over_the_budget_of_the_campaign_then_still_matches_under_another_budget() {
        String campaign = acme.create(
                "/admin/campaigns", "{\"name\": \"Spring\", \"status\": \"active\", \"budget\": 70}", "campaign_id");
        String prize = acme.pointsPrize(50);
        String game = acme.create("/admin/games", """
                {"name": "Wheel", "type": "spin_wheel", "status": "active", "campaign_id": "%s",
                 "handler_config": {"prizes": [{"prize_id": "%s", "probability": 1}]}}""".formatted(campaign, prize), "game_id");
        JsonNode within = acme.play("ada", game, acme.startedBy("ada", game)).data();
        JsonNode over = acme.play("ada", game, acme.startedBy("ada", game)).data();
        api.clock.jump(Duration.ofMinutes(1));
        acme.asAdmin("PUT", "/admin/campaigns/" + campaign, "{\"name\": \"Spring\", \"status\": \"active\"}");

        assertThat(record(over).path("resolution").toString())
                .isEqualTo(
                        "[{\"prize_id\":\"%s\",\"reason\":\"over_budget\",\"instead\":\"nothing\"}]".formatted(prize));
        assertThat(replay(over).data().path("matches").booleanValue()).isTrue();
        assertThat(replay(within).data().path("matches").booleanValue()).isTrue();
    }

    @Test
    void an_attempt_that_was_caught_is_found_with_what_gave_it_away() {
        String game = eggs();
        String session = caughtIn(game, "ada");

        JsonNode found = caught("").path("items").path(0);
        JsonNode record = record(found);

        assertThat(record.path("verdict").stringValue()).isEqualTo("caught");
        assertThat(record.path("session_id").stringValue()).isEqualTo(session);
        assertThat(record.path("caught").path("why").stringValue()).isNotBlank();
        assertThat(record.path("caught")).isEqualTo(found.path("caught"));
        assertThat(record.path("payload").path("score").longValue()).isEqualTo(999);
        assertThat(record.path("sequence").isNull()).isTrue();
        assertThat(record.path("rewards")).isEmpty();
        assertThat(record.path("trace").stringValue()).startsWith("00-");
    }

    @Test
    void an_attempt_that_was_caught_is_judged_again_as_it_was() {
        String game = eggs();
        caughtIn(game, "ada");
        // The rules of today would let it pass.
        acme.asAdmin("PUT", "/admin/games/" + game, eggsUpTo(1_000));

        JsonNode found = caught("").path("items").path(0);
        JsonNode replay = replay(found).data();

        assertThat(replay.path("matches").booleanValue()).as(replay.toString()).isTrue();
        assertThat(replay.path("game_revision").longValue()).isEqualTo(1);
        assertThat(replay.path("recorded").path("verdict").stringValue()).isEqualTo("caught");
        assertThat(replay.path("recorded").path("caught")).isEqualTo(found.path("caught"));
        assertThat(replay.path("recomputed")).isEqualTo(replay.path("recorded"));
    }

    @Test
    void an_attempt_whose_record_was_changed_does_not_come_out_as_caught_again() {
        caughtIn(eggs(), "ada");
        api.jdbc
                .sql("update caught_play set input = '{\"score\": 1, \"duration_ms\": 1}' where tenant_id = ?")
                .param(acme.id)
                .update();

        JsonNode replay = replay(caught("").path("items").path(0)).data();

        assertThat(replay.path("matches").booleanValue()).as(replay.toString()).isFalse();
        assertThat(replay.path("recomputed").path("verdict").stringValue()).isEqualTo("plausible");
    }

    @Test
    void a_play_whose_record_was_changed_into_one_that_cannot_be_is_found_out() {
        String game = eggs();
        String session = acme.startedBy("ada", game);
        JsonNode played = acme.asPlayer(
                        "ada",
                        "POST",
                        "/games/%s/play".formatted(game),
                        "{\"session_id\": \"%s\", \"payload\": {\"score\": 9, \"duration_ms\": 1}}".formatted(session))
                .data();
        assertThat(replay(played).data().path("matches").booleanValue()).isTrue();
        api.jdbc
                .sql("update play set input = '{\"score\": 999, \"duration_ms\": 1}' where play_id = ?")
                .param(played.path("play_id").stringValue())
                .update();

        JsonNode replay = replay(played).data();

        assertThat(replay.path("matches").booleanValue()).as(replay.toString()).isFalse();
        assertThat(replay.path("recomputed").path("verdict").stringValue()).isEqualTo("caught");
    }

    @Test
    void a_game_that_was_saved_before_a_rule_is_played_and_replayed_and_only_its_next_version_keeps_to_it() {
        String counted = """
                {"name": "Wheel", "type": "spin_wheel", "status": "active",
                 "handler_config": {"prizes": [{"prize_id": "", "probability": 1}],
                    "winning_moments": [{"prize_id": "%s", "count": 1, "from": 1, "until": 2%s}]}}""";
        String car = acme.pointsPrize(900);
        String game = acme.create("/admin/games", counted.formatted(car, ", \"spread_seed\": 4711"), "game_id");
        int changed = api.jdbc
                .sql(
                        "update game_revision set handler_config = replace(handler_config, '\"spread_seed\":4711', '\"spread_seed\":null') where game_id = ?")
                .param(game)
                .update();

        JsonNode played = acme.play("ada", game, acme.startedBy("ada", game)).data();
        Answer saved = acme.asAdmin("PUT", "/admin/games/" + game, counted.formatted(car, ""));

        assertThat(changed).isOne();
        assertThat(played.path("rewards").path(0).path("prize_id").stringValue())
                .as(played.toString())
                .isEqualTo(car);
        assertThat(replay(played).data().path("matches").booleanValue()).isTrue();
        assertThat(saved.violation()).startsWith("handler_config.winning_moments[0].spread_seed: is missing");
    }

    @Test
    void attempts_that_were_caught_come_newest_first_in_pages_by_game_and_player() {
        String game = eggs();
        String first = caughtIn(game, "ada");
        String second = caughtIn(game, "grace");
        String third = caughtIn(eggs(), "ada");

        JsonNode page = caught("&limit=2");
        String cursor = page.path("pagination").path("next_cursor").stringValue();

        assertThat(sessions(page)).containsExactly(third, second);
        assertThat(sessions(caught("&limit=2&cursor=" + cursor))).containsExactly(first);
        assertThat(sessions(caught("&game_id=" + game))).containsExactly(second, first);
        assertThat(sessions(caught("&player_id=ada"))).containsExactly(third, first);
        assertThat(sessions(caught("&player_id=ada&game_id=" + game))).containsExactly(first);
    }

    @Test
    void only_what_was_caught_is_listed() {
        Answer all = acme.asAdmin("GET", "/admin/plays", "");
        Answer other = acme.asAdmin("GET", "/admin/plays?verdict=plausible", "");

        assertThat(all.violation()).isEqualTo("verdict: is missing, expected caught");
        assertThat(other.violation()).isEqualTo("verdict: is 'plausible', expected caught");
    }

    @Test
    void a_record_that_was_changed_is_found_out_with_both_sides() {
        String prize = acme.pointsPrize(50);
        String game = acme.wheelOf(prize, "{}");
        JsonNode played = acme.play("ada", game, acme.startedBy("ada", game)).data();
        api.jdbc
                .sql("delete from reward where play_id = ?")
                .param(played.path("play_id").stringValue())
                .update();

        JsonNode replay = replay(played).data();

        assertThat(replay.path("matches").booleanValue()).isFalse();
        assertThat(replay.path("recorded").path("prizes")).isEmpty();
        assertThat(replay.path("recomputed").path("prizes").toString()).isEqualTo("[\"%s\"]".formatted(prize));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "null", textBlock = """
            update reward set quantity = 3      | rewards[0].quantity | 3       | 1
            update reward set value = 5000      | rewards[0].value    | 5000    | 50
            update reward set name = 'gold'     | rewards[0].name     | gold    | points
            update reward set type = 'voucher'  | rewards[0].type     | voucher | points
            update play set score = 7           | score               | 7       | null
            update play set metadata = '{}'     | metadata            | {}      | {"slot_index":3}
            """)
    void what_was_changed_in_a_record_is_named(
            String change, String field, String recorded, @Nullable String recomputed) {
        String game = acme.wheelOf(acme.pointsPrize(50), "{}");
        JsonNode played = acme.play("ada", game, acme.startedBy("ada", game)).data();
        api.jdbc
                .sql(change + " where play_id = ?")
                .param(played.path("play_id").stringValue())
                .update();

        JsonNode replay = replay(played).data();

        assertThat(replay.path("matches").booleanValue()).as(replay.toString()).isFalse();
        assertThat(replay.path("differences")).singleElement().satisfies(difference -> {
            assertThat(difference.path("field").stringValue()).isEqualTo(field);
            assertThat(difference.path("recorded").stringValue()).isEqualTo(recorded);
            assertThat(difference.path("recomputed").stringValue(null)).isEqualTo(recomputed);
        });
    }

    @Test
    void what_a_start_dealt_is_dealt_again_and_found_out_where_it_was_changed() {
        String game = acme.create("/admin/games", """
                {"name": "Boxes", "type": "random_pick", "status": "active",
                 "handler_config": {"items": [{"item_id": "red", "name": "Red box"}, {"item_id": "blue", "name": "Blue box"}],
                                    "shown": 2}}""", "game_id");
        String session = acme.startedBy("ada", game);
        // Its rules of today would deal something else.
        acme.asAdmin("PUT", "/admin/games/" + game, """
                {"name": "Boxes", "type": "random_pick", "status": "active",
                 "handler_config": {"items": [{"item_id": "red", "name": "Green box"}], "shown": 1}}""");
        JsonNode played = acme.asPlayer(
                        "ada",
                        "POST",
                        "/games/%s/play".formatted(game),
                        "{\"session_id\": \"%s\", \"payload\": {\"picked\": \"red\"}, \"client_seed\": \"lucky\"}"
                                .formatted(session))
                .data();
        assertThat(replay(played).data().path("matches").booleanValue()).isTrue();
        api.jdbc
                .sql("update session set seed = replace(seed, 'Red box', 'Gold box') where session_id = ?")
                .param(session)
                .update();

        JsonNode replay = replay(played).data();

        assertThat(replay.path("differences")).singleElement().satisfies(difference -> {
            assertThat(difference.path("field").stringValue()).isEqualTo("seed_data");
            assertThat(difference.path("recorded").stringValue()).contains("Gold box");
            assertThat(difference.path("recomputed").stringValue()).contains("Red box");
        });
    }

    @Test
    void a_play_at_the_time_of_a_change_of_its_prize_may_have_been_decided_before_it() {
        String prize = acme.pointsPrize(50);
        String game = acme.wheelOf(prize, "{}");
        api.clock.jump(Duration.ofMinutes(1));
        JsonNode played = acme.play("ada", game, acme.startedBy("ada", game)).data();
        acme.asAdmin("PUT", "/admin/prizes/" + prize, "{\"name\": \"points\", \"type\": \"points\", \"value\": 60}");

        JsonNode replay = replay(played).data();

        assertThat(replay.path("matches").booleanValue()).as(replay.toString()).isTrue();
        assertThat(replay.path("prizes").path(0).path("revision").longValue()).isEqualTo(1);
    }

    @Test
    void replaying_changes_nothing() {
        String game = acme.wheelOf(acme.pointsPrize(50), "{}");
        JsonNode played = acme.play("ada", game, acme.startedBy("ada", game)).data();
        var before = api.rows();

        replay(played);
        record(played);

        assertThat(api.rows()).isEqualTo(before);
    }

    @Test
    void it_is_for_the_operators_of_the_tenant() {
        String game = acme.wheelOf(acme.pointsPrize(50), "{}");
        String play = acme.play("ada", game, acme.startedBy("ada", game))
                .data()
                .path("play_id")
                .stringValue();
        Tenant globex = api.newTenant();

        assertThat(globex.asAdmin("GET", "/admin/plays/" + play, "").reason()).isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(globex.asAdmin("POST", "/admin/plays/%s/replay".formatted(play), "")
                        .reason())
                .isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(acme.asPlayer("ada", "GET", "/admin/plays/" + play, "").reason())
                .isEqualTo("PERMISSION_DENIED");
        assertThat(acme.asAdmin("GET", "/admin/plays/play_none", "").reason()).isEqualTo("RESOURCE_NOT_FOUND");
    }

    private String eggs() {
        return acme.create("/admin/games", eggsUpTo(80), "game_id");
    }

    private static String eggsUpTo(int score) {
        return """
                {"name": "Eggs", "type": "egg_catcher", "status": "active", "validator_config": {"max_score": %d},
                 "handler_config": {"tiers": [{"min": 0, "max": 99, "prize_group": "none"}], "prize_groups": {"none": []}}}""".formatted(score);
    }

    /** @return the session of the attempt */
    private String caughtIn(String game, String player) {
        String session = acme.startedBy(player, game);
        Answer caught = acme.asPlayer(
                player,
                "POST",
                "/games/%s/play".formatted(game),
                "{\"session_id\": \"%s\", \"payload\": {\"score\": 999, \"duration_ms\": 1}}".formatted(session));
        assertThat(caught.reason()).isEqualTo("CHEAT_DETECTED");
        return session;
    }

    private JsonNode caught(String more) {
        Answer caught = acme.asAdmin("GET", "/admin/plays?verdict=caught" + more, "");
        assertThat(caught.status()).as(caught.raw().body()).isEqualTo(200);
        return caught.data();
    }

    private static List<String> sessions(JsonNode page) {
        return page.path("items")
                .valueStream()
                .map(item -> item.path("session_id").stringValue())
                .toList();
    }

    private JsonNode record(JsonNode played) {
        Answer record =
                acme.asAdmin("GET", "/admin/plays/" + played.path("play_id").stringValue(), "");
        assertThat(record.status()).as(record.raw().body()).isEqualTo(200);
        return record.data();
    }

    private Answer replay(JsonNode played) {
        return acme.asAdmin(
                "POST",
                "/admin/plays/%s/replay".formatted(played.path("play_id").stringValue()),
                "");
    }

    private String prize(String name) {
        String type = name.equals("points") ? "points" : "physical";
        return acme.create(
                "/admin/prizes",
                "{\"name\": \"%s\", \"type\": \"%s\", \"value\": 5}".formatted(name, type),
                "prize_id");
    }
}
