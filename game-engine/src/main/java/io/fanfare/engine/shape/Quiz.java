package io.fanfare.engine.shape;

import io.fanfare.engine.config.Document;
import io.fanfare.engine.config.Form;
import io.fanfare.engine.fairness.Draws;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.shape.Questions.Answer;
import io.fanfare.engine.shape.Questions.Question;
import io.fanfare.engine.shape.Tiers.Tier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code quiz}: right answers score their points, the score picks a tier, and one draw a prize of its group. Answers that come
 * after the time limit score nothing.
 *
 * @param timeLimitMs by the server's clock; 0 = none
 */
record Quiz(Questions questions, long timeLimitMs, Tiers tiers) implements RewardHandler {

    static final Form<Quiz> FORM = Form.of("right answers score, the score picks a tier", lines -> {
        var questions = Questions.QuestionLines.in(lines);
        var limit = QuizSeed.timeLimit(lines);
        var tiers = Tiers.TierLines.in(lines);
        return filled -> new Quiz(questions.read(filled), filled.get(limit), tiers.read(filled));
    });

    @Override
    public Set<String> inputFields() {
        return Questions.INPUT.names();
    }

    @Override
    public Set<PrizeId> prizes() {
        return tiers.prizes();
    }

    /** The right answers. */
    @Override
    public boolean holdsSecrets() {
        return true;
    }

    @Override
    public Result decide(Attempt attempt, Draws draws) {
        return draw(attempt, draws, Set.of());
    }

    @Override
    public Optional<Result> redraw(Attempt attempt, Draws draws, Set<PrizeId> gone) {
        return Optional.of(draw(attempt, draws, gone));
    }

    /** Every second answer is right. */
    @Override
    public Document sampleInput(Document seed, Draws draws) {
        Map<String, Question> byId = questions.byId();
        List<Map<String, Object>> answers = Questions.askedIn(seed).stream()
                .filter(id -> byId.containsKey(id) && draws.below(2) == 0)
                .map(id -> Map.<String, Object>of("question_id", id, "answer", rightAnswer(byId, id)))
                .toList();
        return Document.of("answers", answers);
    }

    private static String rightAnswer(Map<String, Question> byId, String id) {
        Question question = byId.get(id);
        return question == null ? "" : question.answers().getFirst();
    }

    private Result draw(Attempt attempt, Draws draws, Set<PrizeId> gone) {
        boolean isTooLate =
                timeLimitMs > 0 && attempt.elapsed().toMillis() > timeLimitMs + TimeAndScoreRange.LENIENCE_MS;
        List<Question> right = isTooLate ? List.of() : rightlyAnswered(attempt);
        long score = right.stream().mapToLong(Question::points).sum();
        Optional<Tier> tier = tiers.reachedBy(score);
        var metadata = new LinkedHashMap<String, @Nullable Object>();
        metadata.put("score", score);
        metadata.put("tier", tier.map(Tier::prizeGroup).orElse(null));
        metadata.put("correct", (long) right.size());
        metadata.put("asked", (long) Questions.askedIn(attempt.seed()).size());
        metadata.put("timed_out", isTooLate);
        return new Result(tiers.draw(tier, draws, gone), new Document(metadata), score);
    }

    /** Each question counts once, the first answer to it; one that was not asked does not. */
    private List<Question> rightlyAnswered(Attempt attempt) {
        Map<String, Question> byId = questions.byId();
        var given = new LinkedHashMap<String, String>();
        for (Answer answer : Questions.INPUT.readPart("payload", attempt.input())) {
            given.putIfAbsent(answer.question(), answer.answer());
        }
        given.keySet().retainAll(Set.copyOf(Questions.askedIn(attempt.seed())));
        return given.entrySet().stream()
                .map(entry -> Optional.ofNullable(byId.get(entry.getKey()))
                        .filter(question -> question.isAnsweredBy(entry.getValue())))
                .flatMap(Optional::stream)
                .toList();
    }
}
