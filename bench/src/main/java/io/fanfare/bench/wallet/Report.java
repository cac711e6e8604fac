package io.fanfare.bench.wallet;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;

/** What a run has found; its parts are told to people as they come. */
record Report(List<Findings> parts) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    Report {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured, expected at least one half");
        }
    }

    boolean passed() {
        return parts.stream().allMatch(Findings::passed);
    }

    String text() {
        return passed() ? "green\n" : "RED\n";
    }

    /** For programs: one line. */
    String json() throws IOException {
        ObjectNode report = JSON.createObjectNode().put("passed", passed());
        for (Findings part : parts) {
            part.json(report);
        }
        return report.toString();
    }
}
