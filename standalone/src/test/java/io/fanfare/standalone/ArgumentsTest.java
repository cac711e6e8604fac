package io.fanfare.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArgumentsTest {

    @Test
    void up_alone_takes_the_defaults() {
        assertThat(parse("up")).isEqualTo(new Arguments.Up(Path.of(".fanfare"), Ports.DEFAULT, false));
    }

    @Test
    void up_takes_folder_port_and_fresh_in_any_order() {
        assertThat(parse("up", "--port", "9080", "--fresh", "--data", "/tmp/two"))
                .isEqualTo(new Arguments.Up(Path.of("/tmp/two"), Ports.withApiAt(9080), true));
    }

    @Test
    void down_and_status_take_a_folder() {
        assertThat(parse("down", "--data", "two")).isEqualTo(new Arguments.Down(Path.of("two")));
        assertThat(parse("status")).isEqualTo(new Arguments.Status(Path.of(".fanfare")));
    }

    @Test
    void what_is_not_understood_is_named() {
        assertThat(parse("up", "--prot", "9080")).isEqualTo(new Arguments.Refused("unknown option --prot"));
        assertThat(parse("up", "--port", "http")).isEqualTo(new Arguments.Refused("--port needs a number, not http"));
        assertThat(parse("up", "--data")).isEqualTo(new Arguments.Refused("--data needs a value"));
        assertThat(parse("dwon")).isEqualTo(new Arguments.Refused("unknown command dwon"));
        assertThat(parse("down", "--fresh")).isEqualTo(new Arguments.Refused("down takes --data only"));
        assertThat(parse()).isInstanceOf(Arguments.Refused.class);
    }

    @Test
    void a_port_out_of_range_is_refused_with_the_reason() {
        assertThat(parse("up", "--port", "60000"))
                .isInstanceOfSatisfying(
                        Arguments.Refused.class,
                        refused ->
                                assertThat(refused.reason()).contains("60000").contains("67352"));
    }

    private static Arguments parse(String... words) {
        return Arguments.parse(List.of(words));
    }
}
