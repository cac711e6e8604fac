package io.fanfare.standalone;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the command line asks for. */
sealed interface Arguments {

    Path DEFAULT_DATA = Path.of(".fanfare");

    /** Start everything and stay in the foreground. */
    record Up(Path data, Ports ports, boolean fresh) implements Arguments {}

    /** Stop the platform on this folder and wait until it has ended. */
    record Down(Path data) implements Arguments {}

    /** Say what runs on this folder. */
    record Status(Path data) implements Arguments {}

    /** Something that is none of these; {@code reason} tells the user what. */
    record Refused(String reason) implements Arguments {}

    static Arguments parse(List<String> words) {
        Deque<String> rest = new ArrayDeque<>(words);
        @Nullable String command = rest.poll();
        if (command == null) {
            return new Refused("say up, down or status");
        }
        Path data = DEFAULT_DATA;
        Ports ports = Ports.DEFAULT;
        boolean fresh = false;
        while (!rest.isEmpty()) {
            String option = rest.remove();
            @Nullable String value = rest.peek();
            switch (option) {
                case "--fresh" -> fresh = true;
                case "--data", "--port" -> {
                    if (value == null) {
                        return new Refused(option + " needs a value");
                    }
                    rest.remove();
                    if (option.equals("--data")) {
                        data = Path.of(value);
                    } else if (!value.matches("\\d{1,5}")) {
                        return new Refused("--port needs a number, not " + value);
                    } else {
                        try {
                            ports = Ports.withApiAt(Integer.parseInt(value));
                        } catch (IllegalArgumentException e) {
                            return new Refused(String.valueOf(e.getMessage()));
                        }
                    }
                }
                default -> {
                    return new Refused("unknown option " + option);
                }
            }
        }
        boolean onlyData = !fresh && ports.equals(Ports.DEFAULT);
        return switch (command) {
            case "up" -> new Up(data, ports, fresh);
            case "down" -> onlyData ? new Down(data) : new Refused("down takes --data only");
            case "status" -> onlyData ? new Status(data) : new Refused("status takes --data only");
            default -> new Refused("unknown command " + command);
        };
    }
}
