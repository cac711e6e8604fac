package io.fanfare.engine.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpaqueIdTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "Z", "0", "_", "-", ".", "player-7_B.x"})
    void takes_letters_digits_and_three_signs(String id) {
        assertThat(OpaqueId.require("player", id)).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a/b", "a:b", "ä", "a\u0000", "a\n", "a@b", "[", "`", "{", "😀"})
    void takes_nothing_else(String id) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OpaqueId.require("player", id))
                .withMessageContaining("player is '%s'", id);
    }

    @Test
    void has_at_most_a_hundred_characters() {
        assertThat(OpaqueId.isValid("a".repeat(100))).isTrue();
        assertThat(OpaqueId.isValid("a".repeat(101))).isFalse();
    }
}
