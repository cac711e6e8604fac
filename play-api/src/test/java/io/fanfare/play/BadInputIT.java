package io.fanfare.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.edge.HttpProbe.Answer;
import io.fanfare.play.RunningApi.Tenant;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is wrong is refused as documented, and leaves no trace in any table. */
class BadInputIT {

    private final RunningApi api = RunningApi.shared();
    private final Tenant acme = api.newTenant();
    private final Tenant globex = api.newTenant();

    private String game = "";
    private String session = "";

    @BeforeEach
    void ada_has_a_session() {
        game = acme.wheelOf(acme.pointsPrize(50), "{}");
        session = acme.startedBy("ada", game);
    }

    @Test
    void malformed_json() {
        Answer answer = writingNothing(
                () -> acme.asPlayer("ada", "POST", "/games/%s/play".formatted(game), "{\"session_id\": "));

        assertRefused(answer, 400, "VALIDATION_FAILED");
        assertThat(answer.violation()).startsWith("body: is not well-formed JSON");
    }

    @Test
    void an_unknown_field() {
        Answer answer = writingNothing(() -> acme.asPlayer(
                "ada",
                "POST",
                "/games/%s/play".formatted(game),
                "{\"session_id\": \"%s\", \"cheat\": true}".formatted(session)));

        assertRefused(answer, 400, "VALIDATION_FAILED");
        assertThat(answer.violation()).isEqualTo("cheat: is not known");
    }

    @Test
    void an_unknown_field_in_the_payload() {
        Answer answer = writingNothing(() -> acme.asPlayer(
                "ada",
                "POST",
                "/games/%s/play".formatted(game),
                "{\"session_id\": \"%s\", \"payload\": {\"prize\": \"all\"}}".formatted(session)));

        assertRefused(answer, 400, "VALIDATION_FAILED");
        assertThat(answer.violation()).isEqualTo("payload.prize: is not known");
    }

    @Test
    void an_unknown_game() {
        Answer start = writingNothing(() -> acme.asPlayer("ada", "POST", "/games/game_none/start", "{}"));
        Answer play = writingNothing(() -> acme.play("ada", "game_none", session));

        assertRefused(start, 404, "RESOURCE_NOT_FOUND");
        assertRefused(play, 404, "RESOURCE_NOT_FOUND");
    }

    @Test
    void a_foreign_tenant() {
        Answer start = writingNothing(() -> globex.asPlayer("ada", "POST", "/games/%s/start".formatted(game), "{}"));
        Answer play = writingNothing(() -> globex.play("ada", game, session));
        Answer read = globex.asAdmin("GET", "/admin/games/" + game, "");
        Answer replaced = writingNothing(() -> globex.asAdmin("PUT", "/admin/games/" + game, "{}"));

        assertRefused(start, 404, "RESOURCE_NOT_FOUND");
        assertRefused(play, 404, "RESOURCE_NOT_FOUND");
        assertRefused(read, 404, "RESOURCE_NOT_FOUND");
        assertRefused(replaced, 404, "RESOURCE_NOT_FOUND");
    }

    @Test
    void a_session_of_another_tenant_is_no_session() {
        String theirGame = globex.wheelOf(globex.pointsPrize(1), "{}");

        Answer answer = writingNothing(() -> globex.play("ada", theirGame, session));

        assertRefused(answer, 400, "SESSION_INVALID");
    }

    @Test
    void a_session_of_another_player_or_game() {
        String otherGame = acme.wheelOf(acme.pointsPrize(1), "{}");

        assertRefused(writingNothing(() -> acme.play("grace", game, session)), 400, "SESSION_INVALID");
        assertRefused(writingNothing(() -> acme.play("ada", otherGame, session)), 400, "SESSION_INVALID");
        assertRefused(writingNothing(() -> acme.play("ada", game, "no such thing!")), 400, "SESSION_INVALID");
    }

    @Test
    void a_used_session() {
        acme.play("ada", game, session);

        Answer answer = writingNothing(() -> acme.play("ada", game, session));

        assertRefused(answer, 400, "SESSION_CONSUMED");
    }

