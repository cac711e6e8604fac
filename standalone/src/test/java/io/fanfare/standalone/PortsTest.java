package io.fanfare.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void all_ports_move_by_as_much_as_the_api() {
        assertThat(Ports.withApiAt(9080))
                .isEqualTo(new Ports(9080, 9081, 9082, 9083, 9084, 9085, 10_092, 10_093, 16_432));
    }

    @Test
    void the_defaults_are_those_of_the_documentation() {
        assertThat(Ports.withApiAt(8080)).isEqualTo(Ports.DEFAULT);
    }

    @Test
    void a_move_that_leaves_the_range_is_refused_with_the_port_in_question() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ports.withApiAt(60_000))
                .withMessageContaining("67352");
    }

    @Test
    void a_taken_port_is_found_with_its_part_and_its_holder() throws IOException {
        Ports ports = Ports.free();
        try (var taken = new ServerSocket(ports.kafka(), 1, InetAddress.getLoopbackAddress())) {
            assertThat(taken.isBound()).isTrue();

            assertThat(PortCheck.taken(ports)).singleElement().satisfies(found -> {
                assertThat(found.part()).isEqualTo("Kafka");
                assertThat(found.port()).isEqualTo(ports.kafka());
                assertThat(PortCheck.explain(java.util.List.of(found))).contains("--port");
                // Only Linux tells whose socket it is.
                found.holder()
                        .ifPresent(holder -> assertThat(holder.pid())
                                .isEqualTo(ProcessHandle.current().pid()));
            });
        }
    }

    @Test
    void free_ports_are_not_reported() {
        assertThat(PortCheck.taken(Ports.free())).isEmpty();
    }
}
