package io.fanfare.engine.shape;

import io.fanfare.engine.config.Document;
import io.fanfare.engine.config.Form;
import io.fanfare.engine.fairness.Draws;

/** {@code none}: the session starts from nothing. */
record NoSeed() implements SeedGenerator {

    static final Form<NoSeed> FORM = Form.empty("nothing is dealt at start", new NoSeed());

    @Override
    public Document generate(Draws draws) {
        return Document.empty();
    }
}
