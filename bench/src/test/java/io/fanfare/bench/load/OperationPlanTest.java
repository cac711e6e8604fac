package io.fanfare.bench.load;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanfare.bench.load.Operation.HoldAndPost;
import io.fanfare.bench.load.Operation.Play;
import io.fanfare.bench.load.Operation.Redeem;
import io.fanfare.bench.load.Operation.Transfer;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OperationPlanTest {

    private static final OperationPlan PLAN = new OperationPlan(42, 200, 100);

    @Test
    void the_same_seed_is_the_same_for_each_player_and_no_two_players_do_the_same() {
        assertThat(PLAN.of(7)).isEqualTo(new OperationPlan(42, 200, 100).of(7)).isNotEqualTo(PLAN.of(8));
        assertThat(PLAN.of(7)).isNotEqualTo(new OperationPlan(43, 200, 100).of(7));
    }

    @Test
    void everybody_plays_first() {
        assertThat(PLAN.of(3)).hasSize(103).startsWith(new Play(), new Play(), new Play());
        assertThat(PLAN.total()).isEqualTo(200 * 103);
    }

    @Test
    void everything_that_can_be_done_is_done() {
        assertThat(all().map(Object::getClass).collect(toSet()))
                .isEqualTo(Set.of(Operation.class.getPermittedSubclasses()));
        assertThat(all().flatMap(one -> one instanceof Redeem redeem ? Stream.of(redeem.milestone()) : Stream.empty())
                        .collect(toSet()))
                .containsExactlyInAnyOrder("coffee", "mug", "boost", "bronze", "silver", "gold", "friend", "hero");
    }

    @Test
    void the_first_players_send_around_a_ring() {
        assertThat(receivers(PLAN, 4)).containsOnly(5);
        assertThat(receivers(PLAN, 9)).containsOnly(0);
        assertThat(receivers(new OperationPlan(1, 2, 100), 1)).containsOnly(0);
    }

    @Test
    void others_send_to_anybody_but_themselves() {
        assertThat(receivers(PLAN, 150))
                .hasSizeGreaterThan(5)
                .doesNotContain(150)
                .allMatch(to -> to >= 0 && to < 200);
    }

    @Test
    void no_more_is_spent_of_a_hold_than_it_holds() {
        assertThat(all().flatMap(one -> one instanceof HoldAndPost hold ? Stream.of(hold) : Stream.empty()))
                .isNotEmpty()
                .allMatch(hold -> hold.part() >= 1 && hold.part() <= hold.points());
    }

    @Test
    void one_player_alone_can_send_to_nobody() {
        assertThatThrownBy(() -> new OperationPlan(1, 1, 100)).hasMessageStartingWith("1 players with 100 operations");
    }

    private static Stream<Operation> all() {
        return IntStream.range(0, 20).boxed().flatMap(player -> PLAN.of(player).stream());
    }

    private static Set<Integer> receivers(OperationPlan plan, int player) {
        return plan.of(player).stream()
                .flatMap(one -> one instanceof Transfer transfer ? Stream.of(transfer.to()) : Stream.empty())
                .collect(toSet());
    }
}
