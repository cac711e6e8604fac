package io.fanfare.engine.shape;

import static java.util.stream.Collectors.toMap;

import io.fanfare.engine.config.Document;
import io.fanfare.engine.config.Form;
import io.fanfare.engine.config.Form.Filled;
import io.fanfare.engine.config.Form.Line;
import io.fanfare.engine.config.Form.Lines;
import io.fanfare.engine.config.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * The questions of a quiz, with what counts as an answer.
 *
 * @param pool each with another id
 * @param asked how many of them a session is asked, at least 1
 */
record Questions(List<Question> pool, int asked) {

    private static final int MAX_QUESTIONS = 500;

    private static final Form<Question> QUESTION = Form.of("a question", lines -> {
        var id = lines.required("question_id", Kind.id(), "its name");
        var text = lines.required("text", Kind.text(2_000), "what is asked");
        var choices = lines.optional(
                "choices", Kind.list(Kind.text(500), 0, 20), List.<String>of(), "what can be chosen; none: free text");
        var answers = lines.required(
                "answers", Kind.list(Kind.text(500), 1, 50), "what is right, without regard to case; never shown");
        var points = lines.optional("points", Kind.integer(0, 1_000_000), 1L, "for a right answer");
        return filled -> new Question(
                filled.get(id), filled.get(text), filled.get(choices), filled.get(answers), filled.get(points));
    });

    record Question(String id, String text, List<String> choices, List<String> answers, long points) {

        boolean isAnsweredBy(String answer) {
            return answers.stream().anyMatch(right -> plain(right).equals(plain(answer)));
        }

        /** As the player sees it. */
        Map<String, Object> shown() {
            return Map.of("question_id", id, "text", text, "choices", choices);
        }

        private static String plain(String answer) {
            return answer.strip().toLowerCase(Locale.ROOT);
        }
    }

    record Answer(String question, String answer) {

        private static final Form<Answer> FORM = Form.of("an answer", lines -> {
            var question = lines.required("question_id", Kind.id(), "the question");
            var answer = lines.required("answer", Kind.text(500), "what the player says");
            return filled -> new Answer(filled.get(question), filled.get(answer));
        });
    }

    /** What the player sends: its answers; a question may be left out. */
    static final Form<List<Answer>> INPUT = Form.of("the player's answers", lines -> {
        var answers =
                lines.required("answers", Kind.list(Kind.object(Answer.FORM), 0, MAX_QUESTIONS), "one per question");
        return filled -> filled.get(answers);
    });

    /** The ids of the questions that a session was asked, out of its seed. */
    private static final Form<List<String>> ASKED = Form.of("what a session was asked", lines -> {
        var id = Form.of("a question", inner -> {
            var name = inner.required("question_id", Kind.id(), "its name");
            return filled -> filled.get(name);
        });
        var questions = lines.required(
                "questions", Kind.list(Kind.object(Form.lenient(id)), 0, MAX_QUESTIONS), "what was asked");
        return filled -> filled.get(questions);
    });

    /** The lines in which seed generator and reward handler of one game read the same questions. */
    record QuestionLines(Line<List<Question>> questions, Line<Long> asked) {

        static QuestionLines in(Lines lines) {
            return new QuestionLines(
                    lines.required(
                            "questions", Kind.list(Kind.object(QUESTION), 1, MAX_QUESTIONS), "the pool of questions"),
                    lines.optional(
                            "questions_asked",
                            Kind.integer(0, MAX_QUESTIONS),
                            0L,
                            "how many of the pool a session is asked, drawn by chance; 0: all, in their order"));
        }

        Questions read(Filled filled) {
            List<Question> pool = filled.get(questions);
            var ids = new HashSet<String>();
            for (Question question : pool) {
                if (!ids.add(question.id())) {
                    throw filled.refused(questions, "hold question '%s' twice".formatted(question.id()));
                }
            }
            if (filled.get(asked) > pool.size()) {
                throw filled.refused(
                        asked, "is %d, but there are %d questions".formatted(filled.get(asked), pool.size()));
            }
            return new Questions(pool, filled.get(asked) == 0 ? pool.size() : Math.toIntExact(filled.get(asked)));
        }
    }

    static List<String> askedIn(Document seed) {
        return ASKED.readPart("seed", seed);
    }

    Map<String, Question> byId() {
        return pool.stream().collect(toMap(Question::id, Function.identity()));
    }
}
