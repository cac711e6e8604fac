package io.fanfare.play;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fanfare.edge.HttpProbe.Answer;
import io.fanfare.play.RunningApi.Tenant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What a game would cost is known before anybody plays it, and asking leaves no trace on stock, codes or counters. */
@OnEveryDatabase
class SimulationsIT {

    private final RunningApi api;
    private final Tenant acme;

    SimulationsIT(RunningApi api) {
        this.api = api;
        this.acme = api.newTenant();
    }

    private String voucher = "";
    private String points = "";
    private String wheel = "";

    @BeforeEach
    void a_wheel_with_a_few_vouchers_and_points_without_end() {
        voucher = acme.create("/admin/prizes", """
                {"name": "Voucher", "type": "voucher", "value": 500, "stock": {"total": 100},
                 "fulfillment": {"channel": "voucher_code"}}""", "prize_id");
        acme.asAdmin(
                "POST",
                "/admin/prizes/%s/codes".formatted(voucher),
                "{\"codes\": [\"A\", \"B\", \"C\", \"D\", \"E\"]}");
        points = acme.pointsPrize(10);
        wheel = acme.create("/admin/games", """
                {"name": "Wheel", "type": "spin_wheel", "handler_config": {"prizes": [
                    {"prize_id": "%s", "probability": 1}, {"prize_id": "%s", "probability": 3}, {"probability": 6}]}}""".formatted(voucher, points), "game_id");
    }

    @Test
    void a_small_crowd_is_answered_at_once_and_touches_nothing() {
        var before = api.rows();

        Answer answer = simulate(10_000, "{\"seed\": 7}");

        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(200);
        assertThat(api.rows()).isEqualTo(before);
        assertThat(answer.data().path("status").stringValue()).isEqualTo("done");
        assertThat(answer.data().path("simulation_id").isNull()).isTrue();
        JsonNode forecast = answer.data().path("forecast");
        assertThat(forecast.path("plays").longValue()).isEqualTo(10_000);
        assertThat(prize(forecast, points).path("configured_odds").doubleValue())
                .isEqualTo(0.3);
        assertThat(prize(forecast, points).path("odds").doubleValue()).isBetween(0.28, 0.32);
        assertThat(prize(forecast, points).path("exhausted_at_play").isNull()).isTrue();
        assertThat(forecast.path("win_curve")).hasSize(101);
    }

    @Test
    void it_says_when_the_codes_of_today_are_gone() {
        JsonNode forecast = simulate(10_000, "{\"seed\": 7}").data().path("forecast");

        JsonNode vouchers = prize(forecast, voucher);
        assertThat(vouchers.path("configured_odds").doubleValue()).isEqualTo(0.1);
        assertThat(vouchers.path("stock").longValue()).isEqualTo(100);
        assertThat(vouchers.path("codes").longValue()).isEqualTo(5);
        assertThat(vouchers.path("awarded").longValue()).isEqualTo(5);
        assertThat(vouchers.path("exhausted_at_play").longValue()).isBetween(10L, 300L);
        assertThat(forecast.path("unavailable").path("no_code").longValue()).isGreaterThan(800);
        assertThat(forecast.path("cost").longValue())
                .isEqualTo(5 * 500 + prize(forecast, points).path("awarded").longValue() * 10);
    }

    @Test
    void the_budget_of_its_campaign_bounds_a_game() {
        String campaign = acme.create("/admin/campaigns", """
                {"name": "Spring", "status": "draft", "budget": 300}""", "campaign_id");
        wheel = acme.create("/admin/games", """
                {"name": "Wheel", "type": "spin_wheel", "campaign_id": "%s",
                 "handler_config": {"prizes": [{"prize_id": "%s", "probability": 1}]}}""".formatted(campaign, points), "game_id");

        JsonNode forecast = simulate(1_000, "{\"seed\": 7}").data().path("forecast");

        assertThat(forecast.path("cost").longValue()).isEqualTo(300);
        assertThat(prize(forecast, points).path("awarded").longValue()).isEqualTo(30);
        assertThat(forecast.path("unavailable").path("over_budget").longValue()).isEqualTo(970);
    }

    @Test
    void the_same_seed_gives_the_same_forecast() {
        Answer once = simulate(2_000, "{\"seed\": 99, \"players\": 10, \"from\": 1700000000, \"until\": 1700090000}");
        Answer again = simulate(2_000, "{\"seed\": 99, \"players\": 10, \"from\": 1700000000, \"until\": 1700090000}");

        assertThat(again.data().path("forecast")).isEqualTo(once.data().path("forecast"));
    }

