package io.fanfare.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.edge.HttpProbe.Answer;
import io.fanfare.edge.SampleService.Switchable;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;

/** What every service answers, over real HTTP, in development mode. */
class EdgeTest {

    private static final String[] ADMIN = {"X-Tenant-Id", "acme", "X-Roles", "admin", "Content-Type", "application/json"
    };

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static ConfigurableApplicationContext service;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static HttpProbe http;

    @BeforeAll
    static void start() {
        service = SampleService.start(Map.of("fanfare.dev-mode", true));
        http = new HttpProbe(service);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void success_comes_in_the_envelope_with_the_trace_id_of_its_header() {
        Answer answer = http.get("/hello");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.json().path("code").intValue()).isZero();
        assertThat(answer.json().path("message").stringValue()).isEqualTo("ok");
        assertThat(answer.json().path("data").stringValue()).isEqualTo("stranger");
        assertThat(answer.json().path("trace_id").stringValue())
                .matches("[0-9a-f]{32}")
                .isEqualTo(answer.header("X-Trace-Id"));
    }

    @Test
    void a_traceparent_is_continued_in_a_span_of_our_own() {
        Answer answer = http.get(
                "/whoami",
                "X-Tenant-Id",
                "acme",
                "X-Player-Id",
                "ada",
                "traceparent",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        assertThat(answer.header("X-Trace-Id")).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(answer.data().path("traceparent").stringValue())
                .startsWith("00-0af7651916cd43dd8448eb211c80319c-")
                .doesNotContain("b7ad6b7169203331");
    }

    @Test
    void a_trace_id_header_is_kept() {
        Answer answer = http.get("/hello", "X-Trace-Id", "0AF76519-16cd-43dd-8448-eb211c80319c");

        assertThat(answer.header("X-Trace-Id")).isEqualTo("0af7651916cd43dd8448eb211c80319c");
    }

    @Test
    void an_error_says_what_it_is_in_the_words_of_the_contract() {
        Answer answer = http.get("/cheat");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("code").intValue()).isEqualTo(3);
        assertThat(answer.json().path("message").stringValue()).isEqualTo("too fast");
        assertThat(answer.json().path("trace_id").stringValue()).isEqualTo(answer.header("X-Trace-Id"));
        assertThat(answer.error().toString()).isEqualTo("""
                {"status":"INVALID_ARGUMENT","reason":"CHEAT_DETECTED","domain":"fanfare",\
                "metadata":{"duration_ms":"3"},"field_violations":[]}""");
    }

