package io.fanfare.ranked;

import static io.fanfare.ranked.OpenStore.ALL_TIME;
import static io.fanfare.ranked.OpenStore.BOARD;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.ranked.Entry.State;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random histories against a list that is sorted anew for every question. */
class RankedStoreSimulationTest {

    private static final int PLAYERS = 400;
    private static final int STEPS = 6_000;

    @TempDir
    private Path directory;

    private final Map<String, Entry> model = new TreeMap<>();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12, 13})
    void answers_as_a_sorted_list_does_across_restarts(long seed) {
        var random = new Random(seed);
        OpenStore store = new OpenStore(directory);
        try {
            for (int step = 0; step < STEPS; step++) {
                change(store, random);
                if (random.nextInt(20) == 0) {
                    compare(store, random);
                }
                if (random.nextInt(1_500) == 0) {
                    store.close();
                    store = new OpenStore(directory);
                }
            }
            compare(store, random);
        } finally {
            store.close();
        }
    }

    private void change(OpenStore store, Random random) {
        String player = "player_" + random.nextInt(PLAYERS);
        if (random.nextInt(10) == 0) {
            store.remove(player);
            model.remove(player);
            return;
        }
        State state = random.nextInt(15) == 0 ? State.FLAGGED : State.LIVE;
        var entry = new Entry(random.nextInt(50) - 10, random.nextInt(5), random.nextInt(9), state);
        store.put(BOARD, ALL_TIME, player, entry);
        model.put(player, entry);
    }

    private void compare(OpenStore store, Random random) {
        List<OrderKey> sorted = model.entrySet().stream()
                .filter(entry -> entry.getValue().state() == State.LIVE)
                .map(entry ->
                        new OrderKey(entry.getValue().score(), entry.getValue().reachedAt(), entry.getKey()))
                .sorted()
                .toList();
        assertThat(store.size()).isEqualTo(sorted.size());
        assertThat(store.listAfter(null, RankedQuery.MAX_LIMIT)).isEqualTo(sorted);
        if (sorted.isEmpty()) {
            return;
        }
        int position = random.nextInt(sorted.size());
        int limit = random.nextInt(12);
        OrderKey key = sorted.get(position);
        assertThat(store.select(position)).contains(key);
        assertThat(store.ahead(key)).isEqualTo(position);
        assertThat(store.listAfter(key, limit)).isEqualTo(slice(sorted, position + 1, position + 1 + limit));
        assertThat(store.listBefore(key, limit)).isEqualTo(slice(sorted, position - limit, position));
        long score = random.nextLong(-15, 45);
        assertThat(store.ahead(OrderKey.firstWith(score)))
                .isEqualTo(
                        sorted.stream().filter(other -> other.score() > score).count());
        String anybody = "player_" + random.nextInt(PLAYERS);
        assertThat(store.placementOf(anybody).map(Placement::entry).orElse(null))
                .isEqualTo(model.get(anybody));
        store.placementOf(key.player())
                .ifPresent(found -> assertThat(found.ahead()).isEqualTo(position));
    }

    private static List<OrderKey> slice(List<OrderKey> sorted, int from, int to) {
        return IntStream.range(Math.max(0, from), Math.min(sorted.size(), to))
                .mapToObj(sorted::get)
                .toList();
    }
}
