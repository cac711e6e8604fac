package io.fanfare.engine.history;

import io.fanfare.engine.game.OnUnavailable;
import io.fanfare.engine.history.NaiveModel.Answer.Failed;
import io.fanfare.engine.history.NaiveModel.Answer.OutOfTurns;
import io.fanfare.engine.history.NaiveModel.Answer.Played;
import io.fanfare.engine.history.NaiveModel.Answer.SessionGone;
import io.fanfare.engine.play.CommittedPlay;
import io.fanfare.engine.play.CommittedPlay.GrantedReward;
import io.fanfare.engine.play.CommittedPlay.Instead;
import io.fanfare.engine.play.CommittedPlay.Unavailable;
import io.fanfare.engine.play.PlayId;
import io.fanfare.engine.play.Unavailability;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.prize.RewardId;
import io.fanfare.engine.reward.RewardStep;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What must hold of a history, recounted from its events alone: of the engine it knows events, ids and what configuration is
 * called, and nothing that decides. It says what is wrong, or nothing: what was given and should not have been, and what was withheld and
 * was there.
 *
 * <p>Plays that were committed together may have been judged in any order: there must be one in which all of their answers are right.
 */
final class NaiveModel {

    private final Terms terms;
    private final List<String> wrong = new ArrayList<>();
    private State state = new State();

    /**
     * What the game says.
     *
     * @param maxPlays of a player, ever
     * @param maxPlaysPerDay of a player
     * @param useTurns each play takes a turn
     * @param budget what may be given away, in value; 0 = no bound
     * @param fallback in place of what cannot be had
     * @param paced the prize that is won at its moments only; null where none is
     */
    record Terms(
            int maxPlays,
            int maxPlaysPerDay,
            boolean useTurns,
            long budget,
            OnUnavailable policy,
            PrizeId fallback,
            @Nullable PrizeId paced,
            List<Instant> moments,
            Map<PrizeId, Won> prizes) {

        Terms {
            moments = List.copyOf(moments);
            prizes = Map.copyOf(prizes);
        }
    }

    /**
     * What one gets who wins a prize.
     *
     * @param perPlayer how many one player may win; 0 = no limit
     * @param isAtOnce it is the player's with the winning
     * @param validFor how long it can be claimed; null = for ever
     */
    record Won(
            long value,
            int perPlayer,
            int perDay,
            boolean needsCode,
            boolean isAtOnce,
            @Nullable Duration validFor) {}

    /** What was asked, what chance drew for it, and what the answer was. */
    record Told(
            String player,
            String key,
            String session,
            Instant at,
            @Nullable PrizeId drawn,
            Answer answer) {}

    /** What a player was told. */
    sealed interface Answer {

        /** For the first time or again. */
        record Played(CommittedPlay play) implements Answer {}

        record Failed(PrizeId prize, Unavailability why) implements Answer {}

        record OutOfTurns() implements Answer {}

        record SessionGone() implements Answer {}
    }

    private enum Stage {
        WON,
        CLAIMED,
        FULFILLED,
        EXPIRED,
        REVOKED
    }

    /** @param until null = for ever */
    private record Life(
            PrizeId prize, Stage stage, @Nullable Instant until) {

        Life in(Stage next) {
            return new Life(prize, next, until);
        }

        boolean isOverdue(Instant now) {
            return until != null && !now.isBefore(until);
        }
    }

    NaiveModel(Terms terms) {
        this.terms = terms;
    }

    void stocked(PrizeId prize, long delta) {
        state.units.merge(prize, delta, Long::sum);
    }

    void coded(PrizeId prize, int codes) {
        state.codes.merge(prize, (long) codes, Long::sum);
    }

    void turns(String player, long delta) {
        state.turns.merge(player, delta, Long::sum);
    }

    /** What was committed together was answered like this. */
    void told(List<Told> batch) {
        State explained = explained(state, batch);
        if (explained != null) {
            state = explained;
            return;
        }
        List<String> inTheirOrder =
                batch.stream().flatMap(one -> state.take(one).stream()).toList();
        wrong.addAll(inTheirOrder);
        check(!inTheirOrder.isEmpty(), "%s can be explained in no order".formatted(batch));
    }

