package io.fanfare.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanfare.cli.Api.Answer;

/** The API has said no; holds its envelope. */
final class RefusedByApi extends RuntimeException {

    private final transient Answer answer;

    RefusedByApi(String what, Answer answer) {
        super(describe(what, answer));
        this.answer = answer;
    }

    /** The envelope as it came, with the HTTP status. */
    ObjectNode json() {
        ObjectNode json = Json.object().put("status", answer.status());
        json.set("answer", answer.body());
        return json;
    }

    private static String describe(String what, Answer answer) {
        JsonNode error = answer.data().path("error");
        var lines = new StringBuilder("%s was refused: %s (HTTP %d, code %d): %s"
                .formatted(
                        what,
                        error.path("reason").asText("no envelope"),
                        answer.status(),
                        answer.body().path("code").asInt(-1),
                        answer.body().path("message").asText("")));
        for (JsonNode violation : error.path("field_violations")) {
            lines.append("\n  ")
                    .append(violation.path("field").asText())
                    .append(": ")
                    .append(violation.path("description").asText());
        }
        JsonNode metadata = error.path("metadata");
        if (!metadata.isEmpty()) {
            lines.append("\n  ").append(Json.line(metadata));
        }
        String trace = answer.body().path("trace_id").asText("");
        if (!trace.isEmpty()) {
            lines.append("\n  trace ").append(trace);
        }
        return lines.toString();
    }
}
