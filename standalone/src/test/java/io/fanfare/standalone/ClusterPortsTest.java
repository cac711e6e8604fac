package io.fanfare.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClusterPortsTest {

    @Test
    void the_first_instances_are_where_those_of_a_platform_are_and_the_second_ones_behind_them() {
        var ports = ClusterPorts.withApiAt(8080);

        assertThat(ports.first()).isEqualTo(Ports.DEFAULT);
        assertThat(ports).isEqualTo(new ClusterPorts(Ports.DEFAULT, 8086, 8087, 8088));
        assertThat(ports.api(2)).isEqualTo(8086);
        assertThat(ports.streams(1)).isEqualTo(8082);
        assertThat(ports.worker(2)).isEqualTo(8088);
    }

    @Test
    void no_two_parts_share_a_port() {
        assertThat(ClusterPorts.withApiAt(21_080).byPart().values())
                .doesNotHaveDuplicates()
                .hasSize(12);
    }
}
