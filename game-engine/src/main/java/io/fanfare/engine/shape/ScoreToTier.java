package io.fanfare.engine.shape;

import io.fanfare.engine.config.Document;
import io.fanfare.engine.config.Form;
import io.fanfare.engine.config.Kind;
import io.fanfare.engine.fairness.Draws;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.shape.Tiers.Tier;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code score_to_tier}: the score that the player reached picks a tier, and one draw a prize of its group. Games of skill. */
record ScoreToTier(Tiers tiers) implements RewardHandler {

    /** A tier that ends above this has no end, for a simulation. */
    private static final long OPEN_END = 1_000_000;

    static final Form<ScoreToTier> FORM = Form.of("the score picks a tier, one draw a prize of its group", lines -> {
        var tiers = Tiers.TierLines.in(lines);
        return filled -> new ScoreToTier(tiers.read(filled));
    });

    /** What the player sends: what it scored. */
    static final Form<Long> INPUT = Form.of("what the player scored", lines -> {
        var score = lines.required("score", Kind.integer(-Tiers.MAX_SCORE, Tiers.MAX_SCORE), "the score");
        return filled -> filled.get(score);
    });

    @Override
    public Set<String> inputFields() {
        return INPUT.names();
    }

    @Override
    public Set<PrizeId> prizes() {
        return tiers.prizes();
    }

    @Override
    public Result decide(Attempt attempt, Draws draws) {
        return draw(attempt, draws, Set.of());
    }

    @Override
    public Optional<Result> redraw(Attempt attempt, Draws draws, Set<PrizeId> gone) {
        return Optional.of(draw(attempt, draws, gone));
    }

    /** Any score up to the highest tier's last is as likely as another; a tier without end counts as one up to 1,000. */
    @Override
    public Document sampleInput(Document seed, Draws draws) {
        long highest = tiers.tiers().stream()
                .mapToLong(tier -> tier.max() >= OPEN_END ? tier.min() + 1_000 : tier.max())
                .max()
                .orElse(0);
        long score = draws.below(Math.max(0, highest) + 1);
        return new Document(Map.of("score", score, "duration_ms", 30_000L));
    }

    private Result draw(Attempt attempt, Draws draws, Set<PrizeId> gone) {
        long score = INPUT.readPart("payload", attempt.input());
        Optional<Tier> tier = tiers.reachedBy(score);
        var metadata = new LinkedHashMap<String, @Nullable Object>();
        metadata.put("score", score);
        metadata.put("tier", tier.map(Tier::prizeGroup).orElse(null));
        return new Result(tiers.draw(tier, draws, gone), new Document(metadata), score);
    }
}