    @Test
    void a_big_crowd_plays_in_the_background() {
        Answer accepted = begun(100_000, "{\"seed\": 3}");
        String place = accepted.header("Location");

        assertThat(accepted.status()).isEqualTo(202);
        assertThat(place).startsWith("/api/v1/admin/simulations/sim_");
        assertThat(accepted.data().path("status").stringValue()).isIn("running", "done");
        assertThat(accepted.data().path("of").longValue()).isEqualTo(100_000);
        JsonNode done = awaitEnd(place);
        assertThat(done.path("status").stringValue()).isEqualTo("done");
        assertThat(done.path("played").longValue()).isEqualTo(100_000);
        assertThat(done.path("forecast").path("plays").longValue()).isEqualTo(100_000);
        assertThat(done.path("forecast").path("win_rate").doubleValue()).isBetween(0.29, 0.31);
        assertThat(done.path("finished_at").longValue())
                .isGreaterThanOrEqualTo(done.path("created_at").longValue());
    }

    @Test
    void another_instance_goes_on_with_what_one_left_behind() {
        JsonNode done = awaitEnd(begun(20_000, "{\"seed\": 3}").header("Location"));
        // As if the instance had gone without a word, some time ago.
        api.jdbc.sql("""
                        update simulation set status = 'running', played = 5000, forecast = null, finished_at = null,
                            lease = 'gone', lease_until = timestamp '2020-01-01 00:00:00'
                        where simulation_id = ?
                        """).param(done.path("simulation_id").stringValue()).update();

        JsonNode again = awaitEnd(
                "/api/v1/admin/simulations/" + done.path("simulation_id").stringValue());

        assertThat(again.path("forecast")).isEqualTo(done.path("forecast"));
        assertThat(again.path("status").stringValue()).isEqualTo("done");
    }

    @Test
    void one_instance_runs_a_bounded_number_at_once() {
        List<Answer> answers = new ArrayList<>();
        await().atMost(60, SECONDS).untilAsserted(() -> {
            Answer answer = simulate(1_000_000, "{}");
            answers.add(answer);
            assertThat(answer.status()).isEqualTo(503);
        });

        Answer refused = answers.getLast();
        assertThat(refused.reason()).isEqualTo("UNAVAILABLE");
        assertThat(refused.header("Retry-After")).isEqualTo("10");
        answers.stream()
                .filter(answer -> answer.status() == 202)
                .forEach(accepted -> awaitEnd(accepted.header("Location")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            0       | {}                          | plays: is 0, expected 1 to 1000000
            1000001 | {}                          | plays: is 1000001, expected 1 to 1000000
            5       | {"players": 0}              | players: is 0, expected 1 to 1000000
            5       | {"seed": -1}                | seed: is -1, expected 0 to 9007199254740991
            5       | {"from": 9, "until": 5}     | until: is before from
            5       | {"plays": 5}                | plays: is not known
            """)
    void what_makes_no_sense_is_refused_by_its_field(long plays, String body, String violation) {
        Answer answer = simulate(plays, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.violation()).isEqualTo(violation);
    }

    @Test
    void it_is_for_the_operators_of_the_tenant() {
        Tenant globex = api.newTenant();
        String place = begun(10_001, "{}").header("Location").replace("/api/v1", "");

        assertThat(globex.asAdmin("POST", "/admin/games/%s/simulate?plays=5".formatted(wheel), "{}")
                        .reason())
                .isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(globex.asAdmin("GET", place, "").reason()).isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(acme.asPlayer("ada", "GET", place, "").reason()).isEqualTo("PERMISSION_DENIED");
        assertThat(acme.asAdmin("GET", "/admin/simulations/sim_none", "").reason())
                .isEqualTo("RESOURCE_NOT_FOUND");
    }

    private Answer simulate(long plays, String body) {
        return acme.asAdmin("POST", "/admin/games/%s/simulate?plays=%d".formatted(wheel, plays), body);
    }

    /** Begun as soon as there is a place. */
    private Answer begun(long plays, String body) {
        var accepted = new ArrayList<Answer>();
        await().atMost(60, SECONDS).untilAsserted(() -> {
            accepted.add(simulate(plays, body));
            assertThat(accepted.getLast().status()).isEqualTo(202);
        });
        return accepted.getLast();
    }

    private JsonNode awaitEnd(String place) {
        var seen = new ArrayList<JsonNode>();
        await().atMost(120, SECONDS).pollInterval(Duration.ofMillis(100)).untilAsserted(() -> {
            seen.add(acme.asAdmin("GET", place.replace("/api/v1", ""), "").data());
            assertThat(seen.getLast().path("status").stringValue()).isNotEqualTo("running");
        });
        return seen.getLast();
    }

    private static JsonNode prize(JsonNode forecast, String id) {
        return forecast.path("prizes")
                .valueStream()
                .filter(prize -> prize.path("prize_id").stringValue().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
