package io.fanfare.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where there is no Node its tests are skipped, but not where everything has to be tested. */
class NodeProjectTest {

    @Test
    void tests_run_with_node_18_and_newer() {
        assertThat(NodeProject.judge(Optional.of("v18.20.4"), true).isDisabled())
                .isFalse();
        assertThat(NodeProject.judge(Optional.of("v24.0.0"), false).isDisabled())
                .isFalse();
    }

    @Test
    void without_node_they_are_skipped() {
        assertThat(NodeProject.judge(Optional.empty(), false).isDisabled()).isTrue();
        assertThat(NodeProject.judge(Optional.of("v16.3.0"), false).isDisabled())
                .isTrue();
    }

    @Test
    void where_nothing_may_be_skipped_they_fail() {
        assertThatThrownBy(() -> NodeProject.judge(Optional.empty(), true))
                .hasMessageContaining("needs Node 18 or newer");
        assertThatThrownBy(() -> NodeProject.judge(Optional.of("v16.3.0"), true))
                .hasMessageContaining("found v16.3.0");
    }
}
