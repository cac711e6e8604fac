package io.fanfare.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.edge.HttpProbe.Answer;
import io.fanfare.play.RunningApi.Tenant;
import io.fanfare.store.outbox.RelayState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A request with a key happens once. */
@OnEveryDatabase
class IdempotencyIT {

    private final RunningApi api;
    private final Tenant acme;

    IdempotencyIT(RunningApi api) {
        this.api = api;
        this.acme = api.newTenant();
    }

    @AfterEach
    void the_relay_is_well_again() {
        api.relay.set(new RelayState.Healthy(Duration.ZERO));
    }

    @Test
    void a_repeat_gets_the_answer_of_the_first() {
        String game = acme.wheelOf(acme.pointsPrize(50), "{}");
        String session = acme.startedBy("ada", game);

        Answer first = acme.play("ada", game, session, "Idempotency-Key", "k1");
        Answer repeat = acme.play("ada", game, session, "Idempotency-Key", "k1");

        assertThat(first.status()).isEqualTo(200);
        assertThat(repeat.status()).isEqualTo(200);
        assertThat(repeat.raw().body()).isEqualTo(first.raw().body());
        assertThat(repeat.header("X-Trace-Id")).isEqualTo(first.header("X-Trace-Id"));
        assertThat(repeat.header("Idempotent-Replayed")).isEqualTo("true");
    }

    @Test
    void a_hundred_at_once_are_one_play() throws InterruptedException, ExecutionException {
        String game = acme.wheelOf(acme.pointsPrize(50), "{}");
        String session = acme.startedBy("ada", game);

        List<Answer> answers = atOnce(100, () -> acme.play("ada", game, session, "Idempotency-Key", "k1"));

        assertThat(answers)
                .hasSize(100)
                .allSatisfy(answer -> assertThat(answer.status()).isEqualTo(200));
        assertThat(answers.stream().map(answer -> answer.raw().body()).distinct())
                .hasSize(1);
        assertThat(plays()).isEqualTo(1);
    }

    @Test
    void fifty_at_once_without_a_key_are_one_play_as_well_and_the_others_hear_why() throws Exception {
        String game = acme.wheelOf(acme.pointsPrize(50), "{}");
        String session = acme.startedBy("ada", game);

        List<Answer> answers = atOnce(50, () -> acme.play("ada", game, session));

        assertThat(answers.stream().filter(answer -> answer.status() == 200)).hasSize(1);
        assertThat(answers.stream().filter(answer -> answer.reason().equals("SESSION_CONSUMED")))
                .hasSize(49);
        assertThat(plays()).isEqualTo(1);
    }

    @Test
    void a_start_happens_once() throws InterruptedException, ExecutionException {
        String game = acme.wheelOf(acme.pointsPrize(50), "{}");

        List<Answer> answers = atOnce(
                20,
                () -> acme.asPlayer(
                        "ada", "POST", "/games/%s/start".formatted(game), "{}", "Idempotency-Key", "start"));

        assertThat(answers.stream().map(answer -> answer.raw().body()).distinct())
                .hasSize(1);
        assertThat(count("session")).isEqualTo(1);
    }

    @Test
    void another_body_under_the_same_key_is_refused() {
        String game = acme.wheelOf(acme.pointsPrize(50), "{}");
        String session = acme.startedBy("ada", game);
        acme.play("ada", game, session, "Idempotency-Key", "k1");

        Answer otherBody = acme.asPlayer(
                "ada", "POST", "/games/%s/play".formatted(game), "{ not even json", "Idempotency-Key", "k1");

        assertThat(otherBody.status()).isEqualTo(422);
        assertThat(otherBody.reason()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
    }

    @Test
    void a_key_belongs_to_one_player() {
        String game = acme.wheelOf(acme.pointsPrize(50), "{}");

        Answer ada = acme.play("ada", game, acme.startedBy("ada", game), "Idempotency-Key", "k1");
        Answer grace = acme.play("grace", game, acme.startedBy("grace", game), "Idempotency-Key", "k1");

        assertThat(ada.status()).isEqualTo(200);
        assertThat(grace.status()).isEqualTo(200);
        assertThat(plays()).isEqualTo(2);
    }

    @Test
    void a_refusal_is_kept() {
        String game = acme.wheelOf(acme.pointsPrize(50), "{\"max_plays_per_user\": 1}");
        String spare = acme.startedBy("ada", game);
        acme.play("ada", game, acme.startedBy("ada", game));

        Answer refused = acme.play("ada", game, spare, "Idempotency-Key", "k1");
        acme.asAdmin("PUT", "/admin/games/" + game, """
                {"name": "Wheel", "type": "spin_wheel", "status": "active",
                 "handler_config": {"prizes": [{"prize_id": "", "probability": 1}]}}""");
        Answer repeat = acme.play("ada", game, spare, "Idempotency-Key", "k1");
        Answer anew = acme.play("ada", game, spare, "Idempotency-Key", "k2");

        assertThat(refused.reason()).isEqualTo("OUT_OF_TURNS");
        assertThat(repeat.raw().body()).isEqualTo(refused.raw().body());
        assertThat(anew.status()).isEqualTo(200);
    }

    @Test
    void an_outage_is_not_kept() {
        String game = acme.wheelOf(acme.pointsPrize(50), "{}");
        String session = acme.startedBy("ada", game);
        var before = api.rows();
        api.relay.set(new RelayState.Behind(Duration.ofMinutes(2)));

        Answer refused = acme.play("ada", game, session, "Idempotency-Key", "k1");
        var after = api.rows();
        api.relay.set(new RelayState.NoSlot());
        Answer repeat = acme.play("ada", game, session, "Idempotency-Key", "k1");

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.reason()).isEqualTo("UNAVAILABLE");
        assertThat(refused.header("Retry-After")).isEqualTo("5");
        assertThat(after).isEqualTo(before);
        assertThat(repeat.status()).isEqualTo(200);
    }

