package io.fanfare.engine.shape;

import io.fanfare.engine.anticheat.Replay;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Judges whether an attempt can be true. */
public interface Validator extends Part {

    /** The fields of the input that it reads. */
    Set<String> inputFields();

    Verdict judge(Attempt attempt);

    /**
     * What the events of a replay must add up to, each with the points that the game gives it: the claimed score, the things
     * caught. Empty where there is nothing to replay, so that the game cannot be strict.
     */
    default OptionalLong claimOf(@SuppressWarnings("unused") Attempt attempt) { // for those that have one
        return OptionalLong.empty();
    }

    /** Whether a game with this validator can ask for replays. */
    default boolean isReplayable() {
        return false;
    }

    /** Judges what only this shape knows about the events of a replay; their number, order and spacing are judged already. */
    @SuppressWarnings("unused") // for those that know more
    default Verdict judgeReplay(Attempt attempt, Replay replay) {
        return new Verdict.Plausible();
    }

    /** What a validator says. */
    sealed interface Verdict {

        record Plausible() implements Verdict {}

        /** @param facts what gave it away, by name */
        record Cheating(String why, Map<String, String> facts) implements Verdict {
            public Cheating {
                facts = Map.copyOf(facts);
            }
        }
    }
}
