package io.fanfare.bench.verify;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What the command line asks for. */
sealed interface Arguments {

    Path DEFAULT_DATA = Path.of(".fanfare");
    Duration DEFAULT_PATIENCE = Duration.ofMinutes(2);

    /**
     * Check the platform.
     *
     * @param port of the API; empty: as the platform on this folder says
     * @param acks file of acknowledged plays; null where there is none
     */
    record Run(Path data, OptionalInt port, @Nullable Path acks, Duration patience, boolean json)
            implements Arguments {}

    /** Something else; {@code reason} tells the user what. */
    record Refused(String reason) implements Arguments {}

    static Arguments parse(List<String> words) {
        Deque<String> rest = new ArrayDeque<>(words);
        Path data = DEFAULT_DATA;
        OptionalInt port = OptionalInt.empty();
        Path acks = null;
        Duration patience = DEFAULT_PATIENCE;
        boolean json = false;
        while (!rest.isEmpty()) {
            String option = rest.remove();
            if (option.equals("--json")) {
                json = true;
                continue;
            }
            if (!List.of("--data", "--port", "--acks", "--patience").contains(option)) {
                return new Refused("verify does not know " + option);
            }
            String value = rest.poll();
            if (value == null) {
                return new Refused(option + " needs a value");
            }
            boolean isNumber = value.matches("\\d{1,5}");
            switch (option) {
                case "--data" -> data = Path.of(value);
                case "--acks" -> acks = Path.of(value);
                case "--port" -> {
                    if (!isNumber) {
                        return new Refused("--port needs a number, not " + value);
                    }
                    port = OptionalInt.of(Integer.parseInt(value));
                }
                default -> {
                    if (!isNumber) {
                        return new Refused("--patience needs a number of seconds, not " + value);
                    }
                    patience = Duration.ofSeconds(Integer.parseInt(value));
                }
            }
        }
        return new Run(data, port, acks, patience, json);
    }
}
