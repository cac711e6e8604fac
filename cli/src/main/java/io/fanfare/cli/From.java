package io.fanfare.cli;

import java.time.Instant;
import java.time.format.DateTimeParseException;

/** Where to begin reading a topic. */
sealed interface From {

    record Beginning() implements From {}

    record End() implements From {}

    /** The first record of this time or later. */
    record At(Instant time) implements From {}

    /** So many of the newest that are wanted. */
    record Last(int count) implements From {}

    static From parse(String text) {
        if (text.equals("beginning")) {
            return new Beginning();
        }
        if (text.equals("end")) {
            return new End();
        }
        if (text.matches("-\\d{1,6}") && !text.matches("-0+")) {
            return new Last(Integer.parseInt(text.substring(1)));
        }
        try {
            return new At(Instant.parse(text));
        } catch (DateTimeParseException _) {
            throw new NotUnderstood(
                    "--from needs beginning, end, a time such as 2026-03-01T12:00:00Z, or -10 for the last ten, not '%s'"
                            .formatted(text));
        }
    }
}
