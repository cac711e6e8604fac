package io.fanfare.bench.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HeapTest {

    @Test
    void the_pools_of_the_heap_are_added_and_the_others_are_not() throws Exception {
        double used = Heap.used("""
                # HELP jvm_memory_used_bytes The amount of used memory
                jvm_memory_used_bytes{area="heap",id="Eden Space"} 1048576.0
                jvm_memory_used_bytes{area="heap",id="Tenured Gen"} 2.097152E6
                jvm_memory_used_bytes{area="nonheap",id="Metaspace"} 9.9E7
                """);

        assertThat(used).isCloseTo(3, within(0.001));
    }

    @Test
    void metrics_without_a_heap_are_refused() {
        assertThatThrownBy(() -> Heap.used("up 1\n")).hasMessageContaining("jvm_memory_used_bytes");
    }
}
