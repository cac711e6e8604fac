package io.fanfare.ranked;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RankedStoreReadersTest {

    private static final int PLAYERS = 500;

    @TempDir
    private Path directory;

    @Test
    void readers_see_whole_rankings_while_one_thread_writes() throws InterruptedException, ExecutionException {
        try (var store = new OpenStore(directory);
                var threads = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < PLAYERS; i++) {
                store.put("player_" + i, i, 1);
            }
            var written = new AtomicBoolean();
            List<Future<Integer>> readers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                readers.add(threads.submit(reading(store, written, i)));
            }

            var random = new Random(1);
            for (int i = 0; i < 20_000; i++) {
                store.put("player_" + random.nextInt(PLAYERS), random.nextInt(1_000), i);
            }
            written.set(true);

            for (Future<Integer> reader : readers) {
                assertThat(reader.get()).isPositive();
            }
        }
    }

    /** @return how many times it has looked */
    private static Callable<Integer> reading(OpenStore store, AtomicBoolean written, int seed) {
        var random = new Random(seed);
        return () -> {
            int looks = 0;
            do {
                List<OrderKey> everybody = store.listAfter(null, RankedQuery.MAX_LIMIT);
                assertThat(everybody).hasSize(PLAYERS).isSorted();
                Placement placement =
                        store.placementOf("player_" + random.nextInt(PLAYERS)).orElseThrow();
                assertThat(placement.ahead()).isBetween(0L, PLAYERS - 1L);
                assertThat(placement.key().score()).isEqualTo(placement.entry().score());
                looks++;
            } while (!written.get());
            return looks;
        };
    }
}
