package io.fanfare.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fanfare.bench.load.Insisting.Settled;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InsistingTest {

    private static final String HANG_UP = "hang up";
    private static final String UNAVAILABLE = "503 {}";
    private static final String DONE = """
            200 {"data": {"status": "granted"}}""";

    @SuppressWarnings("NullAway.Init") // set before each test
    private HttpServer server;

    private final Deque<String> script = new ArrayDeque<>();
    private final ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();
    private final Insisting insisting = new Insisting(Duration.ofSeconds(20));

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
    void an_answer_is_taken() throws Exception {
        script.add(DONE);

        Settled settled = redeem();

        assertThat(settled.end().data().path("status").asText()).isEqualTo("granted");
        assertThat(settled.repeats()).isZero();
        assertThat(settled.isFollowed()).isFalse();
        assertThat(heard).containsExactly("POST /redeem key-1");
    }

    @Test
    void what_is_of_the_moment_is_sent_again_under_the_same_key() throws Exception {
        script.addAll(List.of(HANG_UP, UNAVAILABLE, "429 {}", "502 {}", """
                409 {"data": {"error": {"reason": "CONCURRENT_MODIFICATION"}}}""", DONE));

        Settled settled = redeem();

        assertThat(settled.end().status()).isEqualTo(200);
        assertThat(settled.repeats()).isEqualTo(5);
        assertThat(heard).hasSize(6).containsOnly("POST /redeem key-1");
    }

    @Test
    void a_refusal_is_an_answer() throws Exception {
        script.add("""
                409 {"data": {"error": {"reason": "ALREADY_EXISTS"}}}""");

        assertThat(redeem().end().reason()).isEqualTo("ALREADY_EXISTS");
        assertThat(heard).hasSize(1);
    }

    @Test
    void what_is_begun_is_followed_until_it_is_decided() throws Exception {
        script.addAll(List.of("""
                202 {"data": {"status": "pending", "hold_id": "h1"}}""", HANG_UP, """
                200 {"data": {"status": "pending"}}""", UNAVAILABLE, DONE));

        Settled settled = redeem();

        assertThat(settled.isFollowed()).isTrue();
        assertThat(settled.asked().data().path("hold_id").asText()).isEqualTo("h1");
        assertThat(settled.end().data().path("status").asText()).isEqualTo("granted");
        assertThat(settled.followedNanos()).isPositive();
        assertThat(settled.repeats()).isZero();
        assertThat(heard).hasSize(5).startsWith("POST /redeem key-1").endsWith("GET /told key-1");
    }

    @Test
    void patience_has_an_end() {
        var impatient = new Insisting(Duration.ofMillis(1));
        script.addAll(List.of(UNAVAILABLE, UNAVAILABLE));

        assertThatThrownBy(() -> impatient.post("the redemption", mine(), "/redeem", "{}"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the redemption has no answer after 0 s; last heard: 503");
        assertThat(impatient.inFlight()).isZero();
    }

    private Settled redeem() throws IOException {
        return insisting.post("the redemption", mine(), "/redeem", "{}");
    }

    private Api mine() {
        URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return Api.at(List.of(base)).as(Map.of("Idempotency-Key", "key-1"));
    }

    private void next(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        heard.add("%s %s %s"
                .formatted(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI(),
                        exchange.getRequestHeaders().getFirst("Idempotency-Key")));
        String line = script.remove();
        if (line.equals(HANG_UP)) {
            exchange.close();
            return;
        }
        byte[] body = line.substring(4).getBytes(UTF_8);
        int status = Integer.parseInt(line.substring(0, 3));
        if (status == 202) {
            exchange.getResponseHeaders().set("Location", "/told");
        }
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
