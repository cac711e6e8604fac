package io.fanfare.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** An HTTP service of the platform, asked by one caller. */
final class Api implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI base;
    private final Map<String, String> headers;

    /** @param headers that say who asks */
    Api(URI base, Map<String, String> headers) {
        this.base = base;
        this.headers = Map.copyOf(headers);
    }

    /** @param body the envelope; missing where the answer is no JSON */
    record Answer(int status, JsonNode body) {

        boolean isOk() {
            return status / 100 == 2;
        }

        JsonNode data() {
            return body.path("data");
        }
    }

    /**
     * What the service says.
     *
     * @throws CannotDo where it does not answer
     */
    Answer get(String path) throws InterruptedException {
        return send(request(path).GET().build());
    }

    /**
     * What it says to a change.
     *
     * @param key under which the change happens once only
     * @throws CannotDo where it does not answer
     */
    Answer post(String path, JsonNode body, String key) throws InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(Json.line(body)))
                .build());
    }

    @Override
    public void close() {
        http.close();
    }

    private HttpRequest.Builder request(String path) {
        var request =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(TIMEOUT).header("Accept", "application/json");
        headers.forEach(request::header);
        return request;
    }

    private Answer send(HttpRequest request) throws InterruptedException {
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            return new Answer(answer.statusCode(), json(answer.body()));
        } catch (IOException e) {
            throw new CannotDo("%s does not answer (%s); is the platform up? ./fanfare status".formatted(base, e), e);
        }
    }

    private static JsonNode json(String text) {
        try {
            return Json.read(text);
        } catch (JsonProcessingException _) {
            return MissingNode.getInstance();
        }
    }
}
