package io.fanfare.play.play;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How long a caller would rather wait than hear less: {@code wait} of the header Prefer (RFC 7240). What is malformed or unknown there is
 * ignored, as the RFC has it, and of several {@code wait} the first counts.
 *
 * @param seconds as they are granted, 1 to {@value #MOST_SECONDS}
 */
record WaitPreference(int seconds) {

    static final String HEADER = "Prefer";

    private static final int MOST_SECONDS = 5;
    /** A header of preferences that somebody has a use for is shorter. */
    private static final int MOST_CHARACTERS = 500;

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]++";
    private static final String BLANKS = "[ \\t]*+";
    private static final String VALUE = BLANKS + "=" + BLANKS + "(?<value>" + TOKEN + "|\"(?:[^\"\\\\]|\\\\.)*+\")";
    private static final String PARAMETER =
            BLANKS + ";" + BLANKS + "(?:" + TOKEN + "(?:" + VALUE.replace("?<value>", "?:") + ")?+)?+";
    /** One of the list, up to its comma; there may be none before it. */
    private static final Pattern PREFERENCE = Pattern.compile(
            BLANKS + "(?:(?<name>" + TOKEN + ")(?:" + VALUE + ")?+(?:" + PARAMETER + ")*+" + BLANKS + ")?+(?:,|$)");

    WaitPreference {
        if (seconds < 1 || seconds > MOST_SECONDS) {
            throw new IllegalArgumentException("seconds is %d, expected 1 to %d".formatted(seconds, MOST_SECONDS));
        }
    }

    /** Empty where nobody prefers to wait, or for no time at all. */
    static Optional<WaitPreference> of(List<String> headers) {
        return headers.stream()
                .flatMap(header -> Optional.ofNullable(waitIn(header)).stream())
                .findFirst()
                .flatMap(WaitPreference::granted);
    }

    Duration patience() {
        return Duration.ofSeconds(seconds);
    }

    /** What the answer says was granted. */
    String applied() {
        return "wait=" + seconds;
    }

    private static Optional<WaitPreference> granted(String seconds) {
        if (!seconds.matches("[0-9]+")) {
            return Optional.empty();
        }
        boolean isShort = seconds.length() < 9;
        int granted = isShort ? Math.min(MOST_SECONDS, Integer.parseInt(seconds)) : MOST_SECONDS;
        return granted == 0 ? Optional.empty() : Optional.of(new WaitPreference(granted));
    }

    /** The value of the first {@code wait} in a header; null where there is none, or the header is malformed. */
    private static @Nullable String waitIn(String header) {
        if (header.length() > MOST_CHARACTERS) {
            return null;
        }
        Matcher preference = PREFERENCE.matcher(header);
        @Nullable String found = null;
        for (int at = 0; at < header.length(); at = preference.end()) {
            if (!preference.region(at, header.length()).lookingAt()) {
                return null;
            }
            if (found == null && "wait".equalsIgnoreCase(preference.group("name"))) {
                found = unquoted(preference.group("value"));
            }
        }
        return found;
    }

    private static String unquoted(@Nullable String word) {
        if (word == null) {
            return "";
        }
        return word.startsWith("\"") ? word.substring(1, word.length() - 1) : word;
    }
}
