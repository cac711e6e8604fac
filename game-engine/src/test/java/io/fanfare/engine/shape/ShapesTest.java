package io.fanfare.engine.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanfare.engine.config.Document;
import io.fanfare.engine.fairness.Draws;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.shape.Shapes.PartNames;
import io.fanfare.engine.shape.Shapes.Shaping;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ShapesTest {

    /** A shape from outside the engine: everybody wins the same. */
    private record EverybodyWins(PrizeId prize) implements RewardHandler {

        @Override
        public Set<String> inputFields() {
            return Set.of();
        }

        @Override
        public Set<PrizeId> prizes() {
            return Set.of(prize);
        }

        @Override
        public Result decide(Attempt attempt, Draws draws) {
            return new Result(List.of(new Win(prize, 1)), Document.empty(), null);
        }
    }

    @Test
    void a_part_that_is_not_registered_is_named_with_what_there_is() {
        Shaping shaping =
                Shapes.builtIn().shape(new PartNames("none", "basic", "telepathy"), Document.empty(), Document.empty());

        assertThat(shaping).isInstanceOfSatisfying(Shaping.UnknownPart.class, unknown -> {
            assertThat(unknown.field()).isEqualTo("reward_handler");
            assertThat(unknown.name()).isEqualTo("telepathy");
            assertThat(unknown.known()).contains("probability");
        });
    }

    @Test
    void a_new_shape_is_one_registration() {
        Shapes shapes = Shapes.withBuiltIn()
                .rewardHandler("everybody_wins", fields -> new EverybodyWins(new PrizeId(fields.text("prize_id"))))
                .build();

        Shaping shaping = shapes.shape(
                new PartNames("none", "basic", "everybody_wins"),
                new Document(Map.of("prize_id", "mug")),
                Document.empty());

        assertThat(shaping)
                .isInstanceOfSatisfying(
                        Shaping.Shaped.class,
                        shaped -> assertThat(shaped.shape().rewardHandler().prizes())
                                .containsExactly(new PrizeId("mug")));
    }

    @Test
    void a_name_can_be_registered_once() {
        var builder = Shapes.withBuiltIn();

        assertThatThrownBy(() -> builder.validator("basic", BasicValidation::read))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("basic");
    }
}
