package io.fanfare.play;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fanfare.edge.HttpProbe.Answer;
import io.fanfare.play.RunningApi.Tenant;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Who prefers to wait for it is told where a play stands; the boards are a fake that speaks {@code /state/v1}. */
@OnEveryDatabase
class PlayRankingsIT {

    private static final String FIRST = "[{\"leaderboard_id\":\"board_1\",\"score\":7,\"flagged\":false,\"rank\":1}]";
    private static final String SECOND = "[{\"leaderboard_id\":\"board_1\",\"score\":7,\"flagged\":false,\"rank\":2}]";
    private static final String FLAGGED =
            "[{\"leaderboard_id\":\"board_1\",\"score\":7,\"flagged\":true,\"rank\":null}]";

    private final RunningApi api;
    private final Tenant acme;
    private final String game;

    PlayRankingsIT(RunningApi api) {
        this.api = api;
        this.acme = api.newTenant();
        this.game = acme.wheelOf(acme.pointsPrize(50), "{}");
    }

    @Test
    void the_answer_tells_the_rankings_that_this_play_is_in() {
        boardsSay(FIRST, 2);
        acme.play("ada", game, acme.startedBy("ada", game));

        Answer played = playedBy("ada", "Prefer", "wait=3");

        assertThat(api.state.asked.get())
                .startsWith("/state/v1/players/ada/rankings?")
                .contains("applied=2", "campaign_id=camp_1", "occurred_at_ms=", "wait_ms=2800");
        assertThat(played.status()).as(played.raw().body()).isEqualTo(200);
        assertThat(played.header("Preference-Applied")).isEqualTo("wait=3");
        assertThat(metadata(played).toString())
                .isEqualTo("{\"slot_index\":3,\"resolution\":[],\"rankings\":" + FIRST
                        + ",\"rankings_freshness\":{\"fresh\":true,\"expected_sequence\":2,\"applied_sequence\":2}}");
        assertThat(played.data().path("consistency").stringValue()).isEqualTo("camp_1:2");
    }

    @Test
    void an_entry_that_is_looked_into_has_no_rank() {
        boardsSay(FLAGGED, 1);

        Answer played = playedBy("ada", "Prefer", "wait=3");

        assertThat(rankings(played)).isEqualTo(FLAGGED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"respond-async", "wait=soon", "wait=0"})
    void who_does_not_prefer_to_wait_is_answered_as_ever(String preference) {
        api.state.asked.set("nothing");

        Answer played = playedBy("ada", "Prefer", preference);

        assertThat(api.state.asked.get()).isEqualTo("nothing");
        assertThat(metadata(played).toString()).isEqualTo("{\"slot_index\":3,\"resolution\":[]}");
        assertThat(played.raw().headers().firstValue("Preference-Applied")).isEmpty();
    }

    @Test
    void nobody_waits_longer_than_five_seconds() {
        boardsSay(FIRST, 1);

        Answer played = playedBy("ada", "Prefer", "wait=3600");

        assertThat(api.state.asked.get()).contains("wait_ms=4800");
        assertThat(played.header("Preference-Applied")).isEqualTo("wait=5");
    }

    @Test
    void boards_that_cannot_be_asked_are_left_out_of_a_play_that_happened() {
        api.state.fails(503);

        Answer played = playedBy("ada", "Prefer", "wait=3");

        assertThat(played.status()).isEqualTo(200);
        assertThat(played.data().path("rewards")).hasSize(1);
        assertUnknown(played, 1);
    }

    @Test
    void boards_that_do_not_understand_the_question_are_left_out_of_it_too() {
        api.state.refuses("applied", "is none of ours");

        Answer played = playedBy("ada", "Prefer", "wait=3");

        assertThat(played.status()).isEqualTo(200);
        assertThat(played.data().path("rewards")).hasSize(1);
        assertUnknown(played, 1);
    }

    @Test
    void boards_that_do_not_answer_are_waited_for_as_long_as_was_asked_and_then_nobody_else_is() {
        boardsSay(FIRST, 1);
        playedBy("ada", "Prefer", "wait=5");
        api.state.keepsSilent();
        api.otherState.asked.set("nothing");
        String session = acme.startedBy("ada", game);

        long began = System.nanoTime();
        Answer played = acme.play("ada", game, session, "Prefer", "wait=1");
        Duration took = Duration.ofNanos(System.nanoTime() - began);

        assertThat(played.status()).isEqualTo(200);
        assertUnknown(played, 2);
        assertThat(took).as("less than the patience that other questions have").isBetween(ofSeconds(1), ofSeconds(3));
        assertThat(api.otherState.asked.get()).isEqualTo("nothing");
    }

