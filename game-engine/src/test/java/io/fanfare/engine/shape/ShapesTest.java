package io.fanfare.engine.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanfare.engine.config.Document;
import io.fanfare.engine.shape.Shapes.PartNames;
import io.fanfare.engine.shape.Shapes.Shaping;
import org.junit.jupiter.api.Test;

class ShapesTest {

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
    void a_name_can_be_registered_once() {
        var builder = Shapes.withBuiltIn();

        assertThatThrownBy(() -> builder.validator("basic", BasicValidation.FORM))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("basic");
    }
}
