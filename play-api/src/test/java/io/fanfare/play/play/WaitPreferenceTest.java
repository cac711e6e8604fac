package io.fanfare.play.play;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WaitPreferenceTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "wait=3 | 3",
                "Wait=3 | 3",
                "wait = 3 | 3",
                "wait=\"3\" | 3",
                "wait=03 | 3",
                "respond-async, wait=3 | 3",
                ",, wait=3 ,  | 3",
                "return=minimal; foo=\"some, wait=1; thing\", wait=3 | 3",
                "wait=3; foo=bar ; baz;, handling=lenient | 3",
                "wait=2, wait=4 | 2",
                "wait=60 | 5",
                "wait=99999999999999999999 | 5",
            })
    void says_how_long(String header, int seconds) {
        assertThat(WaitPreference.of(List.of(header))).contains(new WaitPreference(seconds));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "respond-async",
                "wait",
                "wait=",
                "wait=\"\"",
                "wait=0",
                "wait=-1",
                "wait=1.5",
                "wait=soon",
                "wait=soon, wait=3",
                "waiting=3",
                "foo=\"wait=3\"",
                "wait=3 seconds",
                "wait=3, \"",
                "wait=\"3",
                "=3",
            })
    void anything_else_is_ignored(String header) {
        assertThat(WaitPreference.of(List.of(header))).isEmpty();
    }

    @Test
    void several_headers_are_one_list() {
        assertThat(WaitPreference.of(List.of("respond-async", "wait=4", "wait=2")))
                .contains(new WaitPreference(4));
    }

    @Test
    void no_header_is_no_preference() {
        assertThat(WaitPreference.of(List.of())).isEqualTo(Optional.empty());
    }

    @Test
    void a_header_without_end_is_not_read() {
        String padded = "wait=3" + "; foo".repeat(200);

        assertThat(WaitPreference.of(List.of(padded))).isEmpty();
    }
}
