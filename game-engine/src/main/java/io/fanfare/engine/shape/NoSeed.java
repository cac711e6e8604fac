package io.fanfare.engine.shape;

import io.fanfare.engine.config.Document;
import io.fanfare.engine.config.Fields;
import io.fanfare.engine.fairness.Draws;

/** {@code none}: the session starts from nothing. */
record NoSeed() implements SeedGenerator {

    static NoSeed read(@SuppressWarnings("unused") Fields nothing) { // every part is registered with a reader
        return new NoSeed();
    }

    @Override
    public Document generate(Draws draws) {
        return Document.empty();
    }
}
