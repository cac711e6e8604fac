package io.fanfare.engine.shape;

import io.fanfare.engine.config.Form;
import io.fanfare.engine.config.Kind;
import io.fanfare.engine.shape.Questions.Answer;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code quiz}: only what was asked can be answered, once each, and not faster than anybody can read.
 *
 * @param minMsPerAnswer 0 = no bound
 */
record QuizValidation(long minMsPerAnswer) implements Validator {

    static final Form<QuizValidation> FORM = Form.of("only what was asked can be answered, once each", lines -> {
        var min = lines.optional(
                "min_ms_per_answer", Kind.integer(0, 600_000), 0L, "faster on average is cheating; 0 = no bound");
        return filled -> new QuizValidation(filled.get(min));
    });

    @Override
    public Set<String> inputFields() {
        return Questions.INPUT.names();
    }

    @Override
    public Verdict judge(Attempt attempt) {
        Set<String> open = new HashSet<>(Questions.askedIn(attempt.seed()));
        List<Answer> answers = Questions.INPUT.readPart("payload", attempt.input());
        for (Answer answer : answers) {
            if (!open.remove(answer.question())) {
                return new Verdict.Cheating(
                        "an answer to what was not asked, or was answered before",
                        Map.of("question_id", answer.question()));
            }
        }
        long tookMs = attempt.elapsed().toMillis() + TimeAndScoreRange.LENIENCE_MS;
        if (tookMs < minMsPerAnswer * answers.size()) {
            return new Verdict.Cheating(
                    "this is faster than anybody reads", Map.of("answers", String.valueOf(answers.size())));
        }
        return new Verdict.Plausible();
    }
}
