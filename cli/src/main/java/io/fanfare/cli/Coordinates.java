package io.fanfare.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A place in a topic; written as {@code fanfare.plays.v1/3/120} it is the name of a dead letter. */
record Coordinates(String topic, int partition, long offset) {

    private static final Pattern TEXT = Pattern.compile("([^/]+)/(\\d{1,9})/(\\d{1,18})");

    static Coordinates parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new NotUnderstood(
                    "'%s' is no dead letter, expected topic/partition/offset such as plays/3/120".formatted(text));
        }
        return new Coordinates(
                TopicNames.resolve(parts.group(1)), Integer.parseInt(parts.group(2)), Long.parseLong(parts.group(3)));
    }

    @Override
    public String toString() {
        return "%s/%d/%d".formatted(topic, partition, offset);
    }
}
