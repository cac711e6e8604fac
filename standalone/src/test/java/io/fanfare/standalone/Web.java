package io.fanfare.standalone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One caller of a service over HTTP; the headers say who it is. */
record Web(HttpClient http, URI base, List<String> headers) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What came back. */
    record Answer(int status, JsonNode body) {

        JsonNode data() {
            return body.path("data");
        }

        String reason() {
            return data().path("error").path("reason").asString("");
        }
    }

    static Web at(URI base) {
        return new Web(HttpClient.newHttpClient(), base, List.of());
    }

    /** The same caller with one more header. */
    Web with(String header, String value) {
        var more = new ArrayList<>(headers);
        more.add(header);
        more.add(value);
        return new Web(http, base, more);
    }

    Web player(String tenant, String player) {
        return with("X-Tenant-Id", tenant).with("X-Player-Id", player);
    }

    Web admin(String tenant) {
        return with("X-Tenant-Id", tenant).with("X-Roles", "admin");
    }

    Answer get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    /** @param body a JSON text */
    Answer post(String path, String body) throws IOException, InterruptedException {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }

    /** @param body a JSON text */
    Answer put(String path, String body) throws IOException, InterruptedException {
        return send(request(path).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(body)));
    }

    /** @param table comma-separated */
    Answer postTable(String path, String table) throws IOException, InterruptedException {
        return send(request(path).header("Content-Type", "text/csv").POST(BodyPublishers.ofString(table)));
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(20));
        if (!headers.isEmpty()) {
            request.headers(headers.toArray(String[]::new));
        }
        return request;
    }

    private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var answer = http.send(request.build(), BodyHandlers.ofString());
        return new Answer(answer.statusCode(), JSON.readTree(answer.body()));
    }
}
