package io.fanfare.bench.play;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fanfare.schemas.wire.InMemoryRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.apache.avro.Schema;

/** As much of a schema registry as an API needs that writes and never reads. */
final class StubRegistry implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String BASE = "/apis/ccompat/v7";
    private static final String SUBJECTS = BASE + "/subjects";

    private final InMemoryRegistry schemas = new InMemoryRegistry();
    private final HttpServer server;

    StubRegistry() throws IOException {
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(SUBJECTS, this::answer);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), BASE));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String said = exchange.getRequestMethod().equals("POST") ? registered(exchange) : "[]";
        byte[] body = said.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private String registered(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        String subject = path.substring(SUBJECTS.length() + 1, path.lastIndexOf('/'));
        String schema = JSON.readTree(exchange.getRequestBody()).path("schema").asText();
        int id =
                schemas.register(URLDecoder.decode(subject, StandardCharsets.UTF_8), new Schema.Parser().parse(schema));
        return "{\"id\":%d}".formatted(id);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
