package io.fanfare.edge.clock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A clock that goes as the machine's does, ahead of it by what a file says: one ISO duration, such as {@code PT24H}; no file is no
 * difference. All services of a machine read the same file, so they move together, {@link #READ_EVERY} after it changed at the
 * latest. A file that says nothing sensible changes nothing.
 */
final class DevelopmentClock extends Clock {

    static final Duration READ_EVERY = Duration.ofMillis(200);

    private static final Logger LOG = LoggerFactory.getLogger(DevelopmentClock.class);

    private final Clock machine;
    private final Path file;
    private final LongSupplier nanoTime;
    private volatile Reading last;

    /** What was read, and when. */
    private record Reading(Duration ahead, String text, long nanos) {

        boolean isOld(long now) {
            return now - nanos >= READ_EVERY.toNanos();
        }
    }

    /** @throws IllegalArgumentException where the file says something else than a duration */
    DevelopmentClock(Clock machine, Path file, LongSupplier nanoTime) {
        this.machine = machine;
        this.file = file;
        this.nanoTime = nanoTime;
        try {
            String text = text();
            this.last = new Reading(parsed(text), text, nanoTime.getAsLong());
        } catch (IOException | DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "%s cannot be the development clock, expected a file with a duration such as PT24H: %s"
                            .formatted(file, e),
                    e);
        }
    }

    Path file() {
        return file;
    }

    /** By how much it is ahead of the machine's clock; negative: behind. */
    Duration ahead() {
        Reading reading = last;
        return reading.isOld(nanoTime.getAsLong()) ? readAgain() : reading.ahead();
    }

    @Override
    public Instant instant() {
        return machine.instant().plus(ahead());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** Nobody asks the platform for local time by its clock. */
    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("the platform's clock is in UTC, not in " + zone);
    }

    private synchronized Duration readAgain() {
        Reading before = last;
        long now = nanoTime.getAsLong();
        if (!before.isOld(now)) {
            return before.ahead();
        }
        Reading after = reading(before, now);
        last = after;
        return after.ahead();
    }

    private Reading reading(Reading before, long now) {
        try {
            String text = text();
            if (text.equals(before.text())) {
                return new Reading(before.ahead(), text, now);
            }
            return new Reading(moved(before, text), text, now);
        } catch (IOException e) {
            LOG.error("{} cannot be read, the platform's time stays {} ahead: {}", file, before.ahead(), e.toString());
            return new Reading(before.ahead(), before.text(), now);
        }
    }

    private Duration moved(Reading before, String text) {
        try {
            Duration ahead = parsed(text);
            if (ahead.compareTo(before.ahead()) < 0) {
                LOG.warn("TIME GOES BACK: the platform was {} ahead, and now is {}", before.ahead(), ahead);
            } else {
                LOG.info("the platform's time is {} ahead now, it was {}", ahead, before.ahead());
            }
            return ahead;
        } catch (DateTimeParseException e) {
            LOG.error("{} says '{}', expected a duration; time stays {} ahead", file, text, before.ahead(), e);
            return before.ahead();
        }
    }

    private String text() throws IOException {
        try {
            return Files.readString(file).strip();
        } catch (NoSuchFileException _) {
            return "";
        }
    }

    private static Duration parsed(String text) {
        return text.isEmpty() ? Duration.ZERO : Duration.parse(text);
    }
}