    @Test
    void where_two_hundred_wait_already_the_next_one_is_answered_without_waiting() throws Exception {
        List<String> sessions =
                IntStream.rangeClosed(0, 200).mapToObj(this::startedBySeat).toList();
        api.state.keepsSilent();
        try (var seats = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> waiting = IntStream.range(0, 200)
                    .mapToObj(seat -> seats.submit(() -> playedBySeat(seat, sessions.get(seat))))
                    .toList();
            await().until(() -> api.state.all.stream()
                            .filter(asked -> asked.contains("/seat-" + acme.id))
                            .count()
                    == 200);

            Answer next = playedBySeat(200, sessions.get(200));

            assertThat(next.status()).isEqualTo(200);
            assertThat(next.raw().headers().firstValue("Preference-Applied")).isEmpty();
            assertUnknown(next, 1);
            assertThat(waiting).as("wait still").noneMatch(Future::isDone);
            api.state.hangsUp();
            for (Future<Answer> one : waiting) {
                assertThat(one.get().header("Preference-Applied")).isEqualTo("wait=5");
                assertUnknown(one.get(), 1);
            }
        }
    }

    @Test
    void boards_that_do_not_know_of_the_play_in_time_say_how_far_they_are() {
        acme.play("ada", game, acme.startedBy("ada", game));
        api.state.says("{\"rankings\": [], \"freshness\": {\"fresh\": false, \"applied_sequence\": 1}}");

        Answer played = playedBy("ada", "Prefer", "wait=3");

        assertThat(rankings(played)).isEqualTo("[]");
        assertThat(metadata(played).path("rankings_freshness").toString())
                .isEqualTo("{\"fresh\":false,\"expected_sequence\":2,\"applied_sequence\":1}");
    }

    @Test
    void a_repeat_tells_the_rankings_of_its_own_time_and_none_where_it_does_not_ask() {
        String session = acme.startedBy("ada", game);
        boardsSay(FIRST, 1);
        Answer first = acme.play("ada", game, session, "Idempotency-Key", "k1", "Prefer", "wait=3");
        boardsSay(SECOND, 5);

        Answer again = acme.play("ada", game, session, "Idempotency-Key", "k1", "Prefer", "wait=3");
        Answer unasked = acme.play("ada", game, session, "Idempotency-Key", "k1");

        assertThat(api.state.asked.get()).contains("applied=1");
        assertThat(rankings(first)).isEqualTo(FIRST);
        assertThat(rankings(again)).isEqualTo(SECOND);
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(again.header("Preference-Applied")).isEqualTo("wait=3");
        assertThat(again.header("X-Trace-Id")).isEqualTo(first.header("X-Trace-Id"));
        assertThat(again.data().path("play_id")).isEqualTo(first.data().path("play_id"));
        assertThat(metadata(unasked).toString()).isEqualTo("{\"slot_index\":3,\"resolution\":[]}");
    }

    @Test
    void what_is_kept_for_a_guest_without_a_token_has_no_rankings_either() {
        Answer started = acme.asGuest("POST", "/games/%s/start".formatted(game), "{}");
        String body = "{\"session_id\": \"%s\"}"
                .formatted(started.data().path("session_id").stringValue());
        boardsSay(FIRST, 1);

        Answer first = acme.asGuest(
                "POST", "/games/%s/play".formatted(game), body, "Idempotency-Key", "g1", "Prefer", "wait=3");
        Answer unasked = acme.asGuest("POST", "/games/%s/play".formatted(game), body, "Idempotency-Key", "g1");

        assertThat(rankings(first)).isEqualTo(FIRST);
        assertThat(unasked.data().path("play_id")).isEqualTo(first.data().path("play_id"));
        assertThat(metadata(unasked).has("rankings")).isFalse();
    }

    @Test
    void nothing_is_waited_for_where_no_play_came_of_it() {
        String session = acme.startedBy("ada", game);
        acme.play("ada", game, session);
        api.state.asked.set("nothing");

        Answer refused = acme.play("ada", game, session, "Prefer", "wait=3");

        assertThat(refused.reason()).isEqualTo("SESSION_CONSUMED");
        assertThat(refused.raw().headers().firstValue("Preference-Applied")).isEmpty();
        assertThat(api.state.asked.get()).isEqualTo("nothing");
    }

    private String startedBySeat(int seat) {
        return acme.startedBy(seat(seat), game);
    }

    private Answer playedBySeat(int seat, String session) {
        return acme.play(seat(seat), game, session, "Prefer", "wait=5");
    }

    private String seat(int seat) {
        return "seat-%s-%d".formatted(acme.id, seat);
    }

    private Answer playedBy(String player, String... headers) {
        return acme.play(player, game, acme.startedBy(player, game), headers);
    }

    private void boardsSay(String rankings, long applied) {
        api.state.says("{\"rankings\": %s, \"freshness\": {\"fresh\": true, \"applied_sequence\": %d}}"
                .formatted(rankings, applied));
    }

    private static void assertUnknown(Answer played, long expected) {
        assertThat(rankings(played)).isEqualTo("[]");
        assertThat(metadata(played).path("rankings_freshness").toString())
                .isEqualTo("{\"fresh\":false,\"expected_sequence\":%d,\"applied_sequence\":0}".formatted(expected));
    }

    private static String rankings(Answer played) {
        return metadata(played).path("rankings").toString();
    }

    private static JsonNode metadata(Answer played) {
        return played.data().path("metadata");
    }
}
