package io.fanfare.play.relay;

import io.fanfare.engine.identity.TenantId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/** What {@code ./fanfare republish} was asked for. */
sealed interface RepublishArguments {

    Path DEFAULT_DATA = Path.of(".fanfare");

    /**
     * Publish again.
     *
     * @param data folder of the platform
     * @param since what was written from then on is published again; null: definitions are
     * @param tenant null: of all tenants
     */
    record Run(Path data, @Nullable Instant since, @Nullable TenantId tenant, boolean dryRun, boolean json)
            implements RepublishArguments {}

    /** Something else; {@code reason} tells the user what. */
    record Refused(String reason) implements RepublishArguments {}

    static RepublishArguments parse(List<String> words, Instant now) {
        Deque<String> rest = new ArrayDeque<>(words);
        Path data = DEFAULT_DATA;
        Instant since = null;
        TenantId tenant = null;
        boolean config = false;
        boolean dryRun = false;
        boolean json = false;
        while (!rest.isEmpty()) {
            String option = rest.remove();
            switch (option) {
                case "--config" -> config = true;
                case "--dry-run" -> dryRun = true;
                case "--json" -> json = true;
                case "--data", "--since", "--tenant" -> {
                    String value = rest.poll();
                    if (value == null) {
                        return new Refused(option + " needs a value");
                    }
                    try {
                        switch (option) {
                            case "--data" -> data = Path.of(value);
                            case "--since" -> since = instant(value, now);
                            default -> tenant = new TenantId(value);
                        }
                    } catch (IllegalArgumentException e) {
                        return new Refused(option + ": " + e.getMessage());
                    }
                }
                default -> {
                    return new Refused("republish does not know " + option);
                }
            }
        }
        if (config == (since != null)) {
            return new Refused("say either --since and a time, or --config");
        }
        return new Run(data, since, tenant, dryRun, json);
    }

    /** A time such as 2026-03-01T12:00:00Z, or how long ago it was, such as 90m. */
    private static Instant instant(String value, Instant now) {
        try {
            return Instant.parse(value);
        } catch (DateTimeParseException notATime) {
            return now.minus(duration(value));
        }
    }

    private static Duration duration(String value) {
        Duration ago;
        try {
            ago = DurationStyle.detectAndParse(value);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IllegalArgumentException(
                    "'%s' is neither a time such as 2026-03-01T12:00:00Z nor a duration such as 90m, 6h or PT1H30M"
                            .formatted(value),
                    e);
        }
        // A number alone would count milliseconds: nobody means that.
        if (ago.isNegative() || value.matches("\\d+")) {
            throw new IllegalArgumentException("'%s' is no duration; it needs a unit: 90m, 6h".formatted(value));
        }
        return ago;
    }
}
