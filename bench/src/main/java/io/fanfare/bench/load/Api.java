package io.fanfare.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A REST client of the platform in development mode. One for all threads; {@link #as} shares its connections. */
public final class Api {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** Less than a platform takes to come back, so that a connection to what died without a word is given up. */
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient http;
    private final List<URI> bases;
    private final AtomicInteger turn;
    private final Map<String, String> headers;

    private Api(HttpClient http, List<URI> bases, AtomicInteger turn, Map<String, String> headers) {
        this.http = http;
        this.bases = List.copyOf(bases);
        this.turn = turn;
        this.headers = Map.copyOf(headers);
    }

    /** @param instances such as {@code http://127.0.0.1:8080}; each request goes to the next one */
    public static Api at(List<URI> instances) {
        if (instances.isEmpty()) {
            throw new IllegalArgumentException("no instance to send requests to");
        }
        var http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(TIMEOUT)
                .build();
        return new Api(http, instances, new AtomicInteger(), Map.of());
    }

    /**
     * What came back.
     *
     * @param sentNanos {@link System#nanoTime} when the request went out
     * @param heardNanos and when the answer was complete
     */
    public record Answer(int status, JsonNode body, long sentNanos, long heardNanos) {

        public JsonNode data() {
            return body.path("data");
        }

        /** Why it was refused; empty where it was not, or nobody said. */
        public String reason() {
            return data().path("error").path("reason").asText();
        }

        boolean isFinal() {
            return status < 500 && status != 429;
        }
    }

    /** The same with more headers. */
    public Api as(Map<String, String> more) {
        var all = new HashMap<>(headers);
        all.putAll(more);
        return new Api(http, bases, turn, all);
    }

    public Answer get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    public Answer post(String path, String body) throws IOException, InterruptedException {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path) {
        URI base = bases.get(Math.floorMod(turn.getAndIncrement(), bases.size()));
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(TIMEOUT);
        headers.forEach(request::header);
        return request;
    }

    private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        long sent = System.nanoTime();
        HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
        long heard = System.nanoTime();
        return new Answer(response.statusCode(), JSON.readTree(response.body()), sent, heard);
    }
}