    /** Null where no order explains it. */
    private @Nullable State explained(State before, List<Told> batch) {
        if (batch.isEmpty()) {
            return before;
        }
        for (Told first : batch) {
            State after = before.copy();
            if (after.take(first).isEmpty()) {
                var rest = new ArrayList<>(batch);
                rest.remove(first);
                State explained = explained(after, rest);
                if (explained != null) {
                    return explained;
                }
            }
        }
        return null;
    }

    /**
     * Something was done with a reward, or refused.
     *
     * @param hasMoved it was done
     * @param hasReturned its unit is in stock again
     */
    void stepped(RewardId reward, RewardStep step, Instant now, boolean hasMoved, boolean hasReturned) {
        Life life = state.rewards.get(reward);
        if (life == null) {
            wrong.add("reward %s was won by nobody".formatted(reward));
            return;
        }
        Stage next = next(life, step, now);
        boolean returns = next != null && returns(life, step);
        check(
                hasMoved == (next != null) && hasReturned == returns,
                "%s of %s, which was %s: %s, its unit %s"
                        .formatted(
                                step,
                                reward,
                                life,
                                hasMoved ? "done" : "refused",
                                hasReturned ? "came back" : "did not come back"));
        if (next != null) {
            state.rewards.put(reward, life.in(next));
        }
        if (returns) {
            state.units.merge(life.prize(), 1L, Long::sum);
        }
    }

    private static @Nullable Stage next(Life life, RewardStep step, Instant now) {
        return switch (step) {
            case RewardStep.Claim() -> life.stage() == Stage.WON && !life.isOverdue(now) ? Stage.CLAIMED : null;
            case RewardStep.Fulfil() ->
                life.stage() == Stage.WON || life.stage() == Stage.CLAIMED ? Stage.FULFILLED : null;
            case RewardStep.Revoke _ -> life.stage() == Stage.REVOKED ? null : Stage.REVOKED;
            case RewardStep.Expire() -> life.stage() == Stage.WON && life.isOverdue(now) ? Stage.EXPIRED : null;
        };
    }

    /** What has reached the player comes back where somebody says so, what is back already does not. */
    private static boolean returns(Life life, RewardStep step) {
        return switch (step) {
            case RewardStep.Claim(), RewardStep.Fulfil() -> false;
            case RewardStep.Expire() -> true;
            case RewardStep.Revoke(boolean restock) ->
                life.stage() == Stage.WON
                        || life.stage() == Stage.CLAIMED
                        || (life.stage() == Stage.FULFILLED && restock);
        };
    }

    void remains(PrizeId prize, long remaining) {
        long expected = state.units.getOrDefault(prize, 0L);
        check(remaining == expected, "%d of %s are left, expected %d".formatted(remaining, prize, expected));
    }

    List<String> wrong() {
        return List.copyOf(wrong);
    }

    private void check(boolean holds, String message) {
        if (!holds) {
            wrong.add(message);
        }
    }

    /** Everything that was given out so far. */
    private final class State {

        private final Map<PrizeId, Long> units = new HashMap<>();
        private final Map<PrizeId, Long> codes = new HashMap<>();
        private final Map<String, Long> turns = new HashMap<>();
        /** Of plays by player, and by player and day; of wins by player and prize, and by player, prize and day. */
        private final Map<String, Integer> counts = new HashMap<>();

        private final Map<String, PlayId> answered = new HashMap<>();
        private final Set<String> sessionsPlayed = new HashSet<>();
        private final Set<String> codesOut = new HashSet<>();
        private final Map<String, Long> lastSequence = new HashMap<>();
        private final Map<RewardId, Life> rewards = new HashMap<>();
        private long spent;
        private long momentsClaimed;

        private State copy() {
            var copy = new State();
            copy.units.putAll(units);
            copy.codes.putAll(codes);
            copy.turns.putAll(turns);
            copy.counts.putAll(counts);
            copy.answered.putAll(answered);
            copy.sessionsPlayed.addAll(sessionsPlayed);
            copy.codesOut.addAll(codesOut);
            copy.lastSequence.putAll(lastSequence);
            copy.rewards.putAll(rewards);
            copy.spent = spent;
            copy.momentsClaimed = momentsClaimed;
            return copy;
        }

