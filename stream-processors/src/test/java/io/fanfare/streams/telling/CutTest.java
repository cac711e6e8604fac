package io.fanfare.streams.telling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class CutTest {

    private static final String SOURCE = "commands";

    private final Queue<Map<Integer, Long>> committed = new ArrayDeque<>();
    private final Cut cut = new Cut(SOURCE, () -> {}, () -> {
        Map<Integer, Long> next = committed.poll();
        if (next == null) {
            throw new IllegalStateException("nobody answers any more");
        }
        return next;
    });

    @Test
    void what_the_live_generation_has_committed_is_not_told() {
        committed.add(Map.of(0, 10L));

        assertThat(cut.of(SOURCE, 0, 9)).isFalse();
        assertThat(cut.isLive()).isFalse();
    }

    @Test
    void what_it_has_not_committed_waits_until_it_has() {
        committed.add(Map.of(0, 10L));
        committed.add(Map.of(0, 10L));
        committed.add(Map.of(0, 11L));

        assertThat(cut.of(SOURCE, 0, 10)).isFalse();
        assertThat(committed).isEmpty();
    }

    @Test
    void nothing_passes_a_live_generation_that_cannot_be_asked() {
        assertThatThrownBy(() -> cut.of(SOURCE, 0, 0)).hasMessage("nobody answers any more");
    }

    @Test
    void from_the_cut_on_everything_is_told() {
        cut.at(List.of(10L, 20L));

        assertThat(cut.of(SOURCE, 0, 9)).isFalse();
        assertThat(cut.of(SOURCE, 0, 10)).isTrue();
        assertThat(cut.of(SOURCE, 1, 19)).isFalse();
        assertThat(cut.isLive()).isTrue();
    }

    @Test
    void of_other_topics_it_tells_once_it_is_live() {
        assertThat(cut.of("config", 0, 5)).isFalse();

        cut.at(List.of(10L));

        assertThat(cut.of("config", 0, 5)).isTrue();
    }
}
