package io.fanfare.ranked;

import static io.fanfare.ranked.OpenStore.ALL_TIME;
import static io.fanfare.ranked.OpenStore.BOARD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanfare.ranked.Entry.State;
import io.fanfare.ranked.RankedQuery.ListAfter;
import io.fanfare.ranked.RankedQuery.LookAround;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RankedStoreTest {

    @TempDir
    private Path directory;

    private OpenStore store;

    @BeforeEach
    void open() {
        store = new OpenStore(directory);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void a_higher_score_is_ahead() {
        store.put("ada", 10, 5);
        store.put("grace", 30, 5);
        store.put("linus", 20, 5);

        assertThat(store.players()).containsExactly("grace", "linus", "ada");
        assertThat(store.placementOf("linus").orElseThrow().ahead()).isEqualTo(1);
    }

    @Test
    void of_equal_scores_the_earlier_is_ahead_and_then_the_smaller_player_id() {
        store.put("linus", 10, 5);
        store.put("grace", 10, 4);
        store.put("ada", 10, 5);

        assertThat(store.players()).containsExactly("grace", "ada", "linus");
    }

    @Test
    void a_new_score_moves_the_player() {
        store.put("ada", 10, 5);
        store.put("grace", 30, 5);

        store.put("ada", 40, 6);

        assertThat(store.players()).containsExactly("ada", "grace");
        assertThat(store.size()).isEqualTo(2);
    }

    @Test
    void entries_that_are_not_live_are_out_of_the_ranking_but_found() {
        store.put("ada", 10, 5);
        store.put(BOARD, ALL_TIME, "grace", new Entry(30, 5, 1, State.FLAGGED));
        store.put(BOARD, ALL_TIME, "linus", new Entry(20, 5, 1, State.DISQUALIFIED));

        Placement flagged = store.placementOf("grace").orElseThrow();

        assertThat(store.players()).containsExactly("ada");
        assertThat(flagged.entry().state()).isEqualTo(State.FLAGGED);
        assertThat(store.placementOf("ada").orElseThrow().ahead()).isZero();
    }

    @Test
    void an_entry_that_becomes_live_again_is_ranked_again() {
        store.put(BOARD, ALL_TIME, "grace", new Entry(30, 5, 1, State.FLAGGED));

        store.put(BOARD, ALL_TIME, "grace", new Entry(30, 5, 1, State.LIVE));

        assertThat(store.players()).containsExactly("grace");
    }

    @Test
    void boards_and_windows_do_not_mix() {
        store.put(BOARD, ALL_TIME, "ada", new Entry(1, 5, 1, State.LIVE));
        store.put(BOARD, "2026-W31", "grace", new Entry(1, 5, 1, State.LIVE));
        store.put("board_2", ALL_TIME, "linus", new Entry(1, 5, 1, State.LIVE));

        assertThat(store.players(BOARD, ALL_TIME)).containsExactly("ada");
        assertThat(store.players(BOARD, "2026-W31")).containsExactly("grace");
        assertThat(store.players("board_2", ALL_TIME)).containsExactly("linus");
    }

    @Test
    void a_page_goes_on_behind_the_last_key_even_when_that_entry_has_moved() {
        store.put("ada", 40, 1);
        store.put("grace", 30, 1);
        store.put("linus", 20, 1);
        OrderKey last = store.listAfter(null, 2).getLast();

        store.put("grace", 50, 2);

        assertThat(store.listAfter(last, 10)).extracting(OrderKey::player).containsExactly("linus");
    }

    @Test
    void neighbours_are_found_on_both_sides() {
        for (int i = 0; i < 10; i++) {
            store.put("player_" + i, i, 1);
        }
        OrderKey middle = store.placementOf("player_5").orElseThrow().key();

        assertThat(store.listBefore(middle, 2)).extracting(OrderKey::player).containsExactly("player_7", "player_6");
        assertThat(store.listAfter(middle, 2)).extracting(OrderKey::player).containsExactly("player_4", "player_3");
    }

    @Test
    void everybody_with_the_same_score_is_behind_the_first_key_of_that_score() {
        store.put("ada", 20, -3);
        store.put("grace", 10, Long.MIN_VALUE);
        store.put("linus", 10, 1);

        assertThat(store.ahead(OrderKey.firstWith(10))).isEqualTo(1);
        assertThat(store.ahead(OrderKey.firstWith(9))).isEqualTo(3);
    }

    @Test
    void surroundings_come_from_one_look() {
        store.put("ada", 40, 1);
        store.put("grace", 30, 1);
        store.put("linus", 30, 2);
        store.put("margaret", 10, 1);
        OrderKey linus = store.placementOf("linus").orElseThrow().key();

        Surroundings around = store.ask(new LookAround(BOARD, ALL_TIME, linus, 1, 5));

        assertThat(around.size()).isEqualTo(4);
        assertThat(around.ahead()).isEqualTo(2);
        assertThat(around.aheadOrAt()).isEqualTo(3);
        assertThat(around.aheadOfScore()).isEqualTo(1);
        assertThat(around.before()).extracting(OrderKey::player).containsExactly("grace");
        assertThat(around.after()).extracting(OrderKey::player).containsExactly("margaret");
    }

    @Test
    void surroundings_of_several_stores_add_up() {
        var key = new OrderKey(30, 2, "linus");
        var first =
                new Surroundings(3, 2, 1, 1, List.of(new OrderKey(40, 1, "a"), new OrderKey(30, 1, "c")), List.of());
        var second = new Surroundings(2, 1, 1, 0, List.of(new OrderKey(35, 1, "b")), List.of(new OrderKey(9, 1, "z")));

        Surroundings merged = Surroundings.merged(List.of(first, second), 2, 2);

        assertThat(merged)
                .isEqualTo(new Surroundings(
                        5,
                        3,
                        2,
                        1,
                        List.of(new OrderKey(35, 1, "b"), new OrderKey(30, 1, "c")),
                        List.of(new OrderKey(9, 1, "z"))));
        assertThat(merged.before()).isSorted().allMatch(before -> before.compareTo(key) < 0);
    }

    @Test
    void an_unknown_board_is_empty_and_an_unknown_player_absent() {
        assertThat(store.players("board_9", ALL_TIME)).isEmpty();
        assertThat(store.placementOf("ada")).isEmpty();
        assertThat(store.select(0)).isEmpty();
    }

    @Test
    void the_order_is_rebuilt_when_the_store_is_opened_again() {
        store.put("ada", 10, 5);
        store.put("grace", 30, 5);
        store.put("linus", 20, 5);
        store.remove("linus");
        store.close();

        store = new OpenStore(directory);

        assertThat(store.players()).containsExactly("grace", "ada");
    }

    @Test
    void restoration_from_the_changelog_is_ranked_too() {
        store.put("ada", 10, 5);

        store.restore(List.of(
                OpenStore.change("grace", new Entry(5, 1, 1, State.LIVE)),
                OpenStore.change("grace", new Entry(30, 5, 2, State.LIVE)),
                OpenStore.change("linus", new Entry(20, 5, 1, State.LIVE)),
                OpenStore.change("ada", null)));

        assertThat(store.players()).containsExactly("grace", "linus");
        assertThat(store.placementOf("grace").orElseThrow().entry().plays()).isEqualTo(2);
    }

    @Test
    void a_closed_store_gives_no_answer_rather_than_an_empty_one() {
        store.put("ada", 10, 5);

        store.close();

        assertThatThrownBy(store::players).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_page_without_bound_is_refused() {
        assertThatThrownBy(() -> new ListAfter(BOARD, ALL_TIME, null, RankedQuery.MAX_LIMIT + 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("10001");
    }

    @Test
    void a_name_with_a_separator_is_refused() {
        assertThatThrownBy(() -> new EntryKey("board\0x", ALL_TIME, "ada"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
