package io.fanfare.cli;

import io.fanfare.events.GenerationChanged;

/** The generations of an app's state: which one is live, and which one is being built beside it. */
interface Generations {

    /** As of now. */
    GenerationChanged current();

    /** Asks the platform for the next one. */
    GenerationChanged begin(GenerationChanged now) throws InterruptedException;

    /** How far the one that is being built has come with what there is. */
    Progress progress(GenerationChanged now) throws InterruptedException;

    /**
     * How far a replay is.
     *
     * @param done commands that were replayed, of those that there are
     * @param switching it has caught up, and the instances switch to it
     */
    record Progress(long done, long there, boolean switching) {

        @Override
        public String toString() {
            return switching
                    ? "caught up; switching"
                    : "%,d of %,d commands (%d %%)".formatted(done, there, there == 0 ? 100 : 100 * done / there);
        }
    }
}