        /** Takes it as the next thing that happened, and says what is wrong with it. */
        private List<String> take(Told told) {
            String key = told.player() + "/" + told.key();
            PlayId before = answered.get(key);
            if (before != null) {
                boolean isSame = told.answer() instanceof Played(CommittedPlay play)
                        && play.id().equals(before);
                return isSame
                        ? List.of()
                        : List.of("key %s was answered with %s, then with %s".formatted(key, before, told.answer()));
            }
            return switch (told.answer()) {
                case Played(CommittedPlay play) -> {
                    answered.put(key, play.id());
                    yield played(told, play);
                }
                case Failed(PrizeId prize, Unavailability why) -> failed(told, prize, why);
                case OutOfTurns() ->
                    isOutOfTurns(told) ? List.of() : List.of("%s had turns, and was refused".formatted(told.player()));
                case SessionGone() ->
                    sessionsPlayed.contains(told.session())
                            ? List.of()
                            : List.of("session %s was not played, and was refused".formatted(told.session()));
            };
        }

        private boolean isOutOfTurns(Told told) {
            return count(told.player()) >= terms.maxPlays()
                    || count(told.player() + day(told)) >= terms.maxPlaysPerDay()
                    || (terms.useTurns() && turns.getOrDefault(told.player(), 0L) <= 0);
        }

        private List<String> played(Told told, CommittedPlay play) {
            var wrong = new ArrayList<String>();
            String player = told.player();
            if (!sessionsPlayed.add(told.session())) {
                wrong.add("session %s was played twice".formatted(told.session()));
            }
            if (isOutOfTurns(told)) {
                wrong.add("%s played without a turn, after %d plays".formatted(player, count(player)));
            }
            counts.merge(player, 1, Integer::sum);
            counts.merge(player + day(told), 1, Integer::sum);
            turns.merge(player, terms.useTurns() ? -1L : 0L, Long::sum);
            long last = lastSequence.getOrDefault(player, 0L);
            if (play.sequence() != last + 1) {
                wrong.add("%s's play %d follows play %d".formatted(player, play.sequence(), last));
            }
            lastSequence.put(player, play.sequence());
            wrong.addAll(won(told, play));
            play.rewards().forEach(reward -> wrong.addAll(granted(told, reward)));
            return wrong;
        }

        /** Whether it won what it must have won. */
        private List<String> won(Told told, CommittedPlay play) {
            List<PrizeId> got =
                    play.rewards().stream().map(GrantedReward::prize).toList();
            PrizeId paced = terms.paced();
            if (paced != null && isDue(told) && obstacle(told, paced, true) == null) {
                momentsClaimed++;
                return asExpected(told, play, List.of(paced), List.of());
            }
            PrizeId drawn = told.drawn();
            if (drawn == null) {
                return asExpected(told, play, List.of(), List.of());
            }
            Unavailability why = obstacle(told, drawn, false);
            if (why == null) {
                return asExpected(told, play, List.of(drawn), List.of());
            }
            return switch (terms.policy()) {
                case NO_WIN -> asExpected(told, play, List.of(), List.of(new Unavailable(drawn, why, Instead.NOTHING)));
                case FALLBACK_PRIZE -> fallenBack(told, play, drawn, why);
                case FAIL -> List.of("%s got %s, and should have failed for %s".formatted(told.player(), got, drawn));
                case REDRAW -> redrawn(told, play, drawn);
            };
        }

        private List<String> fallenBack(Told told, CommittedPlay play, PrizeId drawn, Unavailability why) {
            Unavailability whyNotEither = obstacle(told, terms.fallback(), false);
            return whyNotEither == null
                    ? asExpected(
                            told,
                            play,
                            List.of(terms.fallback()),
                            List.of(new Unavailable(drawn, why, Instead.FALLBACK)))
                    : asExpected(
                            told,
                            play,
                            List.of(),
                            List.of(
                                    new Unavailable(drawn, why, Instead.NOTHING),
                                    new Unavailable(terms.fallback(), whyNotEither, Instead.NOTHING)));
        }

        /** What is drawn instead only the seed knows; but what was passed over was not there, and what was won was. */
        private List<String> redrawn(Told told, CommittedPlay play, PrizeId drawn) {
            var wrong = new ArrayList<String>();
            List<PrizeId> passedOver =
                    play.unavailable().stream().map(Unavailable::prize).toList();
            if (passedOver.isEmpty() || !passedOver.getFirst().equals(drawn)) {
                wrong.add("%s drew %s, which was not there, and was told of %s"
                        .formatted(told.player(), drawn, passedOver));
            }
            for (Unavailable step : play.unavailable()) {
                Unavailability why = obstacle(told, step.prize(), false);
                if (why != step.why()) {
                    wrong.add("%s was passed over as %s for %s, and was %s"
                            .formatted(step.prize(), step.why(), told.player(), why));
                }
            }
            for (GrantedReward reward : play.rewards()) {
                Unavailability why = obstacle(told, reward.prize(), false);
                if (why != null) {
                    wrong.add("%s got %s, which was %s".formatted(told.player(), reward.prize(), why));
                }
            }
            return wrong;
        }

