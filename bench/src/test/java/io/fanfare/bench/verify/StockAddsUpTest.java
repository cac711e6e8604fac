package io.fanfare.bench.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.bench.verify.Snapshot.CodeRow;
import io.fanfare.bench.verify.Snapshot.RewardRow;
import io.fanfare.bench.verify.Snapshot.StockMovement;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StockAddsUpTest {

    private final World world = World.ofThree();

    @Test
    void holds_where_all_is_well() {
        Check check = check();

        assertThat(check.examples()).isEmpty();
        assertThat(check.passed()).isTrue();
    }

    @Test
    void a_unit_that_vanished_is_reported() {
        world.prizes.replaceAll(prize -> World.remaining(prize, -1));

        assertViolated("prize acme/coffee: 3 put in, 1 remain, 1 awarded");
    }

    @Test
    void a_unit_that_came_back_is_in_stock_again() {
        world.rewards.replaceAll(reward -> reward.prizeRef().equals(World.VOUCHER) ? returned(reward) : reward);

        assertViolated("prize acme/coffee: 3 put in, 2 remain, 0 awarded");
        world.prizes.replaceAll(prize -> prize.id().equals(World.VOUCHER) ? World.remaining(prize, 1) : prize);
        assertThat(check().passed()).isTrue();
    }

    @Test
    void stock_below_zero_is_reported() {
        world.prizes.replaceAll(prize -> World.remaining(prize, -3));

        assertViolated("-1 of prize acme/coffee remain");
    }

    @Test
    void a_movement_that_nobody_wrote_down_is_reported() {
        world.movements.add(new StockMovement(World.VOUCHER, 5));

        assertViolated("movements put 8 of prize acme/coffee in, its total says 3");
    }

    @Test
    void a_code_that_two_players_hold_is_reported() {
        world.winsVoucher("linus", "A");

        assertViolated("one code of prize acme/coffee is held by acme/grace and by acme/linus");
    }

    @Test
    void a_code_that_is_marked_free_and_held_is_reported() {
        world.codes.set(0, new CodeRow(World.VOUCHER, "A", null));

        assertViolated("reward acme/reward2 has a code that was not given to it");
    }

    @Test
    void a_code_that_is_given_to_nobody_is_reported() {
        world.codes.set(1, new CodeRow(World.VOUCHER, "B", "nobody"));

        assertViolated("was given to reward nobody, which does not exist");
    }

    @Test
    void a_voucher_without_its_code_is_reported() {
        world.rewards.replaceAll(reward -> withCode(reward, null));

        assertViolated("reward acme/reward2 needs a code and has none");
    }

    private Check check() {
        return StockAddsUp.check(world.snapshot());
    }

    private void assertViolated(String what) {
        assertThat(check().passed()).isFalse();
        assertThat(check().examples()).anySatisfy(example -> assertThat(example).contains(what));
    }

    private static RewardRow returned(RewardRow reward) {
        return new RewardRow(
                reward.id(),
                reward.player(),
                reward.prize(),
                reward.play(),
                reward.ordinal(),
                reward.type(),
                reward.quantity(),
                reward.value(),
                reward.code(),
                reward.at(),
                true);
    }

    private static RewardRow withCode(RewardRow reward, @Nullable String code) {
        return new RewardRow(
                reward.id(),
                reward.player(),
                reward.prize(),
                reward.play(),
                reward.ordinal(),
                reward.type(),
                reward.quantity(),
                reward.value(),
                code,
                reward.at(),
                reward.isUnitReturned());
    }
}
