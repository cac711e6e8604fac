package io.fanfare.bench.play;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the command line asks for. */
sealed interface Arguments {

    /**
     * Measure.
     *
     * @param data folder for everything of this run
     * @param port of the API; PostgreSQL and the registry are on the next ones
     * @param plays in each cell
     * @param rounds how often each cell is measured
     * @param seconds of each load over HTTP
     */
    record Run(Path data, int port, int plays, int rounds, int seconds, boolean json) implements Arguments {}

    /** Something else; {@code reason} tells the user what. */
    record Refused(String reason) implements Arguments {}

    static Arguments parse(List<String> words) {
        Set<String> known = Set.of("--data", "--port", "--plays", "--rounds", "--seconds");
        Deque<String> rest = new ArrayDeque<>(words);
        Map<String, String> values = new HashMap<>();
        boolean json = false;
        while (!rest.isEmpty()) {
            String option = rest.remove();
            if (option.equals("--json")) {
                json = true;
                continue;
            }
            if (!known.contains(option)) {
                return new Refused("bench play does not know " + option);
            }
            String value = rest.poll();
            if (value == null) {
                return new Refused(option + " needs a value");
            }
            if (!option.equals("--data") && !value.matches("[1-9]\\d{0,5}")) {
                return new Refused("%s needs a number, not %s".formatted(option, value));
            }
            values.put(option, value);
        }
        return new Run(
                Path.of(values.getOrDefault("--data", ".fanfare-bench"))
                        .toAbsolutePath()
                        .normalize(),
                number(values, "--port", 18_080),
                number(values, "--plays", 20_000),
                number(values, "--rounds", 3),
                number(values, "--seconds", 20),
                json);
    }

    private static int number(Map<String, String> values, String option, int otherwise) {
        String value = values.get(option);
        return value == null ? otherwise : Integer.parseInt(value);
    }
}
