package io.fanfare.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fanfare.bench.load.Wire.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server that somebody else wrote. */
class WireTest {

    private static final Duration A_WHILE = Duration.ofSeconds(10);

    @SuppressWarnings("NullAway.Init") // set before each test
    private HttpServer server;

    private final Set<InetSocketAddress> callers = ConcurrentHashMap.newKeySet();
    private final Wire wire = new Wire(A_WHILE, A_WHILE);

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(
                "/echo", exchange -> answer(exchange, exchange.getRequestBody().readAllBytes(), false));
        server.createContext(
                "/chunked", exchange -> answer(exchange, "é".repeat(20_000).getBytes(UTF_8), true));
        server.createContext("/header", exchange -> {
            String player = exchange.getRequestHeaders().getFirst("X-Player-Id");
            answer(exchange, (exchange.getRequestMethod() + " " + player).getBytes(UTF_8), false);
        });
        server.createContext("/close", exchange -> {
            exchange.getResponseHeaders().set("Connection", "close");
            answer(exchange, "bye".getBytes(UTF_8), false);
        });
        server.start();
    }

    private void answer(HttpExchange exchange, byte[] body, boolean chunked) throws IOException {
        callers.add(exchange.getRemoteAddress());
        exchange.sendResponseHeaders(201, chunked ? 0 : body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void a_body_comes_back_as_it_went() throws IOException {
        Reply reply = wire.send(base(), "POST", "/echo", Map.of(), "grüße".getBytes(UTF_8));

        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.body()).isEqualTo("grüße");
    }

    @Test
    void method_and_headers_arrive() throws IOException {
        Reply reply = wire.send(base(), "GET", "/header", Map.of("X-Player-Id", "ada"), new byte[0]);

        assertThat(reply.body()).isEqualTo("GET ada");
    }

    @Test
    void chunks_are_put_together() throws IOException {
        Reply reply = wire.send(base(), "GET", "/chunked", Map.of(), new byte[0]);

        assertThat(reply.body()).isEqualTo("é".repeat(20_000));
    }

    @Test
    void requests_one_after_another_share_a_connection() throws IOException {
        for (int i = 0; i < 5; i++) {
            wire.send(base(), "GET", i % 2 == 0 ? "/chunked" : "/header", Map.of(), new byte[0]);
        }

        assertThat(callers).hasSize(1);
    }

    @Test
    void a_connection_that_the_server_ends_is_not_used_again() throws IOException {
        wire.send(base(), "GET", "/close", Map.of(), new byte[0]);
        wire.send(base(), "GET", "/close", Map.of(), new byte[0]);

        assertThat(callers).hasSize(2);
    }

    @Test
    void a_connection_that_rested_too_long_is_not_used_again() throws IOException {
        var impatient = new Wire(A_WHILE, Duration.ZERO);

        impatient.send(base(), "GET", "/header", Map.of(), new byte[0]);
        impatient.send(base(), "GET", "/header", Map.of(), new byte[0]);

        assertThat(callers).hasSize(2);
    }

    @Test
    void an_end_in_the_middle_is_no_answer() throws IOException {
        try (var dying = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (var socket = dying.accept()) {
                    socket.getInputStream().read();
                    socket.getOutputStream().write("HTTP/1.1 200 \r\nContent-Length: 5\r\n\r\nha".getBytes(UTF_8));
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            URI base = URI.create("http://127.0.0.1:" + dying.getLocalPort());

            assertThatThrownBy(() -> wire.send(base, "GET", "/", Map.of(), new byte[0]))
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void silence_is_given_up() throws IOException {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI base = URI.create("http://127.0.0.1:" + silent.getLocalPort());
            var impatient = new Wire(Duration.ofMillis(50), A_WHILE);

            assertThatThrownBy(() -> impatient.send(base, "GET", "/", Map.of(), new byte[0]))
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }

    private URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }
}
