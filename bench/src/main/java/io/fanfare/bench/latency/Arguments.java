package io.fanfare.bench.latency;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the command line asks for; the first word says which of the two. */
sealed interface Arguments {

    int PORT = 18_080;

    /**
     * On which platform.
     *
     * @param data folder for everything of this run
     * @param port of a platform of our own
     * @param running data folder of a platform that runs; empty for one of our own
     */
    record Place(Path data, int port, Optional<Path> running) {}

    /** Measure each rate for a while. */
    record Latency(Place place, List<Integer> rates, Duration warmUp, Duration length, int rounds, boolean json)
            implements Arguments {}

    /** Keep one rate up for long. */
    record Soak(Place place, int rate, Duration length, boolean json) implements Arguments {}

    /** Something else; {@code reason} tells the user what. */
    record Refused(String reason) implements Arguments {}

    static Arguments parse(List<String> words) {
        Deque<String> rest = new ArrayDeque<>(words);
        String what = rest.isEmpty() ? "" : rest.remove();
        List<String> known = switch (what) {
            case "latency" -> List.of("--data", "--port", "--on", "--rates", "--seconds", "--warm-up", "--rounds");
            case "soak" -> List.of("--data", "--port", "--on", "--rate", "--minutes");
            default -> List.of();
        };
        if (known.isEmpty()) {
            return new Refused("bench knows latency and soak here, not '%s'".formatted(what));
        }
        Map<String, String> values = new HashMap<>();
        boolean json = false;
        while (!rest.isEmpty()) {
            String option = rest.remove();
            if (option.equals("--json")) {
                json = true;
                continue;
            }
            if (!known.contains(option)) {
                return new Refused("bench %s does not know %s".formatted(what, option));
            }
            String value = rest.poll();
            if (value == null) {
                return new Refused(option + " needs a value");
            }
            if (!isFine(option, value)) {
                return new Refused("%s needs a number, not %s".formatted(option, value));
            }
            values.put(option, value);
        }
        return what.equals("soak") ? soak(values, json) : latency(values, json);
    }

    private static boolean isFine(String option, String value) {
        return switch (option) {
            case "--data", "--on" -> true;
            case "--rates" -> value.matches("[1-9]\\d{0,4}(,[1-9]\\d{0,4})*");
            default -> value.matches("[1-9]\\d{0,4}");
        };
    }

    private static Latency latency(Map<String, String> values, boolean json) {
        List<Integer> rates = Stream.of(values.getOrDefault("--rates", "50,500").split(",", -1))
                .map(Integer::valueOf)
                .toList();
        return new Latency(
                place(values),
                rates,
                Duration.ofSeconds(number(values, "--warm-up", 20)),
                Duration.ofSeconds(number(values, "--seconds", 30)),
                number(values, "--rounds", 1),
                json);
    }

    private static Soak soak(Map<String, String> values, boolean json) {
        return new Soak(
                place(values),
                number(values, "--rate", 300),
                Duration.ofMinutes(number(values, "--minutes", 10)),
                json);
    }

    private static Place place(Map<String, String> values) {
        return new Place(
                absolute(values.getOrDefault("--data", ".fanfare-bench")),
                number(values, "--port", PORT),
                Optional.ofNullable(values.get("--on")).map(Arguments::absolute));
    }

    private static Path absolute(String path) {
        return Path.of(path).toAbsolutePath().normalize();
    }

    private static int number(Map<String, String> values, String option, int otherwise) {
        String value = values.get(option);
        return value == null ? otherwise : Integer.parseInt(value);
    }
}
