package io.fanfare.engine.shape;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.engine.config.Document;
import io.fanfare.engine.config.FieldViolation;
import io.fanfare.engine.fairness.Draws;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.shape.RewardHandler.Result;
import io.fanfare.engine.shape.RewardHandler.Win;
import io.fanfare.engine.shape.Shapes.PartNames;
import io.fanfare.engine.shape.Shapes.Shaping;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProbabilityTest {

    private static final Attempt ATTEMPT = new Attempt(Document.empty(), Document.empty(), Duration.ZERO);

    @Test
    void the_draw_falls_into_the_share_of_its_slot() {
        RewardHandler wheel = wheel(List.of(slot("mug", 1, 0), slot("", 2, 1), slot("cap", 1, 2)));

        assertThat(wheel.decide(ATTEMPT, () -> 0.0).wins()).containsExactly(Win.of(new PrizeId("mug")));
        assertThat(wheel.decide(ATTEMPT, () -> 0.2499).wins()).containsExactly(Win.of(new PrizeId("mug")));
        assertThat(wheel.decide(ATTEMPT, () -> 0.25))
                .isEqualTo(new Result(List.of(), Document.of("slot_index", 1L), null));
        assertThat(wheel.decide(ATTEMPT, () -> 0.75).wins()).containsExactly(Win.of(new PrizeId("cap")));
    }

    @Test
    void a_slot_without_weight_is_never_picked_even_by_the_highest_draw() {
        RewardHandler wheel = wheel(List.of(slot("mug", 0, 0), slot("cap", 0.1, 1), slot("car", 0, 2)));

        assertThat(wheel.decide(ATTEMPT, () -> 0.0).wins()).containsExactly(Win.of(new PrizeId("cap")));
        assertThat(wheel.decide(ATTEMPT, () -> Math.nextDown(1.0)).wins()).containsExactly(Win.of(new PrizeId("cap")));
    }

    /** Chi-square over a million draws with three degrees of freedom stays below 16.27 in 999 of 1,000 fair runs. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void seeded_draws_follow_the_weights(long seed) {
        double[] weights = {1, 2, 3, 4};
        RewardHandler wheel = wheel(List.of(slot("a", 1, 0), slot("b", 2, 1), slot("c", 3, 2), slot("d", 4, 3)));
        var random = new SplittableRandom(seed);
        Draws draws = random::nextDouble;
        int total = 1_000_000;

        int[] seen = new int[weights.length];
        for (int i = 0; i < total; i++) {
            Object slot = wheel.decide(ATTEMPT, draws).metadata().values().get("slot_index");
            seen[Integer.parseInt(String.valueOf(slot))]++;
        }

        double chiSquare = 0;
        for (int i = 0; i < weights.length; i++) {
            double expected = total * weights[i] / 10;
            chiSquare += (seen[i] - expected) * (seen[i] - expected) / expected;
        }
        assertThat(chiSquare).isLessThan(16.27);
    }

    @Test
    void configuration_is_refused_by_the_path_of_the_field() {
        assertThat(refused(Map.of("prizes", List.of(Map.of("prize_id", "mug", "probability", "often")))))
                .isEqualTo("handler_config.prizes[0].probability");
        assertThat(refused(Map.of("prizes", List.of(slot("mug", -1, 0)))))
                .isEqualTo("handler_config.prizes[0].probability");
        assertThat(refused(Map.of("prizes", List.of(slot("a mug", 1, 0)))))
                .isEqualTo("handler_config.prizes[0].prize_id");
        assertThat(refused(Map.of("prizes", List.of(slot("mug", 0, 0))))).isEqualTo("handler_config.prizes");
        assertThat(refused(Map.of("prizes", List.of()))).isEqualTo("handler_config.prizes");
        assertThat(refused(Map.of())).isEqualTo("handler_config.prizes");
        assertThat(refused(Map.of("prizes", List.of(slot("mug", 1, 0)), "luck", 7)))
                .isEqualTo("handler_config.luck");
        assertThat(refused(Map.of("prizes", List.of(Map.of("probability", 1, "colour", "red")))))
                .isEqualTo("handler_config.prizes[0].colour");
    }

    private static Map<String, Object> slot(String prize, double weight, long index) {
        return Map.of("prize_id", prize, "probability", weight, "slot_index", index);
    }

    private static RewardHandler wheel(List<Map<String, Object>> slots) {
        Shaping shaping = shape(Map.of("prizes", slots));
        assertThat(shaping).isInstanceOf(Shaping.Shaped.class);
        return ((Shaping.Shaped) shaping).shape().rewardHandler();
    }

    private static String refused(Map<String, Object> config) {
        Shaping shaping = shape(config);
        assertThat(shaping).isInstanceOf(Shaping.ConfigurationRefused.class);
        List<FieldViolation> violations = ((Shaping.ConfigurationRefused) shaping).violations();
        assertThat(violations).hasSize(1);
        return violations.getFirst().field();
    }

    private static Shaping shape(Map<String, Object> config) {
        return Shapes.builtIn()
                .shape(
                        new PartNames("none", "basic", "probability"),
                        new Document(Map.copyOf(config)),
                        Document.empty());
    }
}
