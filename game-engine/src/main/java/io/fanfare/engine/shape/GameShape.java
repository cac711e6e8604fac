package io.fanfare.engine.shape;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.anticheat.Guard;
import io.fanfare.engine.anticheat.SessionSecret;
import io.fanfare.engine.anticheat.Strictness;
import io.fanfare.engine.config.FieldViolation;
import io.fanfare.engine.prize.PrizeId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a game works, configured: what a start deals out, what a play may claim, and what it wins.
 *
 * @param terms on which it gives its prizes away
 * @param guard how strictly claims are looked into
 * @param odds the configuration behind its chances, as canonical text: what the start commits to
 */
public record GameShape(
        SeedGenerator seedGenerator,
        Validator validator,
        RewardHandler rewardHandler,
        AwardTerms terms,
        Guard guard,
        String odds) {

    public GameShape {
        requireNonNull(seedGenerator, "seedGenerator");
        requireNonNull(validator, "validator");
        requireNonNull(rewardHandler, "rewardHandler");
        requireNonNull(terms, "terms");
        requireNonNull(guard, "guard");
        requireNonNull(odds, "odds");
    }

    public GameShape(SeedGenerator seedGenerator, Validator validator, RewardHandler rewardHandler) {
        this(seedGenerator, validator, rewardHandler, AwardTerms.NONE, Guard.BASIC, "{}");
    }

    /** The configuration behind its chances as players may see it; empty unless the game publishes it. */
    public Optional<String> publishedOdds() {
        return terms.publishOdds() ? committedOdds() : Optional.empty();
    }

    /**
     * The configuration that a start may commit to. Empty where it holds what a player must not find out by trying guesses
     * against the commitment, or read: answers, or when the winning moments are.
     */
    public Optional<String> committedOdds() {
        boolean isHarmless = terms.moments().isEmpty() && !rewardHandler.holdsSecrets();
        return isHarmless ? Optional.of(odds) : Optional.empty();
    }

    /** What nobody may save any more; see {@link Part#outdated}. */
    List<FieldViolation> outdated() {
        return Stream.of(
                        named("handler_config", seedGenerator, rewardHandler, terms),
                        named("validator_config", validator))
                .flatMap(violations -> violations)
                .toList();
    }

    private static Stream<FieldViolation> named(String config, Part... parts) {
        return Stream.of(parts)
                .flatMap(part -> part.outdated().stream())
                .map(one -> new FieldViolation(config + "." + one.field(), one.description()));
    }

    /** Every prize that it could award, by chance, by time or instead of another. */
    public Set<PrizeId> prizes() {
        return Stream.concat(rewardHandler.prizes().stream(), terms.prizes().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The fields that a player may send. */
    public Set<String> inputFields() {
        Stream<String> signed = guard.level() == Strictness.STRICT
                ? Stream.of(SessionSecret.REPLAY, SessionSecret.SIGNATURE)
                : Stream.empty();
        return Stream.of(validator.inputFields().stream(), rewardHandler.inputFields().stream(), signed)
                .flatMap(fields -> fields)
                .collect(Collectors.toUnmodifiableSet());
    }
}
