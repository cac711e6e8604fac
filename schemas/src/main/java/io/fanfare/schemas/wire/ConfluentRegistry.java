package io.fanfare.schemas.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/** The registry over HTTP. Answers are kept: neither an id nor a registration ever changes its meaning. */
public final class ConfluentRegistry implements SchemaRegistry {

    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final int SCHEMA_NOT_FOUND = 40403;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final URI base;
    private final HttpClient http;
    private final ObjectMapper json = new ObjectMapper();
    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
    private final Map<Registration, Integer> ids = new ConcurrentHashMap<>();

    private record Registration(String subject, Schema schema) {}

    /** @param base such as {@code http://localhost:8081/apis/ccompat/v7}, without a slash at the end */
    public ConfluentRegistry(URI base) {
        this.base = base;
        this.http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    }

    @Override
    public int register(String subject, Schema schema) {
        var registration = new Registration(subject, schema);
        Integer known = ids.get(registration);
        if (known != null) {
            return known;
        }
        int id = askForId(subject, schema);
        ids.put(registration, id);
        return id;
    }

    @Override
    public Schema schema(int id) {
        Schema known = schemas.get(id);
        if (known != null) {
            return known;
        }
        Schema schema = askForSchema(id);
        schemas.put(id, schema);
        return schema;
    }

    /** Whether the registry answers; asked anew on each call. */
    public boolean isReachable() {
        try {
            return send(request("/subjects?limit=1").GET().build()).statusCode() == 200;
        } catch (RegistryUnavailable _) {
            return false;
        }
    }

    private int askForId(String subject, Schema schema) {
        String path = "/subjects/" + URLEncoder.encode(subject, StandardCharsets.UTF_8) + "/versions";
        String body = json.createObjectNode().put("schema", schema.toString()).toString();
        HttpResponse<String> answer = send(request(path)
                .header("Content-Type", MEDIA_TYPE)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
        return switch (answer.statusCode()) {
            case 200 -> tree(answer).path("id").intValue();
            case 409, 422 -> throw new SchemaRefused(subject, answer.body());
            default -> throw unexpected(answer);
        };
    }

    private Schema askForSchema(int id) {
        HttpResponse<String> answer = send(request("/schemas/ids/" + id).GET().build());
        return switch (answer.statusCode()) {
            case 200 -> new Schema.Parser().parse(tree(answer).path("schema").textValue());
            case 404 -> throw isSchemaNotFound(answer) ? new UnknownSchema(id) : unexpected(answer);
            default -> throw unexpected(answer);
        };
    }

    /** Somebody else's 404, a proxy's or that of a wrong address, says nothing about the schema. */
    private boolean isSchemaNotFound(HttpResponse<String> answer) {
        return tree(answer).path("error_code").intValue() == SCHEMA_NOT_FOUND;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(TIMEOUT).header("Accept", MEDIA_TYPE);
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new RegistryUnavailable("%s does not answer".formatted(request.uri()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryUnavailable("interrupted while asking %s".formatted(request.uri()), e);
        }
    }

    private JsonNode tree(HttpResponse<String> answer) {
        try {
            return json.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new RegistryUnavailable("%s answered no JSON".formatted(answer.uri()), e);
        }
    }

    private static RegistryUnavailable unexpected(HttpResponse<String> answer) {
        return new RegistryUnavailable(
                "%s answered %d: %s".formatted(answer.uri(), answer.statusCode(), answer.body()));
    }
}
