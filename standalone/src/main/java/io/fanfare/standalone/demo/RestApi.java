package io.fanfare.standalone.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The platform's REST API, as one caller in development mode sees it. */
final class RestApi {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient http;
    private final URI base;
    private final JsonMapper json;
    private final Map<String, String> headers;

    private RestApi(HttpClient http, URI base, JsonMapper json, Map<String, String> headers) {
        this.http = http;
        this.base = base;
        this.json = json;
        this.headers = Map.copyOf(headers);
    }

    /** @param api such as {@code http://127.0.0.1:8080} */
    static RestApi at(URI api) {
        HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
        return new RestApi(http, api, JsonMapper.builder().build(), Map.of());
    }

    RestApi as(Map<String, String> moreHeaders) {
        var all = new HashMap<>(headers);
        all.putAll(moreHeaders);
        return new RestApi(http, base, json, all);
    }

    /** The {@code data} of the answer. */
    JsonNode get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    /** The {@code data} of the answer. */
    JsonNode post(String path, Object body) throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json.writeValueAsString(body))));
    }

    /** The {@code data} of the answer. */
    JsonNode put(String path, Object body) throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(json.writeValueAsString(body))));
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(base.resolve("/api/v1" + path)).timeout(TIMEOUT);
        headers.forEach(request::header);
        return request;
    }

    private JsonNode send(HttpRequest.Builder builder) throws IOException, InterruptedException {
        HttpRequest request = builder.build();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IOException("%s %s answered %d: %s"
                    .formatted(request.method(), request.uri(), answer.statusCode(), answer.body()));
        }
        return json.readTree(answer.body()).path("data");
    }
}
