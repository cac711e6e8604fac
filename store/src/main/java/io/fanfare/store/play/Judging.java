package io.fanfare.store.play;

import io.fanfare.engine.game.OnUnavailable;
import io.fanfare.engine.play.CommittedPlay.Unavailable;
import io.fanfare.engine.play.DecidedPlay.Award;
import io.fanfare.engine.play.Eligibility;
import io.fanfare.engine.play.PlayCounts;
import io.fanfare.engine.play.PlayLedger.Outcome;
import io.fanfare.engine.play.Unavailability;
import io.fanfare.engine.prize.Prize;
import io.fanfare.store.play.Verdict.Grant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges the plays of a batch, one after another, against what is there: what one takes is gone for the next, what a
 * refused one wanted is not. Pure; one instance judges one batch once.
 */
final class Judging {

    private final Holdings holdings;
    private final boolean codesAreKnown;
    private final Set<SessionKey> consumed = new HashSet<>();
    private final Map<CounterKey, Long> played = new HashMap<>();
    private final Map<CounterKey, Long> awarded = new HashMap<>();
    private final Map<PrizeKey, Long> unitsTaken = new HashMap<>();
    private final Map<PrizeKey, Long> codesTaken = new HashMap<>();

    private Judging(Holdings holdings, boolean codesAreKnown) {
        this.holdings = holdings;
        this.codesAreKnown = codesAreKnown;
    }

    /** The judges' last word. */
    static Judging of(Holdings holdings) {
        return new Judging(holdings, true);
    }

    /** Takes it that there are codes enough: to find out how many are asked for. */
    static Judging beforeCodes(Holdings holdings) {
        return new Judging(holdings, false);
    }

    List<Verdict> judge(List<Candidate> candidates) {
        return candidates.stream().map(this::judge).toList();
    }

    /** Plays by counter. */
    Map<CounterKey, Long> played() {
        return played;
    }

    /** Awards by counter. */
    Map<CounterKey, Long> awarded() {
        return awarded;
    }

    /** Units by prize. */
    Map<PrizeKey, Long> unitsTaken() {
        return unitsTaken;
    }

    /** Codes by prize. */
    Map<PrizeKey, Long> codesTaken() {
        return codesTaken;
    }

    private Verdict judge(Candidate candidate) {
        if (consumed.contains(candidate.session())) {
            return new Verdict.Refused(new Outcome.SessionConsumed());
        }
        if (isOutOfTurns(candidate)) {
            return new Verdict.Refused(new Outcome.OutOfTurns());
        }
        return resolve(candidate);
    }

    private boolean isOutOfTurns(Candidate candidate) {
        var counts = new PlayCounts(plays(candidate.playsEver()), plays(candidate.playsToday()));
        return Eligibility.of(candidate.play().game(), counts, candidate.occurredAt())
                        .remainingPlays()
                == 0;
    }

    private Verdict resolve(Candidate candidate) {
        var basket = new Basket(candidate);
        for (Award award : candidate.play().awards()) {
            Optional<Unavailability> obstacle = basket.put(award);
            if (obstacle.isPresent() && candidate.play().game().onUnavailable() == OnUnavailable.FAIL) {
                basket.putBack();
                return new Verdict.Refused(
                        new Outcome.PrizeUnavailable(award.prize().id(), obstacle.get()));
            }
        }
        consumed.add(candidate.session());
        played.merge(candidate.playsEver(), 1L, Long::sum);
        played.merge(candidate.playsToday(), 1L, Long::sum);
        return new Verdict.Stands(basket.grants, basket.unavailable);
    }

    private long plays(CounterKey key) {
        return holdings.plays().getOrDefault(key, 0L) + played.getOrDefault(key, 0L);
    }

    private long awards(CounterKey key) {
        return holdings.awards().getOrDefault(key, 0L) + awarded.getOrDefault(key, 0L);
    }

    private long unitsLeft(PrizeKey prize) {
        long units = holdings.stock().getOrDefault(prize, 0L);
        return units == Holdings.UNLIMITED ? units : units - unitsTaken.getOrDefault(prize, 0L);
    }

    private boolean isCodeLeft(PrizeKey prize) {
        return !codesAreKnown
                || codesTaken.getOrDefault(prize, 0L)
                        < holdings.codes().getOrDefault(prize, List.of()).size();
    }

    private @Nullable String takeCode(PrizeKey prize) {
        int taken = Math.toIntExact(codesTaken.merge(prize, 1L, Long::sum));
        return codesAreKnown ? holdings.codes().getOrDefault(prize, List.of()).get(taken - 1) : null;
    }

    /** What one play takes, until it is known to stand. */
    private final class Basket {

        private final Candidate candidate;
        private final List<Grant> grants = new ArrayList<>();
        private final List<Unavailable> unavailable = new ArrayList<>();

        private Basket(Candidate candidate) {
            this.candidate = candidate;
        }

        private Optional<Unavailability> put(Award award) {
            Optional<Unavailability> obstacle = obstacle(award);
            obstacle.ifPresentOrElse(
                    why -> unavailable.add(new Unavailable(award.prize().id(), why)), () -> grants.add(take(award)));
            return obstacle;
        }

        private Optional<Unavailability> obstacle(Award award) {
            Prize prize = award.prize();
            PrizeKey key = candidate.prize(award);
            if (!prize.constraints()
                    .allowOneMore(awards(candidate.awardsEver(award)), awards(candidate.awardsToday(award)))) {
                return Optional.of(Unavailability.CAPPED);
            }
            if (prize.type().isCredit()) {
                return Optional.empty();
            }
            if (unitsLeft(key) == 0) {
                return Optional.of(Unavailability.OUT_OF_STOCK);
            }
            return prize.needsCode() && !isCodeLeft(key) ? Optional.of(Unavailability.NO_CODE) : Optional.empty();
        }

        private Grant take(Award award) {
            PrizeKey key = candidate.prize(award);
            count(award, 1);
            if (award.prize().type().isCredit()) {
                return new Grant(award, null);
            }
            unitsTaken.merge(key, 1L, Long::sum);
            return new Grant(award, award.prize().needsCode() ? takeCode(key) : null);
        }

        /** The codes it took were the last ones taken, so counting back is enough. */
        private void putBack() {
            for (Grant grant : grants) {
                Award award = grant.award();
                count(award, -1);
                if (!award.prize().type().isCredit()) {
                    unitsTaken.merge(candidate.prize(award), -1L, Long::sum);
                }
                if (award.prize().needsCode()) {
                    codesTaken.merge(candidate.prize(award), -1L, Long::sum);
                }
            }
        }

        private void count(Award award, long by) {
            awarded.merge(candidate.awardsEver(award), by, Long::sum);
            awarded.merge(candidate.awardsToday(award), by, Long::sum);
        }
    }
}
