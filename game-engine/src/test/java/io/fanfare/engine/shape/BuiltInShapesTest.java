package io.fanfare.engine.shape;

import static io.fanfare.engine.shape.Configured.document;
import static io.fanfare.engine.shape.Configured.refused;
import static io.fanfare.engine.shape.Configured.shape;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.engine.config.Document;
import io.fanfare.engine.fairness.Draws;
import io.fanfare.engine.fairness.SeededDraws;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.shape.RewardHandler.Result;
import io.fanfare.engine.shape.RewardHandler.Win;
import io.fanfare.engine.shape.Validator.Verdict;
import io.fanfare.engine.shape.Validator.Verdict.Cheating;
import io.fanfare.engine.shape.Validator.Verdict.Plausible;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuiltInShapesTest {

    private static final Draws LOWEST = () -> 0.0;

    private static Attempt attempt(Document seed, Map<String, ?> input, long elapsedMs) {
        return new Attempt(seed, document(input), Duration.ofMillis(elapsedMs));
    }

    @Nested
    class An_egg_catcher {

        private static final Map<String, Object> HANDLER = Map.of(
                "tiers",
                List.of(
                        Map.of("min", 0, "max", 49, "prize_group", "small"),
                        Map.of("min", 50, "max", 80, "prize_group", "big"),
                        Map.of("min", 0, "max", 90, "prize_group", "none")),
                "prize_groups",
                Map.of(
                        "small", List.of(Map.of("prize_id", "sticker", "probability", 1)),
                        "big",
                                List.of(
                                        Map.of("prize_id", "mug", "probability", 1),
                                        Map.of("prize_id", "cap", "probability", 3)),
                        "none", List.of()));

        private final GameShape eggs = shape(
                "egg_catcher", HANDLER, Map.of("min_duration_ms", 2_000, "max_duration_ms", 60_000, "max_score", 80));

        @ParameterizedTest
        @CsvSource({"0,sticker,small", "49,sticker,small", "50,mug,big", "80,mug,big", "81,,none", "91,,"})
        void the_first_tier_that_holds_the_score_is_drawn_from(long score, String prize, String tier) {
            Result result = eggs.rewardHandler().decide(attempt(Document.empty(), Map.of("score", score), 0), LOWEST);

            assertThat(result.wins()).isEqualTo(prize == null ? List.of() : List.of(Win.of(new PrizeId(prize))));
            assertThat(result.metadata().values()).containsEntry("score", score).containsEntry("tier", tier);
            assertThat(result.score()).isEqualTo(score);
        }

        @Test
        void a_redraw_stays_in_the_tier() {
            Attempt attempt = attempt(Document.empty(), Map.of("score", 60), 0);

            Result redrawn = eggs.rewardHandler()
                    .redraw(attempt, LOWEST, Set.of(new PrizeId("mug")))
                    .orElseThrow();
            Result empty = eggs.rewardHandler()
                    .redraw(attempt, LOWEST, Set.of(new PrizeId("mug"), new PrizeId("cap")))
                    .orElseThrow();

            assertThat(redrawn.wins()).containsExactly(Win.of(new PrizeId("cap")));
            assertThat(empty.wins()).isEmpty();
        }

        /** Score, claimed milliseconds (empty: none claimed), milliseconds on the server's clock. */
        @ParameterizedTest
        @CsvSource({
            "75,8000,8000,plausible",
            "75,8250,8000,plausible",
            "75,8251,8000,longer than since the start",
            "81,8000,8000,above what can be reached",
            "-1,8000,8000,negative",
            "75,1999,8000,faster than can be",
            "75,-5,8000,time is negative",
            "75,60001,60100,slower than the game lasts",
            "75,20000,60250,plausible",
            "75,20000,60251,the time since the start is longer than the game lasts",
            "75,,1999,faster than can be",
            "75,,2000,plausible",
            "75,,60001,slower than the game lasts",
            "75,,60251,the time since the start is longer than the game lasts"
        })
        void score_and_time_are_bounded_by_the_servers_clock(
                long score, Long claimedMs, long elapsedMs, String expected) {
            Map<String, Object> input =
                    claimedMs == null ? Map.of("score", score) : Map.of("score", score, "duration_ms", claimedMs);

            Verdict verdict = eggs.validator().judge(attempt(Document.empty(), input, elapsedMs));

            assertThat(verdict instanceof Cheating cheating ? cheating.why() : "plausible")
                    .contains(expected);
        }

        @Test
        void none_is_given_longer_than_a_session_lasts_but_one_that_was_saved_with_more_goes_on() {
            Map<String, ?> endless = Map.of("min_duration_ms", 540_001, "max_duration_ms", 900_000);

            assertThat(refused("egg_catcher", HANDLER, endless))
                    .containsExactly("validator_config.max_duration_ms", "validator_config.min_duration_ms");
            assertThat(shape("egg_catcher", HANDLER, endless)
                            .validator()
                            .judge(attempt(Document.empty(), Map.of("score", 80), 590_000)))
                    .isInstanceOf(Plausible.class);
        }

        @Test
        void a_game_may_trust_the_clients_clock_and_bound_the_rate() {
            GameShape trusting = shape(
                    "egg_catcher",
                    HANDLER,
                    Map.of(
                            "clock",
                            "client",
                            "min_duration_ms",
                            2_000,
                            "max_duration_ms",
                            60_000,
                            "max_score_per_second",
                            10));

            assertThat(trusting.validator().judge(attempt(Document.empty(), Map.of("score", 80), 0)))
                    .isInstanceOf(Plausible.class);
            assertThat(trusting.validator()
                            .judge(attempt(Document.empty(), Map.of("score", 80, "duration_ms", 8_000), 90_000)))
                    .isInstanceOf(Plausible.class);
            assertThat(trusting.validator()
                            .judge(attempt(Document.empty(), Map.of("score", 81, "duration_ms", 8_000), 0)))
                    .isInstanceOf(Cheating.class);
        }

        @Test
        void every_field_that_is_wrong_is_named() {
            assertThat(refused(
                            "egg_catcher",
                            Map.of(
                                    "tiers", List.of(Map.of("min", "low", "max", 3, "prize_group", "small")),
                                    "prize_groups", Map.of("small", List.of(Map.of("prize_id", "mug"))),
                                    "colour", "red"),
                            Map.of("max_score", -1, "clock", "sundial")))
                    .containsExactly(
                            "handler_config.colour",
                            "handler_config.prize_groups.small[0].probability",
                            "handler_config.tiers[0].min",
                            "validator_config.clock",
                            "validator_config.max_score");
            assertThat(refused(
                            "egg_catcher",
                            Map.of(
                                    "tiers", List.of(Map.of("min", 0, "max", 3, "prize_group", "huge")),
                                    "prize_groups", Map.of()),
                            Map.of()))
                    .containsExactly("handler_config.tiers");
        }
    }

    @Nested
    class A_gift_catcher {

        private final GameShape gifts = shape(
                "gift_catcher",
                Map.of(
                        "drops",
                        List.of(
                                Map.of("type", "box", "prize_id", "mug", "frequency", 3, "max_catchable", 2),
                                Map.of("type", "star", "prize_id", "points", "frequency", 2)),
                        "total_items",
                        8),
                Map.of());
        private final Document seed = gifts.seedGenerator().generate(new SeededDraws(7));
        private final DealtDrops dealt = DealtDrops.of(seed);

        private List<String> ids(String type, int count) {
            return dealt.drops().stream()
                    .filter(drop -> drop.type().equals(type))
                    .map(DealtDrops.Drop::id)
                    .limit(count)
                    .toList();
        }

        @Test
        void it_deals_as_many_of_each_type_as_planned_and_fills_up_with_empty_ones() {
            assertThat(dealt.drops()).hasSize(8);
            assertThat(ids("box", 9)).hasSize(3);
            assertThat(ids("star", 9)).hasSize(2);
            assertThat(ids("empty", 9)).hasSize(3);
            assertThat(dealt.drops())
                    .extracting(DealtDrops.Drop::spawnAtMs)
                    .containsExactly(0L, 500L, 1_000L, 1_500L, 2_000L, 2_500L, 3_000L, 3_500L);
        }

        @Test
        void each_caught_drop_wins_its_prize_up_to_what_can_be_caught() {
            List<String> caught = IntStream.range(0, 8).mapToObj(n -> "d_" + n).toList();

            Result result = gifts.rewardHandler().decide(attempt(seed, Map.of("caught_items", caught), 0), LOWEST);

            assertThat(result.wins())
                    .containsExactly(new Win.OfPrize(new PrizeId("mug"), 2), new Win.OfPrize(new PrizeId("points"), 2));
            assertThat(result.metadata().values())
                    .containsEntry("total_caught", 4L)
                    .containsEntry("by_type", Map.of("box", 2L, "star", 2L));
        }

        @Test
        void what_never_fell_what_is_caught_twice_and_too_many_are_cheating() {
            String box = ids("box", 1).getFirst();

            assertThat(verdict(List.of("d_99"))).isEqualTo(Map.of("drop_id", "d_99"));
            assertThat(verdict(List.of(box, box))).isEqualTo(Map.of("drop_id", box));
            assertThat(verdict(ids("box", 3))).isEqualTo(Map.of("type", "box"));
            assertThat(verdict(ids("box", 2))).isEmpty();
            assertThat(verdict(ids("empty", 3))).isEmpty();
        }

        private Map<String, String> verdict(List<String> caught) {
            Verdict verdict = gifts.validator().judge(attempt(seed, Map.of("caught_items", caught), 0));
            return verdict instanceof Cheating cheating ? cheating.facts() : Map.of();
        }

        @Test
        void a_type_cannot_be_called_empty() {
            assertThat(refused(
                            "gift_catcher",
                            Map.of("drops", List.of(Map.of("type", "empty", "frequency", 1))),
                            Map.of()))
                    .containsExactly("handler_config.drops[0].type");
        }

        @Test
        void nothing_falls_when_its_session_has_ended() {
            Map<String, ?> eleven = Map.of(
                    "drops",
                    List.of(Map.of("type", "gold", "prize_id", "mug", "frequency", 11)),
                    "interval_ms",
                    60_000);

            assertThat(refused("gift_catcher", eleven, Map.of())).containsExactly("handler_config.interval_ms");
            assertThat(shape("gift_catcher", eleven, Map.of()).seedGenerator()).isNotNull();
        }
    }

    @Test
    void a_collection_puts_items_into_the_wallet() {
        GameShape collection = shape(
                "collection",
                Map.of(
                        "items",
                        List.of(
                                Map.of("item", "heart", "weight", 1, "quantity", 0, "slot_index", 3),
                                Map.of("item", "", "weight", 1, "slot_index", 4))),
                Map.of());
        Attempt attempt = attempt(Document.empty(), Map.of(), 0);

        Result heart = collection.rewardHandler().decide(attempt, LOWEST);
        Result nothing = collection.rewardHandler().decide(attempt, () -> 0.9);

        assertThat(heart.wins()).containsExactly(new Win.OfItem("heart", 1));
        assertThat(heart.metadata().values()).containsEntry("slot_index", 3L).containsEntry("item", "heart");
        assertThat(nothing.wins()).isEmpty();
    }

    @Nested
    class A_quiz {

        private final GameShape quiz = shape(
                "quiz",
                Map.of(
                        "questions",
                        List.of(
                                Map.of("question_id", "q1", "text", "2+2?", "answers", List.of("4", "four")),
                                Map.of(
                                        "question_id",
                                        "q2",
                                        "text",
                                        "Capital?",
                                        "answers",
                                        List.of("Rome"),
                                        "points",
                                        5),
                                Map.of("question_id", "q3", "text", "Sky?", "answers", List.of("blue"))),
                        "questions_asked",
                        2,
                        "time_limit_ms",
                        10_000,
                        "tiers",
                        List.of(Map.of("min", 5, "max", 100, "prize_group", "top")),
                        "prize_groups",
                        Map.of("top", List.of(Map.of("prize_id", "mug", "probability", 1)))),
                Map.of("min_ms_per_answer", 500));

        private Document seedAsking(String question) {
            return IntStream.range(0, 100)
                    .mapToObj(seed -> quiz.seedGenerator().generate(new SeededDraws(seed)))
                    .filter(seed -> Questions.askedIn(seed).contains(question))
                    .findFirst()
                    .orElseThrow();
        }

        @Test
        void it_asks_without_giving_the_answers_away() {
            Document seed = seedAsking("q2");

            assertThat(Questions.askedIn(seed)).hasSize(2).doesNotHaveDuplicates();
            assertThat(seed.toString()).contains("Capital?").doesNotContain("Rome");
        }

        @Test
        void right_answers_score_whatever_their_case_and_reach_a_tier() {
            var answers = Map.of("answers", List.of(Map.of("question_id", "q2", "answer", " rome ")));

            Result result = quiz.rewardHandler().decide(attempt(seedAsking("q2"), answers, 10_250), LOWEST);

            assertThat(result.wins()).containsExactly(Win.of(new PrizeId("mug")));
            assertThat(result.score()).isEqualTo(5);
            assertThat(result.metadata().values()).containsEntry("correct", 1L).containsEntry("asked", 2L);
        }

        @Test
        void answers_after_the_time_limit_score_nothing() {
            var answers = Map.of("answers", List.of(Map.of("question_id", "q2", "answer", "Rome")));

            Result late = quiz.rewardHandler().decide(attempt(seedAsking("q2"), answers, 10_251), LOWEST);

            assertThat(late.wins()).isEmpty();
            assertThat(late.metadata().values())
                    .containsEntry("timed_out", true)
                    .containsEntry("score", 0L);
        }

        @Test
        void an_answer_to_what_was_not_asked_or_too_fast_is_cheating() {
            Document seed = seedAsking("q2");
            String open = Questions.askedIn(seed).getFirst();
            var twice = List.of(answer(open), answer(open));

            assertThat(quiz.validator().judge(attempt(seed, Map.of("answers", List.of(answer("q9"))), 9_000)))
                    .isInstanceOf(Cheating.class);
            assertThat(quiz.validator().judge(attempt(seed, Map.of("answers", twice), 9_000)))
                    .isInstanceOf(Cheating.class);
            assertThat(quiz.validator().judge(attempt(seed, Map.of("answers", List.of(answer(open))), 249)))
                    .isInstanceOf(Cheating.class);
            assertThat(quiz.validator().judge(attempt(seed, Map.of("answers", List.of(answer(open))), 250)))
                    .isInstanceOf(Plausible.class);
        }

        private static Map<String, String> answer(String question) {
            return Map.of("question_id", question, "answer", "4");
        }
    }

    @Nested
    class A_random_pick {

        private final GameShape pick = shape(
                "random_pick",
                Map.of(
                        "items",
                        List.of(
                                Map.of("item_id", "a", "prize_id", "mug"),
                                Map.of("item_id", "b", "prize_id", "cap"),
                                Map.of("item_id", "c"),
                                Map.of("item_id", "hidden", "prize_id", "car", "weight", 0)),
                        "shown",
                        2),
                Map.of());

        @Test
        void it_shows_different_items_and_none_without_weight() {
            for (int seed = 0; seed < 200; seed++) {
                List<String> shown = Offer.shownIn(pick.seedGenerator().generate(new SeededDraws(seed)));

                assertThat(shown).hasSize(2).doesNotHaveDuplicates().doesNotContain("hidden");
            }
        }

        @Test
        void the_player_wins_what_it_picked_of_what_was_shown() {
            Document seed = Document.of(
                    "items", List.of(Map.of("item_id", "a", "name", ""), Map.of("item_id", "c", "name", "")));

            assertThat(pick.rewardHandler()
                            .decide(attempt(seed, Map.of("picked", "a"), 0), LOWEST)
                            .wins())
                    .containsExactly(Win.of(new PrizeId("mug")));
            assertThat(pick.rewardHandler()
                            .decide(attempt(seed, Map.of("picked", "b"), 0), LOWEST)
                            .wins())
                    .isEmpty();
            assertThat(pick.validator().judge(attempt(seed, Map.of("picked", "b"), 0)))
                    .isInstanceOf(Cheating.class);
        }
    }

    @Test
    void every_part_publishes_a_schema_that_names_its_fields() {
        Shapes shapes = Shapes.builtIn();

        assertThat(shapes.rewardHandlerSchema("probability").orElseThrow().toString())
                .contains("slot_index");
        assertThat(shapes.validatorSchema("time_and_score_range").orElseThrow().values())
                .containsEntry("additionalProperties", false)
                .extractingByKey("properties")
                .asString()
                .contains("min_duration_ms", "level");
        Shapes.types()
                .forEach((type, parts) -> assertThat(shapes.handlerConfigSchema(parts))
                        .as(type)
                        .hasValueSatisfying(
                                schema -> assertThat(schema.values()).containsKey("properties")));
    }
}
