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
    void a_service_is_run_by_its_name() {
        assertThat(parse("run", "play-api")).isEqualTo(new Arguments.Run(ServiceProgram.PLAY_API));
        assertThat(parse("run", "streams")).isEqualTo(new Arguments.Run(ServiceProgram.STREAMS));
        assertThat(parse("run", "worker")).isEqualTo(new Arguments.Run(ServiceProgram.WORKER));
        assertThat(parse("run", "broker"))
                .isEqualTo(new Arguments.Refused("say run play-api, run streams or run worker"));
        assertThat(parse("run")).isInstanceOf(Arguments.Refused.class);
    }

    @Test
    void a_cluster_goes_up_where_it_is_told_or_where_it_was() {
        assertThat(parse("cluster", "up", "--port", "9080", "--data", "two"))
                .isEqualTo(new Arguments.ClusterUp(Path.of("two"), ClusterPorts.withApiAt(9080)));
        assertThat(parse("cluster", "up")).isEqualTo(new Arguments.ClusterUp(Path.of(".fanfare"), null));
        assertThat(parse("cluster", "down", "--data", "two")).isEqualTo(new Arguments.ClusterDown(Path.of("two")));
        assertThat(parse("cluster", "status")).isEqualTo(new Arguments.ClusterStatus(Path.of(".fanfare")));
        assertThat(parse("cluster", "down", "--port", "9080"))
                .isEqualTo(new Arguments.Refused("cluster down takes --data only"));
        assertThat(parse("cluster", "sideways")).isInstanceOf(Arguments.Refused.class);
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