    @Test
    void an_expired_session() {
        api.clock.jump(Duration.ofMinutes(10));

        Answer answer = writingNothing(() -> acme.play("ada", game, session));

        assertRefused(answer, 400, "SESSION_EXPIRED");
    }

    @Test
    void an_oversized_body() {
        String big = "{\"session_id\": \"%s\"}".formatted("x".repeat(300_000));

        Answer answer = writingNothing(() -> acme.asPlayer("ada", "POST", "/games/%s/play".formatted(game), big));
        Answer withKey = writingNothing(
                () -> acme.asPlayer("ada", "POST", "/games/%s/play".formatted(game), big, "Idempotency-Key", "big"));
        Answer chunked = writingNothing(() -> api.http.postChunked(
                "/api/v1/games/%s/play".formatted(game),
                big,
                "X-Tenant-Id",
                acme.id,
                "X-Player-Id",
                "ada",
                "Content-Type",
                "application/json",
                "Idempotency-Key",
                "chunked"));
        Answer chunkedWithoutKey = writingNothing(() -> api.http.postChunked(
                "/api/v1/games/%s/play".formatted(game),
                big,
                "X-Tenant-Id",
                acme.id,
                "X-Player-Id",
                "ada",
                "Content-Type",
                "application/json"));

        assertRefused(answer, 413, "PAYLOAD_TOO_LARGE");
        assertRefused(withKey, 413, "PAYLOAD_TOO_LARGE");
        assertRefused(chunked, 413, "PAYLOAD_TOO_LARGE");
        assertRefused(chunkedWithoutKey, 413, "PAYLOAD_TOO_LARGE");
    }

    @Test
    void a_wrong_media_type() {
        Answer answer = writingNothing(() -> acme.asPlayer(
                "ada",
                "POST",
                "/games/%s/play".formatted(game),
                "session_id=" + session,
                "Content-Type",
                "application/x-www-form-urlencoded"));

        assertRefused(answer, 415, "UNSUPPORTED_MEDIA_TYPE");
    }

    @Test
    void yaml_which_would_be_read_less_strictly_than_json() {
        Answer answer = writingNothing(() -> acme.asPlayer(
                "ada",
                "POST",
                "/games/%s/play".formatted(game),
                "sessionId: %s\nunknown: 1\n".formatted(session),
                "Content-Type",
                "application/yaml"));

        assertRefused(answer, 415, "UNSUPPORTED_MEDIA_TYPE");
    }

    @Test
    void a_character_that_no_database_takes() {
        String seeded = "{\"session_id\": \"%s\", \"client_seed\": \"lucky\\u0000\"}".formatted(session);
        String named = "{\"name\": \"a\\u0000b\", \"type\": \"points\", \"value\": 1}";

        Answer play = writingNothing(() -> acme.asPlayer("ada", "POST", "/games/%s/play".formatted(game), seeded));
        Answer prize = writingNothing(() -> acme.asAdmin("POST", "/admin/prizes", named));

        assertRefused(play, 400, "VALIDATION_FAILED");
        assertThat(play.violation()).isEqualTo("client_seed: holds the character U+0000");
        assertRefused(prize, 400, "VALIDATION_FAILED");
    }

    @Test
    void nobody_at_all() {
        Answer answer = writingNothing(() ->
                api.http.post("/api/v1/games/%s/start".formatted(game), "{}", "Content-Type", "application/json"));

        assertRefused(answer, 401, "UNAUTHENTICATED");
    }

    @Test
    void a_player_among_operators() {
        Answer answer = writingNothing(() -> acme.asPlayer("ada", "POST", "/admin/prizes", "{}"));

        assertRefused(answer, 403, "PERMISSION_DENIED");
    }

    private Answer writingNothing(Supplier<Answer> request) {
        var before = api.rows();
        Answer answer = request.get();
        assertThat(api.rows()).isEqualTo(before);
        return answer;
    }

    private static void assertRefused(Answer answer, int status, String reason) {
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(status);
        assertThat(answer.reason()).isEqualTo(reason);
    }
}
