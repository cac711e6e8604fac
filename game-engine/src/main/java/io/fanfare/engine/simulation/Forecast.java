package io.fanfare.engine.simulation;

import io.fanfare.engine.play.Unavailability;
import io.fanfare.engine.prize.PrizeId;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What became of a simulated crowd.
 *
 * @param wins plays that won something
 * @param cost value of everything that was given away
 * @param prizes by id
 * @param unavailable how often a prize could not be had, by reason
 * @param winCurve how wins and cost grew, in at most 101 steps from nothing to all plays
 */
public record Forecast(
        long plays,
        long wins,
        long cost,
        SortedMap<PrizeId, PrizeForecast> prizes,
        Map<Unavailability, Long> unavailable,
        List<Point> winCurve) {

    /**
     * One prize.
     *
     * @param awarded units given away; of a credit: awards
     * @param odds awards per play
     * @param cost value of them
     * @param exhaustedAtPlay the play that found no unit left, counted from 1; null where there was always one
     */
    public record PrizeForecast(
            long awarded, double odds, long cost, @Nullable Long exhaustedAtPlay) {}

    /** After so many plays. */
    public record Point(long plays, long wins, long cost) {}

    public Forecast {
        unavailable = Map.copyOf(unavailable);
        winCurve = List.copyOf(winCurve);
    }

    /** @throws IllegalArgumentException where the game has no such prize */
    public PrizeForecast prize(PrizeId id) {
        PrizeForecast prize = prizes.get(id);
        if (prize == null) {
            throw new IllegalArgumentException("prize is %s, expected one of %s".formatted(id, prizes.keySet()));
        }
        return prize;
    }

    public double winRate() {
        return plays == 0 ? 0 : (double) wins / plays;
    }
}
