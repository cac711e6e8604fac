package io.fanfare.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WordsTest {

    @Test
    void are_sorted_into_options_and_the_rest() {
        Words words = words("plays", "--json", "--filter", "won=true", "--filter", "score=3", "--player", "ada");

        assertThat(words.has("--json")).isTrue();
        assertThat(words.all("--filter")).containsExactly("won=true", "score=3");
        assertThat(words.one("--player")).hasValue("ada");
        assertThat(words.only()).hasValue("plays");
    }

    @Test
    void take_an_amount_below_zero_for_no_option() {
        assertThat(words("-2h").only()).hasValue("-2h");
        assertThat(words("-P1D").only()).hasValue("-P1D");
        assertThat(words("--player", "-10").one("--player")).hasValue("-10");
    }

    @Test
    void refuse_an_option_that_nobody_knows() {
        assertThatThrownBy(() -> words("--plyer", "ada"))
                .isInstanceOf(NotUnderstood.class)
                .hasMessage("tail does not know --plyer");
    }

    @Test
    void refuse_an_option_without_its_value() {
        assertThatThrownBy(() -> words("--player")).hasMessage("--player needs a value");
    }

    @Test
    void refuse_two_values_where_there_is_one() {
        assertThatThrownBy(() -> words("--player", "ada", "--player", "grace").one("--player"))
                .hasMessage("--player is given more than once: ada, grace");
    }

    @Test
    void refuse_a_number_out_of_bounds() {
        assertThat(words("--player", "7").number("--player", 1, 1, 10)).isEqualTo(7);
        assertThat(words().number("--player", 1, 1, 10)).isEqualTo(1);
        assertThatThrownBy(() -> words("--player", "11").number("--player", 1, 1, 10))
                .hasMessage("--player needs a number from 1 to 10, not '11'");
    }

    @Test
    void refuse_a_second_word_where_one_is_wanted() {
        assertThatThrownBy(() -> words("plays", "config").only())
                .hasMessage("tail does not know what to do with config");
    }

    private static Words words(String... line) {
        return Words.of("tail", List.of(line), Set.of("--json"), Set.of("--player", "--filter"));
    }
}
