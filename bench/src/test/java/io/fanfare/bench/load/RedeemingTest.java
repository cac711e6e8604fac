package io.fanfare.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedeemingTest {

    private static final String GRANTED = """
            200 {"data": {"redemption_id": "rdm_1", "status": "granted", "consistency": "camp:3", "reward": {"reward_id": "rwd_1"}}}""";

    @TempDir
    @SuppressWarnings("NullAway.Init") // set before each test
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private HttpServer server;

    private final Deque<String> script = new ArrayDeque<>();
    private final ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::next);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void what_is_granted_at_once_is_taken_and_written_down() throws Exception {
        script.add(GRANTED);

        Redeemed redeemed = redeem();

        assertThat(redeemed).isInstanceOfSatisfying(Redeemed.Granted.class, granted -> {
            assertThat(granted.wasFollowed()).isFalse();
            assertThat(granted.repeats()).isZero();
        });
        assertThat(heard).containsExactly("POST /api/v1/games/game_1/redeem ada r-1");
        assertThat(acks()).singleElement().asString().contains("\"redemption_id\":\"rdm_1\"", "\"status\":\"granted\"");
    }

    @Test
    void what_is_not_decided_is_followed_until_it_is() throws Exception {
        script.addAll(List.of("""
                202 {"data": {"redemption_id": "rdm_1", "status": "pending"}}""", """
                200 {"data": {"redemption_id": "rdm_1", "status": "pending"}}""", GRANTED));

        Redeemed redeemed = redeem();

        assertThat(redeemed)
                .isInstanceOfSatisfying(
                        Redeemed.Granted.class,
                        granted -> assertThat(granted.wasFollowed()).isTrue());
        assertThat(heard).hasSize(3).endsWith("GET /api/v1/redemptions/rdm_1 ada r-1");
    }

    @Test
    void a_refusal_is_a_complaint_and_written_down() throws Exception {
        script.add("""
                400 {"data": {"error": {"reason": "INSUFFICIENT_BALANCE", "metadata": {"redemption_id": "rdm_1"}}}}""");

        Redeemed redeemed = redeem();

        assertThat(redeemed)
                .isEqualTo(new Redeemed.Denied("redemption of ada under key r-1 was refused: INSUFFICIENT_BALANCE"));
        assertThat(acks()).singleElement().asString().contains("\"status\":\"refused\"");
    }

    @Test
    void what_nobody_expects_is_a_complaint() throws Exception {
        script.add("404 {}");

        assertThat(redeem()).isEqualTo(new Redeemed.Denied("redemption of ada under key r-1 was answered 404: {}"));
    }

    private Redeemed redeem() throws IOException {
        Api api = Api.at(
                List.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort())));
        try (var acks = new Acks(folder.resolve("acks.ndjson"))) {
            return new Redeeming(api, new Shop(new Wheel("acme", "game_1")), acks, Duration.ofSeconds(20))
                    .redeem("ada", "r-1");
        }
    }

    private List<String> acks() throws IOException {
        return Files.readAllLines(folder.resolve("acks.ndjson"));
    }

    private void next(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        heard.add("%s %s %s %s"
                .formatted(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI(),
                        exchange.getRequestHeaders().getFirst("X-Player-Id"),
                        exchange.getRequestHeaders().getFirst("Idempotency-Key")));
        String line = script.remove();
        byte[] body = line.substring(4).getBytes(UTF_8);
        int status = Integer.parseInt(line.substring(0, 3));
        if (status == 202) {
            exchange.getResponseHeaders().set("Location", "/api/v1/redemptions/rdm_1");
        }
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
