package io.fanfare.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * What comes of deleting a definition. It is kept for what was played and won under it, and neither found nor offered any more; its
 * last revision tells the topics.
 */
public sealed interface Deletion {

    /** The most users of a definition that a refusal names. */
    int MOST_NAMED = 10;

    /** It is deleted, by now or by then. */
    record Deleted(Instant at) implements Deletion {
        public Deleted {
            requireNonNull(at, "at");
        }
    }

    /** The tenant has never had such a thing. */
    record NotFound() implements Deletion {}

    /** It can be played. */
    record Active() implements Deletion {}

    /**
     * Something that is there needs it.
     *
     * @param by ids of what needs it, at most {@link #MOST_NAMED}
     */
    record InUse(List<String> by) implements Deletion {
        public InUse {
            by = List.copyOf(by);
        }
    }
}