        private static List<String> asExpected(
                Told told, CommittedPlay play, List<PrizeId> prizes, List<Unavailable> passedOver) {
            List<PrizeId> got =
                    play.rewards().stream().map(GrantedReward::prize).toList();
            return got.equals(prizes) && play.unavailable().equals(passedOver)
                    ? List.of()
                    : List.of("%s drew %s and got %s (%s), expected %s (%s)"
                            .formatted(told.player(), told.drawn(), got, play.unavailable(), prizes, passedOver));
        }

        private List<String> failed(Told told, PrizeId prize, Unavailability why) {
            PrizeId paced = terms.paced();
            boolean winsMoment = paced != null && isDue(told) && obstacle(told, paced, true) == null;
            boolean isRight = terms.policy() == OnUnavailable.FAIL
                    && prize.equals(told.drawn())
                    && !winsMoment
                    && !isOutOfTurns(told)
                    && why == obstacle(told, prize, false);
            return isRight
                    ? List.of()
                    : List.of("%s drew %s, and failed for %s, which was said to be %s and was %s"
                            .formatted(told.player(), told.drawn(), prize, why, obstacle(told, prize, false)));
        }

        private boolean isDue(Told told) {
            return terms.moments().stream()
                            .filter(moment -> !moment.isAfter(told.at()))
                            .count()
                    > momentsClaimed;
        }

        /** Why the player cannot have one more of it; null where they can. */
        private @Nullable Unavailability obstacle(Told told, PrizeId prize, boolean isAtItsMoment) {
            Won rule = rule(prize);
            String who = told.player() + "/" + prize;
            if ((rule.perPlayer() > 0 && count(who) >= rule.perPlayer())
                    || (rule.perDay() > 0 && count(who + day(told)) >= rule.perDay())) {
                return Unavailability.CAPPED;
            }
            if (prize.equals(terms.paced()) && !isAtItsMoment) {
                return Unavailability.NOT_DUE;
            }
            if (terms.budget() > 0 && spent + rule.value() > terms.budget()) {
                return Unavailability.OVER_BUDGET;
            }
            if (units.getOrDefault(prize, 0L) <= 0) {
                return Unavailability.OUT_OF_STOCK;
            }
            return rule.needsCode() && codes.getOrDefault(prize, 0L) <= 0 ? Unavailability.NO_CODE : null;
        }

        private List<String> granted(Told told, GrantedReward reward) {
            var wrong = new ArrayList<String>();
            PrizeId prize = reward.prize();
            Won rule = rule(prize);
            String who = told.player() + "/" + prize;
            counts.merge(who, 1, Integer::sum);
            counts.merge(who + day(told), 1, Integer::sum);
            spent += rule.value();
            long left = units.merge(prize, -1L, Long::sum);
            if (left < 0) {
                wrong.add("prize %s was given away %d times too often".formatted(prize, -left));
            }
            if (rule.needsCode()) {
                codes.merge(prize, -1L, Long::sum);
                if (reward.code() == null || !codesOut.add(reward.code())) {
                    wrong.add("reward %s came with code %s".formatted(reward.id(), reward.code()));
                }
            }
            Duration validFor = rule.validFor();
            rewards.put(
                    reward.id(),
                    new Life(
                            prize,
                            rule.isAtOnce() ? Stage.FULFILLED : Stage.WON,
                            validFor == null ? null : told.at().plus(validFor)));
            return wrong;
        }

        private Won rule(PrizeId prize) {
            Won rule = terms.prizes().get(prize);
            if (rule == null) {
                throw new IllegalStateException("nobody can win %s".formatted(prize));
            }
            return rule;
        }

        private int count(String what) {
            return counts.getOrDefault(what, 0);
        }

        private static String day(Told told) {
            return " on " + LocalDate.ofInstant(told.at(), ZoneOffset.UTC);
        }
    }
}
