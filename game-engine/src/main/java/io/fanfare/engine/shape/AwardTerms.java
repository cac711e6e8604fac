package io.fanfare.engine.shape;

import io.fanfare.engine.config.FieldViolation;
import io.fanfare.engine.config.Form;
import io.fanfare.engine.config.Kind;
import io.fanfare.engine.prize.PrizeId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * On which terms a game gives its prizes away; every game's {@code handler_config} may say them, beside the fields of its
 * shape.
 *
 * @param fallbackPrize what is given instead of what cannot be had, where the game's policy is {@code fallback_prize}
 * @param budget what the units given away may be worth in total, in the prizes' own value; 0 = no bound
 * @param moments for prizes that are won by time and not by chance, each prize once
 * @param publishOdds whether players may see the chances
 */
public record AwardTerms(
        Optional<PrizeId> fallbackPrize, long budget, List<WinningMoments> moments, boolean publishOdds)
        implements Part {

    public static final AwardTerms NONE = new AwardTerms(Optional.empty(), 0, List.of(), false);

    private static final String MOMENTS = "winning_moments";

    static final Form<AwardTerms> FORM = Form.of("on which terms prizes are given away", lines -> {
        var fallback = lines.optional(
                "fallback_prize_id",
                PrizeKinds.PRIZE,
                "given instead of what cannot be had, where on_unavailable is fallback_prize");
        var budget = lines.optional(
                "budget", Kind.integer(0, Long.MAX_VALUE), 0L, "total value of what is given away; 0 = no bound");
        var moments = lines.optional(
                MOMENTS,
                Kind.list(Kind.object(WinningMoments.FORM), 0, 100),
                List.<WinningMoments>of(),
                "prizes that are won by time: the first play from a moment on wins");
        var publish = lines.optional("publish_odds", Kind.flag(), false, "players may see the chances");
        return filled -> {
            var paced = new HashSet<PrizeId>();
            for (WinningMoments one : filled.get(moments)) {
                if (!paced.add(one.prize())) {
                    throw filled.refused(moments, "hold prize '%s' twice".formatted(one.prize()));
                }
            }
            return new AwardTerms(filled.get(fallback), filled.get(budget), filled.get(moments), filled.get(publish));
        };
    });

    public AwardTerms {
        moments = List.copyOf(moments);
    }

    @Override
    public List<FieldViolation> outdated() {
        return IntStream.range(0, moments.size())
                .filter(place -> !moments.get(place).isSecret())
                .mapToObj(place -> new FieldViolation(
                        "%s[%d].%s".formatted(MOMENTS, place, WinningMoments.SECRET),
                        "is missing, expected a random number: without a secret everybody knows the moments"))
                .toList();
    }

    public boolean isPaced(PrizeId prize) {
        return moments.stream().anyMatch(one -> one.prize().equals(prize));
    }

    /** The prizes that it names. */
    public Set<PrizeId> prizes() {
        return Stream.concat(fallbackPrize.stream(), moments.stream().map(WinningMoments::prize))
                .collect(Collectors.toUnmodifiableSet());
    }
}
