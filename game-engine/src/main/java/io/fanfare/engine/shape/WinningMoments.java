package io.fanfare.engine.shape;

import io.fanfare.engine.config.Form;
import io.fanfare.engine.config.Kind;
import io.fanfare.engine.fairness.SeededDraws;
import io.fanfare.engine.prize.PrizeId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The moments at which a prize falls due, one unit each: the first play from then on wins it, whatever it would have drawn. A
 * moment that nobody claims stays due for the next player. The prize cannot be had in any other way.
 *
 * @param at in order
 * @param isSecret nobody can compute them from what everybody knows
 */
public record WinningMoments(PrizeId prize, List<Instant> at, boolean isSecret) {

    /** What picks them where they are counted. */
    static final String SECRET = "spread_seed";

    private static final int MAX_MOMENTS = 10_000;

    static final Form<WinningMoments> FORM = Form.of("moments at which a prize is won", lines -> {
        var prize = lines.required("prize_id", PrizeKinds.PRIZE, "what is won");
        var at = lines.optional(
                "at", Kind.list(Kind.instant(), 1, 1_000), "the moments, in unix seconds; or count, from and until");
        var count = lines.optional(
                "count", Kind.integer(1, MAX_MOMENTS), "one moment in each of as many equal parts of the time");
        var from = lines.optional("from", Kind.instant(), "unix seconds");
        var until = lines.optional("until", Kind.instant(), "unix seconds");
        var seed = lines.optional(
                SECRET,
                Kind.integer(Long.MIN_VALUE, Long.MAX_VALUE),
                "picks the moments where they are counted: a random number; who knows it knows all of them");
        return filled -> {
            Optional<List<Instant>> listed = filled.get(at);
            Optional<Instant> first = filled.get(from);
            Optional<Instant> last = filled.get(until);
            if (listed.isPresent()) {
                return new WinningMoments(filled.get(prize), listed.get());
            }
            if (filled.get(count).isEmpty() || first.isEmpty() || last.isEmpty()) {
                throw filled.refused(at, "is missing, expected moments, or count, from and until");
            }
            if (!first.get().isBefore(last.get())) {
                throw filled.refused(until, "is not after from");
            }
            return spread(filled.get(prize), filled.get(count).get(), first.get(), last.get(), filled.get(seed));
        };
    });

    /** As somebody listed them. */
    public WinningMoments(PrizeId prize, List<Instant> at) {
        this(prize, at, true);
    }

    public WinningMoments {
        at = at.stream().sorted().toList();
    }

    /** Somewhere in each of {@code count} equal parts of the time; without a secret, where everybody can find out. */
    private static WinningMoments spread(
            PrizeId prize, long count, Instant from, Instant until, Optional<Long> secret) {
        var draws = new SeededDraws(secret.orElse(0L));
        double part = (double) Duration.between(from, until).toMillis() / count;
        var at = new ArrayList<Instant>();
        for (int i = 0; i < count; i++) {
            at.add(from.plusMillis((long) ((i + draws.next()) * part)));
        }
        return new WinningMoments(prize, at, secret.isPresent());
    }

    /** How many have fallen due by now, claimed or not. */
    public long due(Instant now) {
        int low = 0;
        int high = at.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (at.get(middle).isAfter(now)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
