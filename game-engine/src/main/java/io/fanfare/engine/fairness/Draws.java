package io.fanfare.engine.fairness;

/** A stream of chance. The same stream gives the same game: nothing else in the engine is random. */
@FunctionalInterface
public interface Draws {

    /** The next draw, evenly spread over [0, 1), in steps of 2⁻⁵³. */
    double next();
}
