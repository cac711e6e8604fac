package io.fanfare.engine.shape;

import java.util.Map;
import java.util.Set;

/** Judges whether an attempt can be true. */
public interface Validator {

    /** The fields of the input that it reads. */
    Set<String> inputFields();

    Verdict judge(Attempt attempt);

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
