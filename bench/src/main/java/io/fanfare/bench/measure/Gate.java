package io.fanfare.bench.measure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import java.util.Locale;

/** What a figure must not exceed. A figure that stands for nothing has not passed. */
public record Gate(String what, double actual, double limit, boolean hasShown) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    public boolean passed() {
        return hasShown && actual <= limit;
    }

    public String line() {
        return String.format(
                Locale.ROOT,
                "  %-4s  %s: %.1f, at most %.1f%s",
                passed() ? "ok" : "FAIL",
                what,
                actual,
                limit,
                hasShown ? "" : " (nothing was measured)");
    }

    /** For programs. */
    public static JsonNode json(List<Gate> gates) {
        ArrayNode list = JSON.createArrayNode();
        for (Gate gate : gates) {
            list.addObject()
                    .put("what", gate.what())
                    .put("actual", gate.actual())
                    .put("limit", gate.limit())
                    .put("passed", gate.passed());
        }
        return list;
    }
}
