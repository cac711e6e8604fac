package io.fanfare.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WalletCommandTest {

    private static final String MENDED = """
            {"code": 0, "message": "ok", "trace_id": "t", "data": {"player_id": "ada", "scope_key": "camp_1", "sequence": 7,
             "remedy": "fill", "command_id": "0-1", "status": "posted"}}""";

    private static final String SENT = """
            {"transfer_id": "tr_1", "from_player_id": "ada", "to_player_id": "grace", "scope_key": "camp_1",
             "currency": "points", "amount": 40, "status": "sent", "refusal": null, "attempt": 2,
             "waits_for": {"player_id": "grace", "command_id": "0-1", "sequence": 7},
             "created_at": 1772366400, "moved_at": 1772366400}""";

    private static final String NOT_MISSING = """
            {"code": 6, "message": "number 7 is not missing: the wallet has applied its commands up to number 9",
             "trace_id": "t", "data": {"error": {"reason": "ALREADY_EXISTS", "metadata": {"applied_sequence": "9"}}}}""";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final AtomicReference<String> asked = new AtomicReference<>("");
    private final AtomicReference<String> sent = new AtomicReference<>("");
    private final AtomicReference<String> key = new AtomicReference<>("");
    private final AtomicReference<String> caller = new AtomicReference<>("");
    private HttpServer api;
    private int status = 200;
    private String answer = MENDED;

    @BeforeEach
    void start() throws IOException {
        api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        api.createContext("/", this::reply);
        api.start();
    }

    @AfterEach
    void stop() {
        api.stop(0);
    }

    @Test
    void has_the_missing_number_mended_and_says_how() throws Exception {
        int code = run(
                "wallet", "mend", "--player", "ada", "--scope", "camp_1", "--sequence", "7", "--reason", "a lost disk");

        assertThat(code).as(err.toString(UTF_8)).isZero();
        assertThat(asked.get()).isEqualTo("POST /api/v1/admin/wallets/gaps/mend");
        assertThat(Json.read(sent.get())).isEqualTo(Json.read("""
                {"player_id": "ada", "scope_key": "camp_1", "sequence": 7, "reason": "a lost disk"}"""));
        assertThat(caller.get()).isEqualTo("demo reward_manager null");
        assertThat(out.toString(UTF_8))
                .startsWith(
                        "number 7 of ada in camp_1 was lost for good: command 0-1, which does nothing, takes its place"
                                + " (posted)");
    }

    @Test
    void shows_the_answer_to_programs_and_goes_by_a_token() throws Exception {
        int code = run(
                "wallet",
                "mend",
                "--player",
                "ada",
                "--scope",
                "camp_1",
                "--sequence",
                "7",
                "--reason",
                "r",
                "--json",
                "--token",
                "jwt");

        assertThat(code).isZero();
        assertThat(Json.read(out.toString(UTF_8))).isEqualTo(Json.read(MENDED).path("data"));
        assertThat(caller.get()).isEqualTo("null null Bearer jwt");
    }

    @Test
    void what_the_api_refuses_ends_with_1_and_its_reason() {
        status = 409;
        answer = NOT_MISSING;

        int code = run("wallet", "mend", "--player", "ada", "--scope", "camp_1", "--sequence", "7", "--reason", "r");

        assertThat(code).isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("ALREADY_EXISTS", "number 7 is not missing", "applied_sequence");
    }

    @Test
    void without_a_reason_or_a_number_nothing_is_asked() {
        assertThat(run("wallet", "mend", "--player", "ada", "--scope", "camp_1", "--sequence", "7"))
                .isEqualTo(2);
        assertThat(run("wallet", "mend", "--player", "ada", "--scope", "camp_1", "--reason", "r"))
                .isEqualTo(2);
        assertThat(run("wallet", "mend", "--player", "a", "--scope", "c", "--sequence", "0", "--reason", "r"))
                .isEqualTo(2);
        assertThat(run("wallet", "empty")).isEqualTo(2);

        assertThat(asked.get()).isEmpty();
        assertThat(err.toString(UTF_8))
                .contains(
                        "wallet mend needs --reason",
                        "wallet knows mend, transfers, retry and reverse-transfer, not 'empty'");
    }

    @Test
    void lists_transfers_that_have_not_ended_one_in_a_line() throws Exception {
        answer = """
                {"code": 0, "message": "ok", "trace_id": "t", "data": {"items": [%s],
                 "pagination": {"next_cursor": "abc=", "has_more": true}}}""".formatted(SENT);

        int code = run("wallet", "transfers", "--status", "sent", "--limit", "1", "--cursor", "x=", "--tenant", "acme");

        assertThat(code).as(err.toString(UTF_8)).isZero();
        assertThat(asked.get()).isEqualTo("GET /api/v1/admin/wallets/transfers?limit=1&status=sent&cursor=x%3D");
        assertThat(caller.get()).isEqualTo("acme reward_manager null");
        assertThat(out.toString(UTF_8).lines())
                .containsExactly(
                        "tr_1 sent: 40 points from ada to grace in camp_1, since 2026-03-01T12:00:00Z,"
                                + " waits for number 7 of grace",
                        "more: --cursor abc=");
    }

    @Test
    void says_that_there_is_no_transfer() {
        answer = """
                {"code": 0, "message": "ok", "trace_id": "t", "data": {"items": [],
                 "pagination": {"next_cursor": null, "has_more": false}}}""";

        assertThat(run("wallet", "transfers")).isZero();
        assertThat(asked.get()).isEqualTo("GET /api/v1/admin/wallets/transfers?limit=20");
        assertThat(out.toString(UTF_8)).startsWith("no transfers");
    }

    @Test
    void retries_a_transfer_under_a_key() throws Exception {
        answer = "{\"code\": 0, \"message\": \"ok\", \"trace_id\": \"t\", \"data\": %s}".formatted(SENT);

        int code = run("wallet", "retry", "--transfer", "tr_1", "--reason", "a lost disk", "--key", "k1");

        assertThat(code).as(err.toString(UTF_8)).isZero();
        assertThat(asked.get()).isEqualTo("POST /api/v1/admin/wallets/transfers/tr_1/retry");
        assertThat(Json.read(sent.get())).isEqualTo(Json.read("{\"reason\": \"a lost disk\"}"));
        assertThat(key.get()).isEqualTo("k1");
        assertThat(out.toString(UTF_8)).startsWith("attempt 2: tr_1 sent: 40 points from ada to grace");
    }

    @Test
    void takes_a_transfer_back_under_a_key() throws Exception {
        String back = SENT.replace("\"tr_1\"", "\"tr_2\"")
                .replace("\"attempt\": 2", "\"attempt\": 1, \"reverses\": \"tr_1\"");
        answer = "{\"code\": 0, \"message\": \"ok\", \"trace_id\": \"t\", \"data\": %s}".formatted(back);

        int code = run("wallet", "reverse-transfer", "--transfer", "tr_1", "--reason", "a slip", "--key", "k1");

        assertThat(code).as(err.toString(UTF_8)).isZero();
        assertThat(asked.get()).isEqualTo("POST /api/v1/admin/wallets/transfers/tr_1/reverse");
        assertThat(Json.read(sent.get())).isEqualTo(Json.read("{\"reason\": \"a slip\"}"));
        assertThat(key.get()).isEqualTo("k1");
        assertThat(out.toString(UTF_8)).startsWith("tr_1 is taken back by tr_2 sent: 40 points");
    }

    @Test
    void shows_a_retried_transfer_to_programs() throws Exception {
        answer = "{\"code\": 0, \"message\": \"ok\", \"trace_id\": \"t\", \"data\": %s}".formatted(SENT);

        assertThat(run("wallet", "retry", "--transfer", "tr_1", "--reason", "r", "--json"))
                .isZero();
        assertThat(Json.read(out.toString(UTF_8))).isEqualTo(Json.read(SENT));
        assertThat(key.get()).isNotBlank();
    }

    @Test
    void options_of_one_command_are_none_of_another() {
        assertThat(run("wallet", "retry", "--reason", "r")).isEqualTo(2);
        assertThat(run("wallet", "retry", "--transfer", "tr_1")).isEqualTo(2);
        assertThat(run("wallet", "retry", "--transfer", "tr_1", "--reason", "r", "--sequence", "1"))
                .isEqualTo(2);
        assertThat(run("wallet", "transfers", "--reason", "r")).isEqualTo(2);
        assertThat(run("wallet", "transfers", "sent")).isEqualTo(2);
        assertThat(run("wallet", "transfers", "--tenant", "acme", "--token", "jwt"))
                .isEqualTo(2);

        assertThat(asked.get()).isEmpty();
        assertThat(err.toString(UTF_8))
                .contains(
                        "wallet retry needs --transfer",
                        "wallet retry needs --reason",
                        "wallet retry does not know --sequence",
                        "wallet transfers does not know what to do with sent",
                        "--token says whose wallets");
    }

    private void reply(HttpExchange exchange) throws IOException {
        asked.set(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        sent.set(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        var headers = exchange.getRequestHeaders();
        key.set(headers.getFirst("Idempotency-Key"));
        caller.set("%s %s %s"
                .formatted(
                        headers.getFirst("X-Tenant-Id"),
                        headers.getFirst("X-Roles"),
                        headers.getFirst("Authorization")));
        byte[] body = answer.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private int run(String... words) {
        var line = new ArrayList<>(List.of(words));
        line.addAll(List.of("--url", "http://127.0.0.1:" + api.getAddress().getPort()));
        return new Cli(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), Map.of()).run(line);
    }
}
