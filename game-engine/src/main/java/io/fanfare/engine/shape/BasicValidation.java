package io.fanfare.engine.shape;

import io.fanfare.engine.config.Form;
import java.util.Set;

/** {@code basic}: the session alone vouches for the play; there is nothing that the client could claim. */
record BasicValidation() implements Validator {

    static final Form<BasicValidation> FORM =
            Form.empty("the session alone vouches for the play", new BasicValidation());

    @Override
    public Set<String> inputFields() {
        return Set.of();
    }

    @Override
    public Verdict judge(Attempt attempt) {
        return new Verdict.Plausible();
    }
}
