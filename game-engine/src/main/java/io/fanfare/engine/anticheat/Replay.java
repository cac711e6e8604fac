package io.fanfare.engine.anticheat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a player did, event by event: when, and where or on what.
 *
 * <p>Its compact text is the events in order, joined by {@code ;}, each {@code dt,x}: {@code dt} the milliseconds since the
 * event before (for the first: since the start), {@code x} a whole number whose meaning is the shape's. {@code "900,12;350,-4"} is
 * an event at 900 ms and one at 1,250 ms. Empty: nothing happened.
 *
 * @param events in order, at most {@value #MAX_EVENTS}
 */
public record Replay(List<Event> events) {

    public static final int MAX_EVENTS = 5_000;
    public static final int MAX_TEXT = 100_000;

    private static final Pattern EVENT = Pattern.compile("(\\d{1,9}),(-?\\d{1,9})");

    /** @param atMs milliseconds since the start */
    public record Event(long atMs, long x) {}

    public Replay {
        events = List.copyOf(events);
        if (events.size() > MAX_EVENTS) {
            throw new IllegalArgumentException("%d events, expected at most %d".formatted(events.size(), MAX_EVENTS));
        }
    }

    /** What a compact text says; empty where it is none. Time cannot run backwards in it. */
    public static Optional<Replay> parse(String text) {
        if (text.isEmpty()) {
            return Optional.of(new Replay(List.of()));
        }
        if (text.length() > MAX_TEXT) {
            return Optional.empty();
        }
        String[] parts = text.split(";", -1);
        if (parts.length > MAX_EVENTS) {
            return Optional.empty();
        }
        var events = new ArrayList<Event>();
        long at = 0;
        for (String part : parts) {
            var event = EVENT.matcher(part);
            if (!event.matches()) {
                return Optional.empty();
            }
            at += Long.parseLong(event.group(1));
            events.add(new Event(at, Long.parseLong(event.group(2))));
        }
        return Optional.of(new Replay(events));
    }

    /** Its compact text. */
    public String text() {
        var text = new StringBuilder();
        long before = 0;
        for (Event event : events) {
            text.append(text.isEmpty() ? "" : ";")
                    .append(event.atMs() - before)
                    .append(',')
                    .append(event.x());
            before = event.atMs();
        }
        return text.toString();
    }

    /** The shortest time between two events; empty where there are fewer than two. */
    public Optional<Long> shortestSpacingMs() {
        Optional<Long> shortest = Optional.empty();
        for (int i = 1; i < events.size(); i++) {
            long spacing = events.get(i).atMs() - events.get(i - 1).atMs();
            shortest = Optional.of(Math.min(spacing, shortest.orElse(spacing)));
        }
        return shortest;
    }

    /** When the last event was; 0 where there was none. */
    public long endMs() {
        return events.isEmpty() ? 0 : events.getLast().atMs();
    }
}
