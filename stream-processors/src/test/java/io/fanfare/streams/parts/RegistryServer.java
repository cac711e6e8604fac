package io.fanfare.streams.parts;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fanfare.schemas.wire.InMemoryRegistry;
import io.fanfare.schemas.wire.SchemaRegistry;
import io.fanfare.schemas.wire.SchemaRegistry.UnknownSchema;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.Map;
import org.apache.avro.Schema;
import tools.jackson.databind.json.JsonMapper;

/** As much of a schema registry, over HTTP, as our services ask for. */
public final class RegistryServer implements AutoCloseable {

    private final SchemaRegistry registry = new InMemoryRegistry();
    private final JsonMapper json = new JsonMapper();
    private final HttpServer server;

    public RegistryServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/subjects", this::subjects);
        server.createContext("/schemas/ids/", this::schemas);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The same registry, without the way over HTTP. */
    public SchemaRegistry registry() {
        return registry;
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
        String subject = URLDecoder.decode(exchange.getRequestURI().getRawPath().split("/", -1)[2], UTF_8);
        String schema = json.readTree(exchange.getRequestBody()).path("schema").stringValue();
        int id = registry.register(subject, new Schema.Parser().parse(schema));
        answer(exchange, 200, json.writeValueAsString(Map.of("id", id)));
    }

    private void schemas(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        int id = Integer.parseInt(path.substring(path.lastIndexOf('/') + 1));
        try {
            String schema = registry.schema(id).toString();
            answer(exchange, 200, json.writeValueAsString(Map.of("schema", schema)));
        } catch (UnknownSchema _) {
            answer(exchange, 404, "{}");
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