    @Test
    void an_error_is_a_problem_for_who_accepts_problems() {
        Answer answer = http.get("/cheat", "Accept", "application/problem+json");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().path("type").stringValue()).isEqualTo("urn:fanfare:error:CHEAT_DETECTED");
        assertThat(answer.json().path("status").intValue()).isEqualTo(400);
        assertThat(answer.json().path("detail").stringValue()).isEqualTo("too fast");
        assertThat(answer.json().path("instance").stringValue()).isEqualTo("/cheat");
        assertThat(answer.json().path("trace_id").stringValue()).isEqualTo(answer.header("X-Trace-Id"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"display_name": "w", "rules": {}, "slots": [], "colour": 1}         | colour: is not known
            {"display_name": "w", "rules": {"colour": 1}, "slots": []}           | rules.colour: is not known
            {"display_name": "w", "slots": [{"probability": 1}, {"odds": 1}]}    | slots[1].odds: is not known
            {"display_name": "w", "rules": {"max_plays_per_day": "many"}}        | rules.max_plays_per_day: should be a whole number
            {"display_name": "w", "rules": {"max_plays_per_day": "5"}}           | rules.max_plays_per_day: should be a whole number
            {"display_name": "w", "rules": {"max_plays_per_day": 1.5}}           | rules.max_plays_per_day: is '1.5', expected a whole number
            {"display_name": "w", "rules": {"require_login": 1}}                 | rules.require_login: is '1', expected true or false
            {"display_name": "w", "rules": []}                                   | rules: should be an object
            {"display_name": ["w"]}                                              | display_name: should be a text
            {"display_name": "w", "display_name": "v"}                           | body: is not well-formed JSON at line 1, column 37
            {"display_name": "w"                                                 | body: is not well-formed JSON at line 1, column 21
            {"display_name": "w"} {}                                             | body: should be an object
            not json                                                             | body: is not well-formed JSON at line 1, column 1
            """)
    void a_body_that_does_not_fit_is_refused_by_the_path_of_the_field(String body, String violation) {
        Answer answer = http.post("/wheels", body, ADMIN);

        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(400);
        assertThat(answer.reason()).isEqualTo("VALIDATION_FAILED");
        assertThat(answer.violation()).isEqualTo(violation);
    }

    @Test
    void a_value_that_its_type_refuses_is_refused_with_its_words() {
        Answer answer = http.post("/wheels", "{\"slots\": [{\"best_player\": \"ada!\", \"probability\": 1}]}", ADMIN);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.violation())
                .isEqualTo("slots[0].best_player: is refused: player is 'ada!',"
                        + " expected 1 to 100 letters, digits, '_', '-' or '.'");
    }

    @Test
    void a_body_that_fits_is_read() {
        Answer answer = http.post("/wheels", """
                {"display_name": "Wheel", "rules": {"max_plays_per_day": 3, "require_login": true},
                 "slots": [{"best_player": "ada", "probability": 0.5}]}""", ADMIN);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.data().path("rules").toString())
                .isEqualTo("{\"max_plays_per_day\":3,\"require_login\":true}");
        assertThat(answer.data().path("slots").path(0).path("best_player").stringValue())
                .isEqualTo("ada");
    }

    @Test
    void a_missing_body_is_refused() {
        Answer answer = http.post("/wheels", "", ADMIN);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.violation()).isEqualTo("body: is missing");
    }

    @Test
    void a_body_beyond_the_limit_is_refused_before_it_is_read() {
        Answer answer = http.post("/wheels", "{\"display_name\": \"%s\"}".formatted("w".repeat(5000)), ADMIN);

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.reason()).isEqualTo("PAYLOAD_TOO_LARGE");
    }

    @Test
    void a_body_of_unknown_length_is_refused_where_it_passes_the_limit() {
        Answer answer = http.postChunked("/wheels", "{\"display_name\": \"%s\"}".formatted("w".repeat(5000)), ADMIN);

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.reason()).isEqualTo("PAYLOAD_TOO_LARGE");
        assertThat(answer.json().path("message").stringValue()).isEqualTo("the body has more than 4096 bytes");
    }

    @Test
    void a_body_of_another_media_type_is_refused() {
        Answer answer =
                http.post("/wheels", "a=b", "X-Tenant-Id", "acme", "X-Roles", "admin", "Content-Type", "text/plain");

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.reason()).isEqualTo("UNSUPPORTED_MEDIA_TYPE");
        assertThat(answer.json().path("message").stringValue()).contains("text/plain", "application/json");
    }

    @Test
    void a_method_that_a_route_does_not_know_is_refused_with_those_it_knows() {
        Answer answer = http.post("/hello", "{}", ADMIN);

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.reason()).isEqualTo("METHOD_NOT_ALLOWED");
        assertThat(answer.json().path("code").intValue()).isEqualTo(12);
        assertThat(answer.header("Allow")).isEqualTo("GET");
    }

    @Test
    void a_route_that_is_not_there_is_not_found() {
        Answer answer = http.get("/nowhere");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.reason()).isEqualTo("RESOURCE_NOT_FOUND");
    }

    @Test
    void the_error_route_is_no_route_for_callers() {
        assertThat(http.get("/error").status()).isEqualTo(404);
    }

    @Test
    void an_id_that_cannot_be_one_is_not_found() {
        Answer answer = http.get("/wheels/a%20b?spins=1");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.reason()).isEqualTo("RESOURCE_NOT_FOUND");
    }

    @Test
    void a_missing_parameter_is_named() {
        assertThat(http.get("/wheels/game_1").violation()).isEqualTo("spins: is missing");
    }

    @Test
    void a_parameter_of_another_type_is_named() {
        assertThat(http.get("/wheels/game_1?spins=x").violation()).isEqualTo("spins: is 'x', expected a whole number");
    }

    @Test
    void an_answer_that_nobody_can_give_is_refused() {
        Answer answer = http.get("/text", "Accept", "image/png");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.violation()).startsWith("Accept: ");
    }

    @Test
    void a_bug_says_nothing_about_itself() {
        Answer answer = http.get("/broken");

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.reason()).isEqualTo("INTERNAL");
        assertThat(answer.raw().body()).doesNotContain("secret", "IllegalState");
    }

    @Test
    void a_database_that_is_gone_is_unavailable_and_worth_another_try() {
        Answer answer = http.get("/database");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.reason()).isEqualTo("UNAVAILABLE");
        assertThat(answer.header("Retry-After")).isEqualTo("2");
        assertThat(answer.raw().body()).doesNotContain("10.0.0.7");
    }

    @Test
    void a_conflict_that_did_not_end_is_no_bug_and_worth_another_try() {
        Answer answer = http.get("/crowded");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.reason()).isEqualTo("UNAVAILABLE");
        assertThat(answer.raw().body()).doesNotContain("deadlock");
    }

    @Test
    void retry_after_is_rounded_up_to_whole_seconds() {
        assertThat(http.get("/tired").header("Retry-After")).isEqualTo("4");
    }

    @Test
    void without_credentials_a_route_is_closed() {
        Answer answer = http.get("/whoami");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.reason()).isEqualTo("UNAUTHENTICATED");
    }

    @Test
    void a_developer_with_a_player_header_is_a_player() {
        Answer answer = http.get("/whoami", "X-Tenant-Id", "acme", "X-Player-Id", "ada");

        assertThat(answer.data().path("tenant").stringValue()).isEqualTo("acme");
        assertThat(answer.data().path("player").stringValue()).isEqualTo("ada");
        assertThat(answer.data().path("roles").toString()).isEqualTo("[\"player\"]");
    }

    @Test
    void a_caller_without_the_role_is_denied() {
        Answer answer = http.post(
                "/wheels", "{}", "X-Tenant-Id", "acme", "X-Player-Id", "ada", "Content-Type", "application/json");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.reason()).isEqualTo("PERMISSION_DENIED");
    }

    @Test
    void an_unknown_role_is_refused() {
        Answer answer = http.get("/whoami", "X-Tenant-Id", "acme", "X-Roles", "admin, king");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.violation()).startsWith("X-Roles: is 'king', expected some of [player, admin");
    }

    @Test
    void a_header_that_cannot_be_an_id_is_refused() {
        assertThat(http.get("/whoami", "X-Tenant-Id", "a/b").violation()).startsWith("X-Tenant-Id: is refused");
    }

    @Test
    void a_list_comes_in_pages_until_there_is_no_more() {
        Answer first = http.get("/numbers");
        String cursor = first.data().path("pagination").path("next_cursor").stringValue();
        Answer second = http.get("/numbers?limit=25&cursor=" + cursor);

        assertThat(first.data().path("items")).hasSize(20);
        assertThat(first.data().path("pagination").path("has_more").booleanValue())
                .isTrue();
        assertThat(second.data().path("items")).hasSize(25);
        assertThat(second.data().path("items").path(0).intValue()).isEqualTo(21);
        assertThat(second.data().path("pagination").toString()).isEqualTo("{\"next_cursor\":null,\"has_more\":false}");
    }

    @ParameterizedTest
    @CsvSource({"limit=101,limit", "limit=0,limit", "limit=x,limit", "cursor=%21%21,cursor", "cursor=eA,cursor"})
    void a_page_that_cannot_be_is_refused(String query, String field) {
        Answer answer = http.get("/numbers?" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.violation()).startsWith(field + ": ");
    }

    @Test
    void requests_are_measured_by_route_method_status_and_reason() {
        http.get("/cheat");
        http.get("/nowhere/near");

        String metrics = http.get("/metrics").raw().body();
        assertThat(metrics)
                .containsPattern("http_server_requests_seconds_count\\{.*reason=\"CHEAT_DETECTED\".*uri=\"/cheat\"")
                .contains("http_server_requests_seconds_bucket")
                .doesNotContain("/nowhere");
    }

    @Test
    void it_lives_even_while_it_is_not_ready() {
        Switchable part = service.getBean(Switchable.class);
        part.up.set(false);

        Answer alive = http.get("/healthz");
        Answer notReady = http.get("/readyz");
        part.up.set(true);
        Answer ready = http.get("/readyz");

        assertThat(alive.status()).isEqualTo(200);
        assertThat(notReady.status()).isEqualTo(503);
        assertThat(notReady.error().path("metadata").toString())
                .isEqualTo("{\"application\":\"ready\",\"switch\":\"is off\"}");
        assertThat(ready.status()).isEqualTo(200);
        assertThat(ready.data().path("checks").toString())
                .isEqualTo("{\"application\":\"ready\",\"switch\":\"ready\"}");
    }
}
