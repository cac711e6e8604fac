package io.fanfare.bench.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SegmentTest {

    private final Segment segment = new Segment(Map.of(0, 10L, 1, 0L), Map.of(0, 30L, 1, 5L));

    @Test
    void it_is_as_large_as_its_parts() {
        assertThat(segment.size()).isEqualTo(25);
    }

    @Test
    void what_lies_outside_does_not_count() {
        assertThat(segment.done(Map.of(0, 4L, 1, 9L))).isEqualTo(5);
    }

    @Test
    void a_partition_without_a_position_is_not_begun() {
        assertThat(segment.done(Map.of(0, 15L))).isEqualTo(5);
    }
}
