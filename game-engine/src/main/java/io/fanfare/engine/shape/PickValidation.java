package io.fanfare.engine.shape;

import io.fanfare.engine.config.Form;
import java.util.Map;
import java.util.Set;

/** {@code random_pick}: only what was shown can be picked. */
record PickValidation() implements Validator {

    static final Form<PickValidation> FORM = Form.empty("only what was shown can be picked", new PickValidation());

    @Override
    public Set<String> inputFields() {
        return Offer.INPUT.names();
    }

    @Override
    public Verdict judge(Attempt attempt) {
        String picked = Offer.INPUT.readPart("payload", attempt.input());
        return Offer.shownIn(attempt.seed()).contains(picked)
                ? new Verdict.Plausible()
                : new Verdict.Cheating("something was picked that was not shown", Map.of("picked", picked));
    }
}
