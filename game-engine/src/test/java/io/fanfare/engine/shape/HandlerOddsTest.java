package io.fanfare.engine.shape;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.engine.config.Document;
import io.fanfare.engine.fairness.Draws;
import io.fanfare.engine.fairness.ProvableDraws;
import io.fanfare.engine.fairness.SeededDraws;
import io.fanfare.engine.fairness.ServerSeed;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.shape.RewardHandler.Win;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Everything that draws, as its operator configures it: what comes out is as frequent as its weight says. */
class HandlerOddsTest {

    private static final int PLAYS = 1_000_000;
    private static final int FEW_PLAYS = 100_000;

    /** Of four outcomes: a fair generator of three degrees of freedom is above it once in a hundred runs. */
    private static final double P_1_PERCENT = 11.345;

    private static final List<Double> WEIGHTS = List.of(0.1, 0.2, 0.3, 0.4);
    private static final List<Double> EVEN = List.of(0.25, 0.25, 0.25, 0.25);

    private static final List<Map<String, Object>> SHARES =
            each(n -> Map.of("prize_id", "p" + n, "probability", WEIGHTS.get(n)));
    private static final List<Map<String, Object>> TIERS = List.of(Map.of("min", 0, "max", 99, "prize_group", "group"));
    private static final List<Map<String, Object>> QUESTIONS = each(
            n -> Map.of("question_id", "q" + n, "text", "why?", "choices", List.of("a", "b"), "answers", List.of("a")));

    /** What draws: reward handlers and seed generators. Shapes and documents do not change, though the compiler cannot know. */
    @SuppressWarnings("ImmutableEnumChecker")
    enum Drawing {
        PROBABILITY("spin_wheel", Map.of("prizes", SHARES), WEIGHTS) {
            @Override
            int outcome(Draws draws) {
                return prize(Map.of(), Document.empty(), draws);
            }
        },
        LUCKY_ITEM(
                "collection",
                Map.of("items", each(n -> Map.of("item", "i" + n, "weight", WEIGHTS.get(n), "slot_index", n))),
                WEIGHTS) {
            @Override
            int outcome(Draws draws) {
                return ((Number) decided(Map.of(), Document.empty(), draws)
                                .metadata()
                                .values()
                                .getOrDefault("slot_index", -1))
                        .intValue();
            }
        },
        SCORE_TO_TIER("egg_catcher", Map.of("tiers", TIERS, "prize_groups", Map.of("group", SHARES)), WEIGHTS) {
            @Override
            int outcome(Draws draws) {
                return prize(Map.of("score", 50), Document.empty(), draws);
            }
        },
        QUIZ("quiz", Map.of("questions", QUESTIONS, "tiers", TIERS, "prize_groups", Map.of("group", SHARES)), WEIGHTS) {
            private final Document asked = Document.of("questions", List.of(Map.of("question_id", "q0")));

            @Override
            int outcome(Draws draws) {
                return prize(Map.of("answers", List.of(Map.of("question_id", "q0", "answer", "a"))), asked, draws);
            }
        },
        QUIZ_SEED(
                "quiz",
                Map.of(
                        "questions",
                        QUESTIONS,
                        "questions_asked",
                        1,
                        "tiers",
                        TIERS,
                        "prize_groups",
                        Map.of("group", List.of())),
                EVEN) {
            @Override
            int outcome(Draws draws) {
                return dealt("questions", "question_id", draws);
            }
        },
        DROP_SEQUENCE(
                "gift_catcher",
                Map.of(
                        "drops",
                        each(n -> Map.of("type", "t" + n, "prize_id", "p" + n, "frequency", 1, "max_catchable", 1)),
                        "total_items",
                        4),
                EVEN) {
            @Override
            int outcome(Draws draws) {
                return dealt("drops", "type", draws);
            }
        },
        RANDOM_PICK(
                "random_pick",
                Map.of("items", each(n -> Map.of("item_id", "i" + n, "weight", WEIGHTS.get(n))), "shown", 1),
                WEIGHTS) {
            @Override
            int outcome(Draws draws) {
                return dealt("items", "item_id", draws);
            }
        };

        private final GameShape shape;
        private final List<Double> expected;

        Drawing(String type, Map<String, ?> config, List<Double> expected) {
            this.shape = Configured.shape(type, config, Map.of());
            this.expected = expected;
        }

        /** 0 to 3. */
        abstract int outcome(Draws draws);

        RewardHandler.Result decided(Map<String, ?> input, Document seed, Draws draws) {
            var attempt = new Attempt(seed, Configured.document(input), Duration.ofSeconds(10));
            return shape.rewardHandler().decide(attempt, draws);
        }

        int prize(Map<String, ?> input, Document seed, Draws draws) {
            return switch (decided(input, seed, draws).wins().getFirst()) {
                case Win.OfPrize(PrizeId prize, long _) -> number(prize.value());
                case Win.OfItem(String item, long _) -> number(item);
            };
        }

        /** The first that was dealt. */
        int dealt(String list, String name, Draws draws) {
            var all = (List<?>) shape.seedGenerator().generate(draws).values().get(list);
            assertThat(all).isNotNull();
            return number(String.valueOf(((Map<?, ?>) all.getFirst()).get(name)));
        }

        private static int number(String name) {
            return name.charAt(1) - '0';
        }

        double chiSquare(Draws draws, int plays) {
            long[] seen = new long[expected.size()];
            for (int i = 0; i < plays; i++) {
                seen[outcome(draws)]++;
            }
            return IntStream.range(0, seen.length)
                    .mapToDouble(i -> {
                        double wanted = plays * expected.get(i);
                        return (seen[i] - wanted) * (seen[i] - wanted) / wanted;
                    })
                    .sum();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_fair_generator_is_as_frequent_as_the_weights(Drawing drawing) {
        assertThat(drawing.chiSquare(new SeededDraws(7), FEW_PLAYS)).isLessThan(P_1_PERCENT);
    }

    @ParameterizedTest
    @EnumSource
    void a_generator_that_is_biased_by_one_percent_is_found_out(Drawing drawing) {
        var fair = new SeededDraws(7);

        assertThat(drawing.chiSquare(() -> fair.next() * 0.99, PLAYS)).isGreaterThan(P_1_PERCENT);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("long")
    void of_twenty_seeds_at_most_one_looks_unlikely(Drawing drawing) {
        List<Long> unlikely = LongStream.range(0, 20)
                .filter(seed -> drawing.chiSquare(provable(seed), PLAYS) > P_1_PERCENT)
                .boxed()
                .toList();

        assertThat(unlikely).hasSizeLessThanOrEqualTo(1);
    }

    private static Draws provable(long seed) {
        return new ProvableDraws(new ServerSeed("%064x".formatted(seed)), "lucky", "sess_1");
    }

    private static List<Map<String, Object>> each(IntFunction<Map<String, Object>> one) {
        return IntStream.range(0, 4).mapToObj(one).toList();
    }
}
