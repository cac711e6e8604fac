package io.fanfare.store.play;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.game.Game;
import io.fanfare.engine.play.Allowance;
import io.fanfare.engine.play.DecidedPlay.Award;
import io.fanfare.engine.play.Eligibility;
import io.fanfare.engine.play.PlayCounts;
import io.fanfare.engine.play.PlayLedger.Outcome;
import io.fanfare.engine.play.Resolving;
import io.fanfare.engine.play.Resolving.Resolution;
import io.fanfare.engine.play.Shelf;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.reward.Redemption;
import io.fanfare.store.play.Verdict.Grant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges the plays of a batch, one after another, against what is there: what one takes is gone for the next, what a
 * refused one wanted is not. Pure; one instance judges one batch once.
 *
 * <p>Where nobody has asked for a prize's codes, it takes it that there are enough: {@link #codesTaken()} then says how many are
 * asked for, and the verdicts hold once the {@link CodePool pools} hold as many.
 */
final class Judging {

    private final Holdings holdings;
    private final Set<SessionKey> consumed = new HashSet<>();
    private final Map<SessionKey, String> seedsFixed = new HashMap<>();
    private final Map<CounterKey, Long> played = new HashMap<>();
    private final Map<CounterKey, Long> awarded = new HashMap<>();
    private final Map<TurnKey, Long> turnsTaken = new HashMap<>();
    private final Map<BudgetKey, Long> spent = new HashMap<>();
    private final Map<MomentKey, Long> momentsClaimed = new HashMap<>();
    private final Map<PrizeKey, Long> unitsTaken = new HashMap<>();
    private final Map<PrizeKey, Long> codesTaken = new HashMap<>();

    Judging(Holdings holdings) {
        this.holdings = holdings;
    }

    List<Verdict> judge(List<Candidate> candidates) {
        return candidates.stream().map(this::judge).toList();
    }

    /** The client seeds of sessions whose play failed: with no other can they be played. */
    Map<SessionKey, String> seedsFixed() {
        return seedsFixed;
    }

    /** Plays by counter. */
    Map<CounterKey, Long> played() {
        return played;
    }

    /** Awards by counter. */
    Map<CounterKey, Long> awarded() {
        return awarded;
    }

    Map<TurnKey, Long> turnsTaken() {
        return turnsTaken;
    }

    /** What was given away, by budget. */
    Map<BudgetKey, Long> spent() {
        return spent;
    }

    Map<MomentKey, Long> momentsClaimed() {
        return momentsClaimed;
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
        String seed = seedOf(candidate.session());
        if (seed != null && !seed.equals(candidate.play().clientSeed())) {
            return new Verdict.Refused(new Outcome.ClientSeedFixed());
        }
        if (isOutOfTurns(candidate)) {
            return new Verdict.Refused(new Outcome.OutOfTurns());
        }
        return switch (Resolving.resolve(candidate.play(), new ShelfOfPlay(candidate))) {
            case Resolution.Fails(PrizeId prize, var why) -> {
                seedsFixed.putIfAbsent(candidate.session(), candidate.play().clientSeed());
                yield new Verdict.Refused(new Outcome.PrizeUnavailable(prize, why));
            }
            case Resolution.Stands stands -> take(candidate, stands);
        };
    }

    private @Nullable String seedOf(SessionKey session) {
        String seed = holdings.clientSeeds().get(session);
        return seed == null ? seedsFixed.get(session) : seed;
    }

    private boolean isOutOfTurns(Candidate candidate) {
        PlayCounts ofGame = counts(holdings.plays(), played, candidate.playsOfGame(), candidate);
        PlayCounts ofCampaign = candidate
                .campaign()
                .map(campaign -> counts(holdings.plays(), played, candidate.playsOfCampaign(campaign), candidate))
                .orElse(PlayCounts.NONE);
        long turns = candidate.turns().map(this::turnsLeft).orElse(0L);
        var allowance = new Allowance(ofGame, ofCampaign, turns);
        return Eligibility.of(candidate.play().game(), allowance, candidate.occurredAt())
                        .remainingPlays()
                == 0;
    }

