package io.fanfare.standalone;

import static io.fanfare.standalone.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.connectors.ConnectorDefinition;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The relay's connector as an operator handles it: over Connect's REST API. */
final class RelayConnector {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String NAME = ConnectorDefinition.outboxOnPostgresql().name();

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI base;

    RelayConnector(Ports ports) {
        this.base = URI.create("http://127.0.0.1:" + ports.connect() + "/connectors/" + NAME + "/");
    }

    /** Its task stays and reads nothing. */
    void pause() throws Exception {
        send("PUT", "pause");
        eventually(this::states, states -> states.equals(List.of("PAUSED", "PAUSED")));
    }

    /** Its task ends. */
    void stop() throws Exception {
        send("PUT", "stop");
        eventually(this::states, states -> states.equals(List.of("STOPPED")));
    }

    void resume() throws Exception {
        send("PUT", "resume");
        eventually(this::states, states -> states.equals(List.of("RUNNING", "RUNNING")));
    }

    /** Forgets how far it has come; it must have been stopped. */
    void forgetOffsets() throws Exception {
        send("DELETE", "offsets");
        assertThat(get("offsets").path("offsets").size()).isZero();
    }

    /** Of the connector, then of its task. */
    private List<String> states() throws IOException, InterruptedException {
        JsonNode status = get("status");
        var states = new ArrayList<String>();
        states.add(status.path("connector").path("state").asString());
        status.path("tasks").forEach(task -> states.add(task.path("state").asString()));
        return states;
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return JSON.readTree(answer("GET", path).body());
    }

    private void send(String method, String path) throws Exception {
        // 409: the group is rebalancing.
        HttpResponse<String> answer = eventually(() -> answer(method, path), heard -> heard.statusCode() != 409);
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    }

    private HttpResponse<String> answer(String method, String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(base.resolve(path))
                        .method(method, BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }
}
