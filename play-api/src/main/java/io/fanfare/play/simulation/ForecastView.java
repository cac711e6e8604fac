package io.fanfare.play.simulation;

import io.fanfare.engine.prize.Prize;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.simulation.Forecast;
import io.fanfare.engine.simulation.Forecast.PrizeForecast;
import io.fanfare.engine.simulation.Simulating.Question;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What became of a simulated crowd.
 *
 * @param wins plays that won something
 * @param winRate wins per play
 * @param cost value of everything that was given away
 * @param costPerPlay what a play is to be expected to cost
 * @param unavailable how often a prize could not be had, by reason
 * @param winCurve how wins and cost grew, in at most 101 steps from nothing to all plays
 */
record ForecastView(
        long plays,
        long wins,
        double winRate,
        long cost,
        double costPerPlay,
        List<PrizeView> prizes,
        SortedMap<String, Long> unavailable,
        List<PointView> winCurve) {

    /**
     * @param name null for an item, which is no prize of an operator
     * @param configuredOdds chance per play as configured; null where it depends on what players do
     * @param odds awards per play, as observed
     * @param awarded units given away; of a credit: awards
     * @param stock units that were there at the beginning; null: no limit
     * @param codes free codes that were there at the beginning; null: it needs none
     * @param exhaustedAtPlay the play that found no unit or code left, counted from 1; null: there was always one
     */
    record PrizeView(
            PrizeId prizeId,
            @Nullable String name,
            @Nullable Double configuredOdds,
            double odds,
            long awarded,
            long cost,
            @Nullable Long stock,
            @Nullable Long codes,
            @Nullable Long exhaustedAtPlay) {}

    /** After so many plays. */
    record PointView(long plays, long wins, long cost) {}

    static ForecastView of(Question question, Forecast forecast) {
        Map<PrizeId, Double> configured =
                question.game().shape().rewardHandler().configuredOdds();
        var unavailable = new TreeMap<String, Long>();
        forecast.unavailable().forEach((why, times) -> unavailable.put(why.wireName(), times));
        return new ForecastView(
                forecast.plays(),
                forecast.wins(),
                forecast.winRate(),
                forecast.cost(),
                (double) forecast.cost() / forecast.plays(),
                forecast.prizes().entrySet().stream()
                        .map(entry -> prize(question, configured.get(entry.getKey()), entry.getKey(), entry.getValue()))
                        .toList(),
                unavailable,
                forecast.winCurve().stream()
                        .map(point -> new PointView(point.plays(), point.wins(), point.cost()))
                        .toList());
    }

    private static PrizeView prize(
            Question question, @Nullable Double configuredOdds, PrizeId id, PrizeForecast forecast) {
        Prize prize = question.prizes().get(id);
        return new PrizeView(
                id,
                prize == null ? null : prize.name(),
                configuredOdds,
                forecast.odds(),
                forecast.awarded(),
                forecast.cost(),
                question.stock().get(id),
                question.codes().get(id),
                forecast.exhaustedAtPlay());
    }
}