    @Test
    void what_publishes_nothing_is_answered_however_far_the_relay_is_behind() {
        String game = acme.wheelOf(acme.pointsPrize(50), "{}");
        String play = acme.play("ada", game, acme.startedBy("ada", game))
                .data()
                .path("play_id")
                .stringValue();
        api.relay.set(new RelayState.Behind(Duration.ofMinutes(2)));

        Answer replayed = acme.asAdmin("POST", "/admin/plays/%s/replay".formatted(play), "");
        Answer simulated = acme.asAdmin("POST", "/admin/games/%s/simulate?plays=10".formatted(game), "{}");
        Answer verified = acme.asGuest("POST", "/fairness/verify", "{}");
        Answer started = acme.asPlayer("ada", "POST", "/games/%s/start".formatted(game), "{}");
        Answer created = acme.asAdmin("POST", "/admin/prizes", "{\"name\": \"Mug\", \"type\": \"physical\"}");

        assertThat(replayed.status()).isEqualTo(200);
        assertThat(simulated.status()).isEqualTo(200);
        assertThat(verified.reason()).isEqualTo("VALIDATION_FAILED");
        assertThat(started.status()).isEqualTo(503);
        assertThat(created.status()).isEqualTo(503);
    }

    @Test
    void a_relay_in_danger_is_given_nothing_more_and_the_api_stays_ready() {
        String game = acme.wheelOf(acme.pointsPrize(50), "{}");
        String session = acme.startedBy("ada", game);
        var before = api.rows();
        api.relay.set(new RelayState.InDanger(Duration.ZERO, 5 << 20));

        Answer refused = acme.play("ada", game, session, "Idempotency-Key", "k1");
        Answer ready = api.http.get("/readyz");

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("Retry-After")).isEqualTo("5");
        assertThat(api.rows()).isEqualTo(before);
        assertThat(ready.status()).isEqualTo(200);
        assertThat(ready.data().path("checks").path("relay").asString())
                .isEqualTo("warning: in_danger, 5 MB of log are left before the replication slot may be lost;"
                        + " writing requests are refused");
    }

    @Test
    void a_key_is_forgotten_after_a_day() {
        String game = acme.wheelOf(acme.pointsPrize(50), "{}");
        acme.play("ada", game, acme.startedBy("ada", game), "Idempotency-Key", "k1");
        api.clock.jump(Duration.ofHours(25));

        Answer nextDay = acme.play("ada", game, acme.startedBy("ada", game), "Idempotency-Key", "k1");

        assertThat(nextDay.status()).isEqualTo(200);
        assertThat(plays()).isEqualTo(2);
    }

    @Test
    void a_key_that_is_too_long_is_refused() {
        String game = acme.wheelOf(acme.pointsPrize(50), "{}");

        Answer answer = acme.asPlayer(
                "ada", "POST", "/games/%s/start".formatted(game), "{}", "Idempotency-Key", "k".repeat(256));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.violation()).startsWith("Idempotency-Key: has 256 characters");
    }

    @Test
    void a_guest_in_development_has_keys_too() {
        String game = acme.wheelOf(acme.pointsPrize(50), "{}");

        Answer started = acme.asGuest("POST", "/games/%s/start".formatted(game), "{}");
        String session = "{\"session_id\": \"%s\"}"
                .formatted(started.data().path("session_id").stringValue());

        Answer first = acme.asGuest("POST", "/games/%s/play".formatted(game), session, "Idempotency-Key", "g1");
        Answer repeat = acme.asGuest("POST", "/games/%s/play".formatted(game), session, "Idempotency-Key", "g1");

        assertThat(first.status()).as(first.raw().body()).isEqualTo(200);
        assertThat(repeat.raw().body()).isEqualTo(first.raw().body());
    }

    @Test
    void two_guests_with_the_same_key_are_two_players() {
        String game = acme.wheelOf(acme.pointsPrize(50), "{}");

        Answer one = acme.asGuest("POST", "/games/%s/start".formatted(game), "{}", "Idempotency-Key", "start-1");
        Answer other = acme.asGuest("POST", "/games/%s/start".formatted(game), "{}", "Idempotency-Key", "start-1");

        assertThat(one.status()).isEqualTo(200);
        assertThat(other.status()).isEqualTo(200);
        assertThat(other.data().path("guest_token")).isNotEqualTo(one.data().path("guest_token"));
        assertThat(count("idempotency_key")).isZero();
    }

    @Test
    void a_claim_is_repeated_with_its_answer() throws Exception {
        String claim = "/rewards/%s/claim".formatted(wonBy("ada"));

        List<Answer> answers = atOnce(20, () -> acme.asPlayer("ada", "POST", claim, "", "Idempotency-Key", "claim"));

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.status()).isEqualTo(200))
                .extracting(answer -> answer.raw().body())
                .containsOnly(answers.getFirst().raw().body());
        assertThat(count("reward_step")).isEqualTo(1);
    }

    @Test
    void a_claim_whose_answer_cannot_be_kept_has_not_happened() {
        String claim = "/rewards/%s/claim".formatted(wonBy("ada"));
        refuseKeys();
        try {
            Answer failed = acme.asPlayer("ada", "POST", claim, "", "Idempotency-Key", "refused");
            assertThat(failed.status()).isGreaterThanOrEqualTo(500);
        } finally {
            takeKeysAgain();
        }

        Answer again = acme.asPlayer("ada", "POST", claim, "", "Idempotency-Key", "refused");

        assertThat(again.status()).as(again.raw().body()).isEqualTo(200);
        assertThat(count("reward_step")).isEqualTo(1);
    }

    @Test
    void an_attempt_that_was_caught_hears_the_same_where_its_answer_was_lost() {
        String game = acme.create("/admin/games", """
                {"name": "Eggs", "type": "egg_catcher", "status": "active", "validator_config": {"max_score": 80},
                 "handler_config": {"tiers": [{"min": 0, "max": 99, "prize_group": "none"}], "prize_groups": {"none": []}}}""", "game_id");
        String path = "/games/%s/play".formatted(game);
        String body = "{\"session_id\": \"%s\", \"payload\": {\"score\": 81, \"duration_ms\": 1}}"
                .formatted(acme.startedBy("ada", game));
        Answer first = acme.asPlayer("ada", "POST", path, body, "Idempotency-Key", "k1");
        acme.forgetAnswers();

        Answer again = acme.asPlayer("ada", "POST", path, body, "Idempotency-Key", "k1");
        Answer honest = acme.asPlayer("ada", "POST", path, body.replace("81,", "8,"), "Idempotency-Key", "k2");

        assertThat(first.reason()).isEqualTo("CHEAT_DETECTED");
        assertThat(again.status()).isEqualTo(first.status());
        assertThat(again.data()).isEqualTo(first.data());
        assertThat(honest.reason()).isEqualTo("SESSION_CONSUMED");
    }

    private String wonBy(String player) {
        String mug = acme.create("/admin/prizes", "{\"name\": \"Mug\", \"type\": \"voucher\"}", "prize_id");
        String game = acme.wheelOf(mug, "{}");
        Answer played = acme.play(player, game, acme.startedBy(player, game));
        return played.data().path("rewards").path(0).path("reward_id").stringValue();
    }

    /** From now on nothing is kept under the key {@code refused}. */
    private void refuseKeys() {
        switch (api.dialect()) {
            case POSTGRESQL -> {
                api.jdbc.sql("""
                        create function refuse_key() returns trigger language plpgsql as $$
                        begin
                            raise exception 'the key is refused';
                        end $$
                        """).update();
                api.jdbc.sql("""
                        create trigger refuse_key before insert on idempotency_key for each row
                        when (new.key = 'refused') execute function refuse_key()
                        """).update();
            }
            case MARIADB -> api.jdbc.sql("""
                        create trigger refuse_key before insert on idempotency_key for each row
                        begin
                            if new.`key` = 'refused' then
                                signal sqlstate '45000' set message_text = 'the key is refused';
                            end if;
                        end
                        """).update();
        }
    }

    private void takeKeysAgain() {
        switch (api.dialect()) {
            case POSTGRESQL -> {
                api.jdbc.sql("drop trigger refuse_key on idempotency_key").update();
                api.jdbc.sql("drop function refuse_key()").update();
            }
            case MARIADB -> api.jdbc.sql("drop trigger refuse_key").update();
        }
    }

    private long plays() {
        return count("play");
    }

    private long count(String table) {
        return api.jdbc
                .sql("select count(*) from " + table + " where tenant_id = :tenant")
                .param("tenant", acme.id)
                .query(Long.class)
                .single();
    }

    private static List<Answer> atOnce(int times, Callable<Answer> request)
            throws InterruptedException, ExecutionException {
        var answers = new ArrayList<Answer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> underWay = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                underWay.add(threads.submit(request));
            }
            for (Future<Answer> each : underWay) {
                answers.add(each.get());
            }
        }
        return answers;
    }
}
