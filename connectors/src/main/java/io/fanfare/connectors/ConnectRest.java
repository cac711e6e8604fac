package io.fanfare.connectors;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The few calls of Connect's REST API that the launcher makes, the same that an operator would make with curl. */
final class ConnectRest implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CONFLICT = 409;
    private static final int NOT_FOUND = 404;

    private final URI base;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    ConnectRest(URI base) {
        this.base = base;
    }

    /** Whether the worker has joined its group and read its configuration topic. */
    boolean isHealthy() throws IOException, InterruptedException {
        try {
            return call("GET", "/health", "").status() == 200;
        } catch (ConnectException notListeningYet) {
            return false;
        }
    }

    /** Creates the connector or brings it to this definition. False: the group is rebalancing, ask again. */
    boolean put(ConnectorDefinition definition) throws IOException, InterruptedException {
        Optional<Map<String, String>> present = config(definition.name());
        if (present.isEmpty()) {
            return accepted(call("POST", "/connectors", definition.json()));
        }
        Map<String, String> wanted = new HashMap<>(definition.config());
        wanted.put("name", definition.name());
        if (present.get().equals(wanted)) {
            return true;
        }
        return accepted(call(
                "PUT", "/connectors/" + definition.name() + "/config", JSON.writeValueAsString(definition.config())));
    }

    ConnectorStatus status(String connector) throws IOException, InterruptedException {
        Answer answer = call("GET", "/connectors/" + connector + "/status", "");
        if (answer.status() == NOT_FOUND) {
            return new ConnectorStatus.Absent();
        }
        if (!accepted(answer)) {
            return new ConnectorStatus.Pending("REBALANCING");
        }
        return ConnectorStatus.of(JSON.readTree(answer.body()));
    }

    /** Restarts what failed of the connector and its tasks. False: the group is rebalancing, ask again. */
    boolean restartFailed(String connector) throws IOException, InterruptedException {
        return accepted(call("POST", "/connectors/" + connector + "/restart?includeTasks=true&onlyFailed=true", ""));
    }

    private Optional<Map<String, String>> config(String connector) throws IOException, InterruptedException {
        Answer answer = call("GET", "/connectors/" + connector + "/config", "");
        if (answer.status() == NOT_FOUND || !accepted(answer)) {
            return Optional.empty();
        }
        return Optional.of(JSON.readValue(answer.body(), new TypeReference<Map<String, String>>() {}));
    }

    private static boolean accepted(Answer answer) throws IOException {
        if (answer.status() / 100 == 2) {
            return true;
        }
        if (answer.status() == CONFLICT) {
            return false;
        }
        throw new IOException("Connect answered " + answer.status() + ": " + message(answer.body()));
    }

    private static String message(String body) {
        try {
            JsonNode message = JSON.readTree(body).path("message");
            return message.isTextual() ? message.asText() : body;
        } catch (IOException notJson) {
            return body;
        }
    }

    private Answer call(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build();
        var response = http.send(request, BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.body());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private record Answer(int status, String body) {}
}
