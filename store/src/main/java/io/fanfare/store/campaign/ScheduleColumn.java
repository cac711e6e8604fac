package io.fanfare.store.campaign;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fanfare.engine.campaign.Schedule;
import io.fanfare.engine.campaign.Schedule.Opening;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;

/** A schedule as the text that a column keeps. */
final class ScheduleColumn {

    private static final JsonMapper JSON = new JsonMapper();

    private ScheduleColumn() {}

    private record Kept(String zone, List<KeptOpening> opening) {}

    /** @param until midnight is the end of the day */
    private record KeptOpening(List<DayOfWeek> days, String from, String until) {}

    static String write(Schedule schedule) {
        var kept = new Kept(
                schedule.zone().getId(),
                schedule.opening().stream()
                        .map(one -> new KeptOpening(
                                one.days().stream().sorted().toList(),
                                one.from().toString(),
                                one.until().toString()))
                        .toList());
        try {
            return JSON.writeValueAsString(kept);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts can always be written", e);
        }
    }

    static Schedule read(String column) {
        try {
            Kept kept = JSON.readValue(column, Kept.class);
            return new Schedule(
                    kept.opening().stream()
                            .map(one -> new Opening(
                                    one.days().stream().collect(Collectors.toUnmodifiableSet()),
                                    LocalTime.parse(one.from()),
                                    LocalTime.parse(one.until())))
                            .toList(),
                    ZoneId.of(kept.zone()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a campaign keeps '%s' as its schedule".formatted(column), e);
        }
    }
}
