package io.fanfare.engine.play;

import io.fanfare.engine.fairness.Draws;
import io.fanfare.engine.play.CommittedPlay.Instead;
import io.fanfare.engine.play.CommittedPlay.Unavailable;
import io.fanfare.engine.play.DecidedPlay.Award;
import io.fanfare.engine.prize.Prize;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.shape.RewardHandler.Result;
import io.fanfare.engine.shape.WinningMoments;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Settles what a decided play really gets: its winning moments, its awards against what is on the shelf, and the game's policy
 * where something cannot be had. Pure: whoever calls it inside a transaction then takes exactly what the resolution says. The
 * same play and the same shelf are always settled the same way.
 */
public final class Resolving {

    private final DecidedPlay play;
    private final Shelf shelf;
    private final Draws draws;
    private final List<Award> granted = new ArrayList<>();
    private final List<Unavailable> steps = new ArrayList<>();

    private Resolving(DecidedPlay play, Shelf shelf, Draws draws) {
        this.play = play;
        this.shelf = shelf;
        this.draws = draws;
    }

    /** What comes of a play's awards. */
    public sealed interface Resolution {

        /**
         * @param play as it is now: after a redraw, with what was drawn then
         * @param granted what it takes
         * @param steps what could not be had, in the order in which that was found
         * @param claimed the prize whose winning moment it claims; null where none
         */
        record Stands(
                DecidedPlay play,
                List<Award> granted,
                List<Unavailable> steps,
                @Nullable PrizeId claimed) implements Resolution {
            public Stands {
                granted = List.copyOf(granted);
                steps = List.copyOf(steps);
            }

            /** What it takes from budgets. */
            public long cost() {
                return granted.stream().mapToLong(Award::cost).reduce(0, Math::addExact);
            }
        }

        /** The game fails its plays where a prize cannot be had; nothing is taken, and the client seed is fixed. */
        record Fails(PrizeId prize, Unavailability why) implements Resolution {}
    }

    public static Resolution resolve(DecidedPlay play, Shelf shelf) {
        return resolve(play, shelf, play.furtherDraws());
    }

    /** @param draws for redraws, in place of the session's own */
    public static Resolution resolve(DecidedPlay play, Shelf shelf, Draws draws) {
        return new Resolving(play, shelf, draws).resolve();
    }

    private Resolution resolve() {
        for (WinningMoments moments : play.game().shape().terms().moments()) {
            Prize prize = play.prize(moments.prize());
            boolean isDue = moments.due(play.occurredAt()) > shelf.momentsClaimed(prize.id());
            // A player who may not have it leaves the moment to the next one.
            if (isDue && obstacle(new Award(prize, 1), true).isEmpty()) {
                Result shown = play.game().shape().rewardHandler().showing(play.result(), prize.id());
                DecidedPlay won = play.with(shown);
                return new Resolution.Stands(won, List.of(new Award(prize, 1)), List.of(), prize.id());
            }
        }
        return resolve(play, new HashSet<>());
    }

    /** Each round either comes to an end or puts one more prize aside, so there are no more rounds than prizes. */
    private Resolution resolve(DecidedPlay drawn, Set<PrizeId> gone) {
        granted.clear();
        DecidedPlay shown = drawn;
        for (Award award : drawn.awards()) {
            Optional<Unavailability> obstacle = obstacle(award, false);
            if (obstacle.isEmpty()) {
                granted.add(award);
                continue;
            }
            PrizeId prize = award.prize().id();
            switch (play.game().onUnavailable()) {
                case FAIL -> {
                    return new Resolution.Fails(prize, obstacle.get());
                }
                case NO_WIN -> lost(prize, obstacle.get());
                case FALLBACK_PRIZE -> shown = fallBack(shown, award, obstacle.get());
                case REDRAW -> {
                    gone.add(prize);
                    Optional<DecidedPlay> redrawn = drawn.redrawn(gone, draws);
                    if (redrawn.isPresent()) {
                        steps.add(new Unavailable(prize, obstacle.get(), Instead.REDRAWN));
                        return resolve(redrawn.get(), gone);
                    }
                    lost(prize, obstacle.get());
                }
            }
        }
        return new Resolution.Stands(shown, granted, steps, null);
    }

    private void lost(PrizeId prize, Unavailability why) {
        steps.add(new Unavailable(prize, why, Instead.NOTHING));
    }

    private DecidedPlay fallBack(DecidedPlay shown, Award award, Unavailability why) {
        PrizeId wanted = award.prize().id();
        Optional<Prize> fallback = play.game().shape().terms().fallbackPrize().map(play::prize);
        if (fallback.isEmpty() || fallback.get().id().equals(wanted)) {
            lost(wanted, why);
            return shown;
        }
        var instead = new Award(fallback.get(), 1);
        Optional<Unavailability> obstacle = obstacle(instead, false);
        if (obstacle.isPresent()) {
            lost(wanted, why);
            lost(instead.prize().id(), obstacle.get());
            return shown;
        }
        granted.add(instead);
        steps.add(new Unavailable(wanted, why, Instead.FALLBACK));
        return shown.awards().size() == 1
                ? shown.with(play.game()
                        .shape()
                        .rewardHandler()
                        .showing(shown.result(), instead.prize().id()))
                : shown;
    }

    /** Why one more award cannot be had, with what this play has been granted so far. */
    private Optional<Unavailability> obstacle(Award award, boolean isAtItsMoment) {
        Prize prize = award.prize();
        long ofThisPlay = granted.stream()
                .filter(one -> one.prize().id().equals(prize.id()))
                .count();
        if (!prize.constraints()
                .allowOneMore(shelf.wonEver(prize.id()) + ofThisPlay, shelf.wonToday(prize.id()) + ofThisPlay)) {
            return Optional.of(Unavailability.CAPPED);
        }
        if (!isAtItsMoment && play.game().shape().terms().isPaced(prize.id())) {
            return Optional.of(Unavailability.NOT_DUE);
        }
        if (isOverBudget(award)) {
            return Optional.of(Unavailability.OVER_BUDGET);
        }
        if (prize.type().isCredit()) {
            return Optional.empty();
        }
        if (shelf.unitsLeft(prize.id()) <= ofThisPlay) {
            return Optional.of(Unavailability.OUT_OF_STOCK);
        }
        return prize.needsCode() && shelf.codesLeft(prize.id()) <= ofThisPlay
                ? Optional.of(Unavailability.NO_CODE)
                : Optional.empty();
    }

    private boolean isOverBudget(Award award) {
        long ofGame = play.game().shape().terms().budget();
        long ofCampaign = play.game().campaignTerms().budget();
        if (award.cost() == 0 || (ofGame == 0 && ofCampaign == 0)) {
            return false;
        }
        long ofThisPlay = granted.stream().mapToLong(Award::cost).reduce(award.cost(), Math::addExact);
        return (ofGame > 0 && shelf.spentByGame() > ofGame - ofThisPlay)
                || (ofCampaign > 0 && shelf.spentByCampaign() > ofCampaign - ofThisPlay);
    }
}
