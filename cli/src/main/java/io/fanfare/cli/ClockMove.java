package io.fanfare.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where time is to be moved. */
sealed interface ClockMove {

    Duration FURTHEST = Duration.ofDays(3_650);

    Pattern STEPS = Pattern.compile("([+-])((?:\\d{1,6}[dhms])+)");
    Pattern STEP = Pattern.compile("(\\d+)([dhms])");
    Map<String, Duration> UNITS = Map.of(
            "d", Duration.ofDays(1), "h", Duration.ofHours(1), "m", Duration.ofMinutes(1), "s", Duration.ofSeconds(1));

    /** From where it is now. */
    record By(Duration step) implements ClockMove {}

    record To(Instant time) implements ClockMove {}

    /** To the machine's own time. */
    record Reset() implements ClockMove {}

    /** Reads {@code +1d}, {@code -2h30m}, {@code +P1DT2H}, {@code reset} or a time. */
    static ClockMove parse(String text) {
        if (text.equals("reset")) {
            return new Reset();
        }
        Matcher steps = STEPS.matcher(text);
        try {
            if (steps.matches()) {
                Duration sum = sum(steps.group(2));
                return new By(steps.group(1).equals("-") ? sum.negated() : sum);
            }
            if (text.matches("[+-][Pp].*")) {
                Duration step = Duration.parse(text.substring(1));
                return new By(text.startsWith("-") ? step.negated() : step);
            }
            return new To(Instant.parse(text));
        } catch (DateTimeParseException _) {
            throw new NotUnderstood(
                    "clock does not understand '%s', expected +1d, -2h, +1d12h, +P1DT2H, reset or a time such as 2026-03-01T12:00:00Z"
                            .formatted(text));
        }
    }

    /**
     * By how much the platform is to be ahead of the machine.
     *
     * @param ahead as it is now
     * @param machine the machine's time
     * @throws NotUnderstood where that is more than ten years
     */
    default Duration ahead(Duration ahead, Instant machine) {
        Duration wanted = switch (this) {
            case By(Duration step) -> ahead.plus(step);
            case To(Instant time) -> difference(machine, time);
            case Reset() -> Duration.ZERO;
        };
        if (wanted.abs().compareTo(FURTHEST) > 0) {
            throw new NotUnderstood("that is %d days from the machine's time, and %d are possible"
                    .formatted(wanted.abs().toDays(), FURTHEST.toDays()));
        }
        return wanted;
    }

    private static Duration difference(Instant from, Instant to) {
        try {
            return Duration.between(from, to).truncatedTo(ChronoUnit.MILLIS);
        } catch (DateTimeException | ArithmeticException e) {
            throw new NotUnderstood("%s is too far away: %s".formatted(to, e.getMessage()));
        }
    }

    private static Duration sum(String steps) {
        Duration sum = Duration.ZERO;
        Matcher step = STEP.matcher(steps);
        while (step.find()) {
            Duration unit = UNITS.getOrDefault(step.group(2), Duration.ZERO);
            sum = sum.plus(unit.multipliedBy(Long.parseLong(step.group(1))));
        }
        return sum;
    }
}