    private Verdict take(Candidate candidate, Resolution.Stands stands) {
        consumed.add(candidate.session());
        candidate.playCounters().forEach(counter -> played.merge(counter, 1L, Long::sum));
        candidate.turns().ifPresent(turns -> turnsTaken.merge(turns, 1L, Long::sum));
        candidate.budgets().forEach(budget -> spent.merge(budget, stands.cost(), Math::addExact));
        PrizeId claimed = stands.claimed();
        if (claimed != null) {
            momentsClaimed.merge(candidate.moments(claimed), 1L, Long::sum);
        }
        List<Grant> grants =
                stands.granted().stream().map(award -> grant(candidate, award)).toList();
        return new Verdict.Stands(stands.play(), grants, stands.steps());
    }

    private Grant grant(Candidate candidate, Award award) {
        PrizeId prize = award.prize().id();
        awarded.merge(candidate.awards(prize), 1L, Long::sum);
        PrizeKey key = candidate.prize(prize);
        StockOfPrize there = holdings.stock().get(key);
        Redemption redemption = there == null ? Redemption.ON_CLAIM : there.redemption();
        if (!award.prize().type().isCredit() && holdings.isLimited(key)) {
            unitsTaken.merge(key, 1L, Long::sum);
        }
        String code = award.prize().needsCode() ? takeCode(key) : null;
        return new Grant(award, code, redemption.atWin(award.prize().type(), candidate.occurredAt()));
    }

    /** Null where it is only known that one is wanted. */
    private @Nullable String takeCode(PrizeKey prize) {
        int taken = Math.toIntExact(codesTaken.merge(prize, 1L, Long::sum));
        List<String> codes = holdings.codesOf(prize).codes();
        return taken <= codes.size() ? codes.get(taken - 1) : null;
    }

    private long turnsLeft(TurnKey key) {
        return holdings.turns().getOrDefault(key, 0L) - turnsTaken.getOrDefault(key, 0L);
    }

    /** Ever, and on the day of the play, which is that of all plays of its batch. */
    private static PlayCounts counts(
            Map<CounterKey, Count> before, Map<CounterKey, Long> inBatch, CounterKey key, Candidate candidate) {
        PlayCounts counted = before.getOrDefault(key, Count.NOTHING).asOf(candidate.epochDay());
        long more = inBatch.getOrDefault(key, 0L);
        return new PlayCounts(Math.addExact(counted.ever(), more), Math.addExact(counted.today(), more));
    }

    private static <K> long sum(Map<K, Long> before, Map<K, Long> inBatch, K key) {
        return Math.addExact(before.getOrDefault(key, 0L), inBatch.getOrDefault(key, 0L));
    }

    /** What the plays before it have left for one play. */
    private final class ShelfOfPlay implements Shelf {

        private final Candidate candidate;

        private ShelfOfPlay(Candidate candidate) {
            this.candidate = candidate;
        }

        @Override
        public long wonEver(PrizeId prize) {
            return won(prize).ever();
        }

        @Override
        public long wonToday(PrizeId prize) {
            return won(prize).today();
        }

        private PlayCounts won(PrizeId prize) {
            return counts(holdings.awards(), awarded, candidate.awards(prize), candidate);
        }

        @Override
        public long unitsLeft(PrizeId prize) {
            PrizeKey key = candidate.prize(prize);
            long units = holdings.unitsLeft(key);
            return units == UNLIMITED ? units : units - unitsTaken.getOrDefault(key, 0L);
        }

        @Override
        public long codesLeft(PrizeId prize) {
            PrizeKey key = candidate.prize(prize);
            CodePool pool = holdings.codesOf(key);
            return pool.isAll() ? pool.codes().size() - codesTaken.getOrDefault(key, 0L) : UNLIMITED;
        }

        @Override
        public long momentsClaimed(PrizeId prize) {
            return sum(holdings.moments(), momentsClaimed, candidate.moments(prize));
        }

        @Override
        public long spentByGame() {
            return sum(holdings.budgets(), spent, candidate.budgetOfGame());
        }

        @Override
        public long spentByCampaign() {
            Game game = candidate.play().game();
            return game.campaign() == null
                    ? 0
                    : sum(holdings.budgets(), spent, BudgetKey.of(game.tenant(), requireNonNull(game.campaign())));
        }
    }
}
