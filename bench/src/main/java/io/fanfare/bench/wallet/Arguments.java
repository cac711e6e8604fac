package io.fanfare.bench.wallet;

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
     * @param port of the API of a platform that would have the broker's port
     * @param commands in each cell, those that warm it up among them
     * @param wallets to restore
     * @param partitions of the topics
     * @param rounds how often each cell is measured
     */
    record Run(Path data, int port, int commands, int wallets, int partitions, int rounds, boolean json)
            implements Arguments {}

    /** Something else; {@code reason} tells the user what. */
    record Refused(String reason) implements Arguments {}

    static Arguments parse(List<String> words) {
        Set<String> known = Set.of("--data", "--port", "--commands", "--wallets", "--partitions", "--rounds");
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
                return new Refused("bench wallet does not know " + option);
            }
            String value = rest.poll();
            if (value == null) {
                return new Refused(option + " needs a value");
            }
            if (!option.equals("--data") && !value.matches("[1-9]\\d{0,7}")) {
                return new Refused("%s needs a number, not %s".formatted(option, value));
            }
            values.put(option, value);
        }
        return new Run(
                Path.of(values.getOrDefault("--data", ".fanfare-bench"))
                        .toAbsolutePath()
                        .normalize(),
                number(values, "--port", 18_080),
                number(values, "--commands", 400_000),
                number(values, "--wallets", 1_000_000),
                number(values, "--partitions", 12),
                number(values, "--rounds", 3),
                json);
    }

    private static int number(Map<String, String> values, String option, int otherwise) {
        String value = values.get(option);
        return value == null ? otherwise : Integer.parseInt(value);
    }
}
