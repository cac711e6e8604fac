package io.fanfare.bench.wallet;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the command line asks for. */
sealed interface Arguments {

    /**
     * Measure.
     *
     * @param data folder for everything of this run
     * @param port of the API of a platform; a broker by itself has that platform's broker's port
     * @param halves what of it, in this order
     * @param commands in each cell, those that warm it up among them
     * @param wallets to restore
     * @param partitions of the topics
     * @param rounds how often each cell is measured
     * @param length for how long is redeemed
     */
    record Run(
            Path data,
            int port,
            List<Half> halves,
            int commands,
            int wallets,
            int partitions,
            int rounds,
            Duration length,
            boolean json)
            implements Arguments {

        public Run {
            halves = List.copyOf(halves);
        }
    }

    /** Something else; {@code reason} tells the user what. */
    record Refused(String reason) implements Arguments {}

    static Arguments parse(List<String> words) {
        Set<String> known = Set.of(
                "--data", "--port", "--only", "--commands", "--wallets", "--partitions", "--rounds", "--seconds");
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
            Optional<Refused> refused = refusal(option, value);
            if (refused.isPresent()) {
                return refused.get();
            }
            values.put(option, value);
        }
        return new Run(
                Path.of(values.getOrDefault("--data", ".fanfare-bench"))
                        .toAbsolutePath()
                        .normalize(),
                number(values, "--port", 18_080),
                Optional.ofNullable(values.get("--only"))
                        .flatMap(Half::of)
                        .map(List::of)
                        .orElse(List.of(Half.values())),
                number(values, "--commands", 1_600_000),
                number(values, "--wallets", 1_000_000),
                number(values, "--partitions", 12),
                number(values, "--rounds", 3),
                Duration.ofSeconds(number(values, "--seconds", 30)),
                json);
    }

    private static Optional<Refused> refusal(String option, String value) {
        return switch (option) {
            case "--data" -> Optional.empty();
            case "--only" ->
                Half.of(value).isPresent()
                        ? Optional.empty()
                        : Optional.of(new Refused("--only needs app or redeem, not " + value));
            default ->
                value.matches("[1-9]\\d{0,7}")
                        ? Optional.empty()
                        : Optional.of(new Refused("%s needs a number, not %s".formatted(option, value)));
        };
    }

    private static int number(Map<String, String> values, String option, int otherwise) {
        String value = values.get(option);
        return value == null ? otherwise : Integer.parseInt(value);
    }
}
