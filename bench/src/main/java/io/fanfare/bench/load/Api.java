package io.fanfare.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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
    /** A server keeps a connection for a minute. */
    private static final Duration KEEP_IDLE = Duration.ofSeconds(20);

    private final Wire http;
    private final List<URI> bases;
    private final AtomicInteger turn;
    private final Map<String, String> headers;

    private Api(Wire http, List<URI> bases, AtomicInteger turn, Map<String, String> headers) {
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
        return new Api(new Wire(TIMEOUT, KEEP_IDLE), instances, new AtomicInteger(), Map.of());
    }

    /**
     * What came back.
     *
     * @param location where to ask on; empty where the answer does not say
     * @param sentNanos {@link System#nanoTime} when the request went out
     * @param heardNanos and when the answer was complete
     */
    public record Answer(int status, JsonNode body, String location, long sentNanos, long heardNanos) {

        /** What a client does next about a request. */
        enum Next {
            /** Nothing: this is the answer. */
            TAKE_IT,
            /** Send it again under its key. */
            ASK_AGAIN,
            /** It is begun; ask at the location how it ends. */
            FOLLOW
        }

        public JsonNode data() {
            return body.path("data");
        }

        /** Why it was refused; empty where it was not, or nobody said. */
        public String reason() {
            return data().path("error").path("reason").asText();
        }

        /** One more word about a refusal; empty where it was not said. */
        String metadata(String name) {
            return data().path("error").path("metadata").path(name).asText();
        }

        Next next() {
            if (status == 202) {
                return Next.FOLLOW;
            }
            boolean isOfTheMoment = status >= 500 || status == 429 || reason().equals("CONCURRENT_MODIFICATION");
            return isOfTheMoment ? Next.ASK_AGAIN : Next.TAKE_IT;
        }
    }

    /** The same with more headers. */
    public Api as(Map<String, String> more) {
        var all = new HashMap<>(headers);
        all.putAll(more);
        return new Api(http, bases, turn, all);
    }

    public Answer get(String path) throws IOException {
        return send("GET", path, headers, new byte[0]);
    }

    public Answer post(String path, String body) throws IOException {
        var all = new HashMap<>(headers);
        all.put("Content-Type", "application/json");
        return send("POST", path, all, body.getBytes(StandardCharsets.UTF_8));
    }

    Answer put(String path, String body) throws IOException {
        var all = new HashMap<>(headers);
        all.put("Content-Type", "application/json");
        return send("PUT", path, all, body.getBytes(StandardCharsets.UTF_8));
    }

    private Answer send(String method, String path, Map<String, String> all, byte[] body) throws IOException {
        URI base = bases.get(Math.floorMod(turn.getAndIncrement(), bases.size()));
        long sent = System.nanoTime();
        Wire.Reply reply = http.send(base, method, path, all, body);
        long heard = System.nanoTime();
        return new Answer(reply.status(), JSON.readTree(reply.body()), reply.location(), sent, heard);
    }
}
