package io.fanfare.engine.shape;

import io.fanfare.engine.config.Document;
import io.fanfare.engine.config.FieldViolation;
import io.fanfare.engine.config.Form;
import io.fanfare.engine.fairness.Draws;
import io.fanfare.engine.shape.Questions.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code quiz}: deals the questions of a session, never their answers. Where not all of the pool are asked, chance picks and
 * orders them.
 *
 * @param timeLimitMs what the player is told; 0 = none
 */
record QuizSeed(Questions questions, long timeLimitMs) implements SeedGenerator {

    private static final String TIME_LIMIT = "time_limit_ms";

    static final Form<QuizSeed> FORM = Form.of("questions are dealt", lines -> {
        var questions = Questions.QuestionLines.in(lines);
        var limit = QuizSeed.timeLimit(lines);
        return filled -> new QuizSeed(questions.read(filled), filled.get(limit));
    });

    static Form.Line<Long> timeLimit(Form.Lines lines) {
        return lines.optional(
                TIME_LIMIT,
                Attempt.time(),
                0L,
                "answers that come later score nothing, by the server's clock; 0 = no limit");
    }

    @Override
    public List<FieldViolation> outdated() {
        return Attempt.tooLong(TIME_LIMIT, timeLimitMs).stream().toList();
    }

    @Override
    public Document generate(Draws draws) {
        List<Question> asked = new ArrayList<>(questions.pool());
        if (questions.asked() < asked.size()) {
            DropSequence.shuffle(asked, draws);
            asked = asked.subList(0, questions.asked());
        }
        return new Document(
                Map.of("questions", asked.stream().map(Question::shown).toList(), TIME_LIMIT, timeLimitMs));
    }
}
