package io.fanfare.ranked;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CountedTreeTest {

    private final CountedTree tree = new CountedTree();

    @Test
    void an_empty_tree_has_nothing_below_any_key() {
        assertThat(tree.size()).isZero();
        assertThat(tree.countBelow(key("a"))).isZero();
        assertThat(keys(0, 10)).isEmpty();
    }

    @Test
    void a_key_counts_once() {
        tree.add(key("a"));

        boolean again = tree.add(key("a"));

        assertThat(again).isFalse();
        assertThat(tree.size()).isOne();
    }

    @Test
    void removing_what_is_not_there_changes_nothing() {
        tree.add(key("a"));

        boolean removed = tree.remove(key("b"));

        assertThat(removed).isFalse();
        assertThat(tree.size()).isOne();
    }

    @Test
    void bytes_compare_unsigned_and_a_prefix_comes_first() {
        byte[] high = {(byte) 0xff};
        byte[] low = {0x01};
        byte[] longer = {0x01, 0x00};

        tree.add(high);
        tree.add(longer);
        tree.add(low);

        assertThat(tree.countBelow(high)).isEqualTo(2);
        assertThat(tree.countBelow(longer)).isEqualTo(1);
    }

    @Test
    void a_negative_position_is_refused() {
        assertThatThrownBy(() -> keys(-1, 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void agrees_with_a_sorted_set_while_it_grows_and_shrinks(long seed) {
        var random = new Random(seed);
        var model = new TreeSet<byte[]>(Arrays::compareUnsigned);

        for (int round = 0; round < 6; round++) {
            boolean growing = round % 2 == 0;
            for (int i = 0; i < 15_000; i++) {
                byte[] key = randomKey(random);
                if (random.nextInt(10) < 8 == growing) {
                    assertThat(tree.add(key)).isEqualTo(model.add(key));
                } else {
                    byte[] victim = model.isEmpty() ? key : near(model, key);
                    assertThat(tree.remove(victim)).isEqualTo(model.remove(victim));
                }
            }
            requireSame(model, random);
        }
        for (byte[] key : List.copyOf(model)) {
            assertThat(tree.remove(key)).isTrue();
            model.remove(key);
        }
        requireSame(model, random);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {7, 8})
    void agrees_with_a_sorted_set_when_neighbours_go_one_after_the_other(long seed) {
        var random = new Random(seed);
        var model = new TreeSet<byte[]>(Arrays::compareUnsigned);
        for (int i = 0; i < 40_000; i++) {
            byte[] key = randomKey(random);
            tree.add(key);
            model.add(key);
        }

        while (model.size() > 100) {
            byte[] from = near(model, randomKey(random));
            for (byte[] key :
                    List.copyOf(model.tailSet(from)).stream().limit(3_000).toList()) {
                assertThat(tree.remove(key)).isTrue();
                model.remove(key);
            }
            requireSame(model, random);
        }
    }

    private void requireSame(NavigableSet<byte[]> model, Random random) {
        List<byte[]> sorted = List.copyOf(model);
        assertThat(tree.size()).isEqualTo(sorted.size());
        List<byte[]> ours = keys(0, Integer.MAX_VALUE);
        assertThat(ours).hasSameSizeAs(sorted);
        for (int i = 0; i < sorted.size(); i++) {
            assertThat(Arrays.equals(ours.get(i), sorted.get(i))).isTrue();
        }
        for (int i = 0; i < 200 && !sorted.isEmpty(); i++) {
            int position = random.nextInt(sorted.size());
            assertThat(tree.countBelow(sorted.get(position))).isEqualTo(position);
            assertThat(keys(position, 1).getFirst()).isEqualTo(sorted.get(position));
            byte[] anywhere = randomKey(random);
            assertThat(tree.countBelow(anywhere))
                    .isEqualTo(model.headSet(anywhere).size());
        }
    }

    private List<byte[]> keys(int from, int limit) {
        var keys = new ArrayList<byte[]>();
        tree.visit(from, limit, keys::add);
        return keys;
    }

    private static byte[] near(NavigableSet<byte[]> model, byte[] key) {
        byte[] ceiling = model.ceiling(key);
        return ceiling == null ? model.first() : ceiling;
    }

    private static byte[] randomKey(Random random) {
        byte[] key = new byte[1 + random.nextInt(6)];
        random.nextBytes(key);
        return key;
    }

    private static byte[] key(String text) {
        return text.getBytes(UTF_8);
    }
}
