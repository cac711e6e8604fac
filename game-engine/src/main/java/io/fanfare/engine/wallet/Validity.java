package io.fanfare.engine.wallet;

import static java.util.Objects.requireNonNull;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;

/**
 * How long issued amounts last: so many days or months, and then to the end of a day, an ISO week or a month, so that what was
 * earned within one of them expires together. All in UTC.
 *
 * @param lasts at least a day
 */
public record Validity(Period lasts, Rounding rounding) {

    public static final int MAX_DAYS = 36_500;

    /** To which end the time of expiry is moved; never to an earlier time. */
    public enum Rounding {
        NONE,
        DAY,
        WEEK,
        MONTH
    }

    public Validity {
        requireNonNull(rounding, "rounding");
        long days = LocalDate.EPOCH.plus(lasts).toEpochDay();
        if (days < 1 || days > MAX_DAYS) {
            throw new IllegalArgumentException("validity is %s, expected 1 to %d days".formatted(lasts, MAX_DAYS));
        }
    }

    /** When what is issued at a time expires. */
    public Instant expiry(Instant issuedAt) {
        ZonedDateTime earliest = issuedAt.atZone(ZoneOffset.UTC).plus(lasts);
        return switch (rounding) {
            case NONE -> earliest.toInstant();
            case DAY -> endOf(earliest, earliest.toLocalDate().plusDays(1));
            case WEEK -> endOf(earliest, earliest.toLocalDate().with(TemporalAdjusters.next(DayOfWeek.MONDAY)));
            case MONTH -> endOf(earliest, earliest.toLocalDate().with(TemporalAdjusters.firstDayOfNextMonth()));
        };
    }

    /** What ends exactly when the day does needs no rounding. */
    private Instant endOf(ZonedDateTime earliest, LocalDate next) {
        ZonedDateTime begun = start(earliest);
        return earliest.equals(begun)
                ? earliest.toInstant()
                : next.atTime(LocalTime.MIDNIGHT).toInstant(ZoneOffset.UTC);
    }

    private ZonedDateTime start(ZonedDateTime time) {
        LocalDate day = time.toLocalDate();
        LocalDate first = switch (rounding) {
            case NONE, DAY -> day;
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> day.withDayOfMonth(1);
        };
        return first.atStartOfDay(ZoneOffset.UTC);
    }
}
