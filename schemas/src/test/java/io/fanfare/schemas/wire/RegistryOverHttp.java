package io.fanfare.schemas.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fanfare.schemas.wire.SchemaRegistry.SchemaRefused;
import io.fanfare.schemas.wire.SchemaRegistry.UnknownSchema;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.Schema;

/** The part of the Confluent protocol that we use, over the registry in memory. */
final class RegistryOverHttp implements AutoCloseable {

    private static final String BASE = "/apis/ccompat/v7";

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final ObjectMapper json = new ObjectMapper();
    private final AtomicInteger requests = new AtomicInteger();
    private final HttpServer server;
    private volatile boolean isBroken;

    RegistryOverHttp() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(BASE + "/subjects", this::subjects);
        server.createContext(BASE + "/schemas/ids/", this::schema);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + BASE);
    }

    int requests() {
        return requests.get();
    }

    void breakDown() {
        isBroken = true;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void subjects(HttpExchange exchange) throws IOException {
        if (exchange.getRequestMethod().equals("GET")) {
            answer(exchange, 200, "[]");
            return;
        }
        String path = exchange.getRequestURI().getRawPath();
        String subject = URLDecoder.decode(path.split("/", -1)[5], UTF_8);
        String schema = json.readTree(exchange.getRequestBody()).path("schema").textValue();
        try {
            int id = registry.register(subject, new Schema.Parser().parse(schema));
            answer(exchange, 200, json.createObjectNode().put("id", id).toString());
        } catch (SchemaRefused e) {
            answer(exchange, 409, "{\"error_code\":409}");
        }
    }

    private void schema(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        int id = Integer.parseInt(path.substring(path.lastIndexOf('/') + 1));
        try {
            String schema = registry.schema(id).toString();
            answer(exchange, 200, json.createObjectNode().put("schema", schema).toString());
        } catch (UnknownSchema e) {
            answer(exchange, 404, "{\"error_code\":40403}");
        }
    }

    private void answer(HttpExchange exchange, int status, String body) throws IOException {
        requests.incrementAndGet();
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(isBroken ? 500 : status, bytes.length);
        try (exchange) {
            exchange.getResponseBody().write(bytes);
        }
    }
}
