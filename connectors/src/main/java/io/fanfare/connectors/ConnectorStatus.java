package io.fanfare.connectors;

import com.fasterxml.jackson.databind.JsonNode;

/** How a connector and its tasks fare, as the Connect cluster reports it. */
public sealed interface ConnectorStatus {

    /** The cluster knows no such connector. */
    record Absent() implements ConnectorStatus {}

    /** Known, but not every part of it runs yet (or it is paused, stopped or being moved). */
    record Pending(String state) implements ConnectorStatus {}

    /** The connector and at least one task run, and none failed. */
    record Running(int tasks) implements ConnectorStatus {}

    /** The connector or a task failed; {@code cause} is the first line of its stack trace. */
    record Failed(String cause) implements ConnectorStatus {}

    /** Reads the answer of {@code GET /connectors/{name}/status}. */
    static ConnectorStatus of(JsonNode answer) {
        JsonNode connector = answer.path("connector");
        JsonNode tasks = answer.path("tasks");
        if (isFailed(connector)) {
            return new Failed(cause(connector));
        }
        for (JsonNode task : tasks) {
            if (isFailed(task)) {
                return new Failed(cause(task));
            }
        }
        if (!isRunning(connector)) {
            return new Pending(connector.path("state").asText("UNKNOWN"));
        }
        for (JsonNode task : tasks) {
            if (!isRunning(task)) {
                return new Pending(task.path("state").asText("UNKNOWN"));
            }
        }
        return tasks.isEmpty() ? new Pending("NO_TASK") : new Running(tasks.size());
    }

    private static boolean isFailed(JsonNode part) {
        return part.path("state").asText("").equals("FAILED");
    }

    private static boolean isRunning(JsonNode part) {
        return part.path("state").asText("").equals("RUNNING");
    }

    private static String cause(JsonNode part) {
        return part.path("trace").asText("no trace").lines().findFirst().orElse("no trace");
    }
}
