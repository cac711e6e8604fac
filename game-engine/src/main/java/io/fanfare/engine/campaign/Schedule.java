package io.fanfare.engine.campaign;

import static java.util.Objects.requireNonNull;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The hours of the week at which a campaign can be played.
 *
 * @param opening none = always
 * @param zone whose clock on the wall they mean
 */
public record Schedule(List<Opening> opening, ZoneId zone) {

    private static final int DAYS_TO_LOOK_AHEAD = 8;

    /**
     * From an hour to another of the same day.
     *
     * @param until the first moment that is outside; {@link LocalTime#MIDNIGHT} = the end of the day
     */
    public record Opening(Set<DayOfWeek> days, LocalTime from, LocalTime until) {

        public Opening {
            days = Set.copyOf(days);
            if (days.isEmpty()) {
                throw new IllegalArgumentException("an opening without a day");
            }
            if (!until.equals(LocalTime.MIDNIGHT) && !from.isBefore(until)) {
                throw new IllegalArgumentException("an opening from %s until %s".formatted(from, until));
            }
        }

        boolean holds(ZonedDateTime moment) {
            LocalTime time = moment.toLocalTime();
            return days.contains(moment.getDayOfWeek())
                    && !time.isBefore(from)
                    && (until.equals(LocalTime.MIDNIGHT) || time.isBefore(until));
        }
    }

    public Schedule {
        opening = List.copyOf(opening);
        requireNonNull(zone, "zone");
    }

    public boolean isOpen(Instant now) {
        return opening.isEmpty() || opening.stream().anyMatch(one -> one.holds(now.atZone(zone)));
    }

    /** The next moment after now at which an opening begins; empty where it is always open. */
    public Optional<Instant> nextOpening(Instant now) {
        return opening.stream()
                .flatMap(one -> one.days().stream().map(day -> next(day, one.from(), now)))
                .min(Comparator.naturalOrder());
    }

    private Instant next(DayOfWeek day, LocalTime from, Instant now) {
        var today = now.atZone(zone).toLocalDate();
        for (int ahead = 0; ahead < DAYS_TO_LOOK_AHEAD; ahead++) {
            var date = today.plusDays(ahead);
            Instant begin = ZonedDateTime.of(date, from, zone).toInstant();
            if (date.getDayOfWeek() == day && begin.isAfter(now)) {
                return begin;
            }
        }
        throw new IllegalStateException("no %s within %d days of %s".formatted(day, DAYS_TO_LOOK_AHEAD, now));
    }
}
