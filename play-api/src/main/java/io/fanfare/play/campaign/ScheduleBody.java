package io.fanfare.play.campaign;

import static java.util.Objects.requireNonNullElse;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.fanfare.edge.error.Violations;
import io.fanfare.engine.campaign.Schedule;
import io.fanfare.engine.campaign.Schedule.Opening;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The hours of the week at which a campaign's games can be played, on the way in and out. Without an opening: always.
 *
 * @param zone whose clock on the wall they mean, such as Europe/Berlin; UTC where left out
 */
record ScheduleBody(@Nullable String zone, @Nullable List<@Nullable OpeningBody> opening) {

    static final ScheduleBody ALWAYS = new ScheduleBody(null, null);

    private static final int MAX_OPENINGS = 100;

    /**
     * @param days monday to sunday
     * @param from HH:MM
     * @param until HH:MM, the first minute that is outside; 00:00 is the end of the day
     */
    record OpeningBody(
            @Nullable List<@Nullable String> days,
            @Nullable String from,
            @Nullable String until) {

        static OpeningBody of(Opening opening) {
            return new OpeningBody(
                    opening.days().stream()
                            .sorted()
                            .<@Nullable String>map(OpeningBody::word)
                            .toList(),
                    opening.from().toString(),
                    opening.until().toString());
        }

        @Nullable
        Opening read(String place, Violations violations) {
            Set<DayOfWeek> readDays = CampaignBody.items(
                            place + ".days",
                            days,
                            violations,
                            (day, word) -> violations.word(day, word, DayOfWeek.MONDAY, OpeningBody::word))
                    .stream()
                    .collect(toUnmodifiableSet());
            LocalTime readFrom = time(place + ".from", from, violations);
            LocalTime readUntil = time(place + ".until", until, violations);
            if (readDays.isEmpty()) {
                violations.add(place + ".days", "is empty");
                return null;
            }
            if (!readUntil.equals(LocalTime.MIDNIGHT) && !readFrom.isBefore(readUntil)) {
                violations.add(place + ".until", "is not after from");
                return null;
            }
            return new Opening(readDays, readFrom, readUntil);
        }

        private static LocalTime time(String field, @Nullable String text, Violations violations) {
            try {
                return LocalTime.parse(requireNonNullElse(text, ""));
            } catch (DateTimeException notOne) {
                violations.add(field, "is '%s', expected HH:MM".formatted(text));
                return LocalTime.MIDNIGHT;
            }
        }

        private static String word(DayOfWeek day) {
            return day.name().toLowerCase(Locale.ROOT);
        }
    }

    static ScheduleBody of(Schedule schedule) {
        return new ScheduleBody(
                schedule.zone().getId(),
                schedule.opening().stream()
                        .<@Nullable OpeningBody>map(OpeningBody::of)
                        .toList());
    }

    Schedule read(Violations violations) {
        List<@Nullable OpeningBody> sent = opening == null ? List.of() : opening;
        if (sent.size() > MAX_OPENINGS) {
            violations.add(
                    "schedule.opening", "has %d items, expected at most %d".formatted(sent.size(), MAX_OPENINGS));
            return new Schedule(List.of(), ZoneOffset.UTC);
        }
        var openings = new ArrayList<Opening>();
        for (int i = 0; i < sent.size(); i++) {
            @Nullable OpeningBody one = sent.get(i);
            @Nullable Opening read = one == null ? null : one.read("schedule.opening[%d]".formatted(i), violations);
            if (one == null) {
                violations.add("schedule.opening[%d]".formatted(i), "is missing");
            }
            if (read != null) {
                openings.add(read);
            }
        }
        return new Schedule(openings, readZone(violations));
    }

    private ZoneId readZone(Violations violations) {
        try {
            return ZoneId.of(requireNonNullElse(zone, "UTC"));
        } catch (DateTimeException unknown) {
            violations.add("schedule.zone", "is '%s', expected a zone such as Europe/Berlin".formatted(zone));
            return ZoneOffset.UTC;
        }
    }
}
