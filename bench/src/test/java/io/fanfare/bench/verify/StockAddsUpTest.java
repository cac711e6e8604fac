package io.fanfare.bench.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.bench.verify.Snapshot.CodeRow;
import io.fanfare.bench.verify.Snapshot.Life;
import io.fanfare.bench.verify.Snapshot.Reservation;
import io.fanfare.bench.verify.Snapshot.RewardRow;
import io.fanfare.bench.verify.Snapshot.StepRow;
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

        assertViolated("prize acme/coffee: 3 put in, 1 remain, 1 awarded, 0 reserved");
    }

    @Test
    void what_is_set_aside_for_a_redemption_is_accounted_for() {
        world.prizes.replaceAll(prize -> prize.id().equals(World.VOUCHER) ? World.remaining(prize, -1) : prize);
        world.codes.replaceAll(
                code -> code.code().equals("C") ? new CodeRow(code.prize(), "C", "reward_to_be", false) : code);
        assertViolated("prize acme/coffee: 3 put in, 1 remain, 1 awarded, 0 reserved");
        assertViolated("a code of prize acme/coffee was given to reward reward_to_be, which does not exist");

        world.reservations.add(reservation("C"));

        assertThat(check().examples()).isEmpty();
        assertThat(check().passed()).isTrue();
    }

    @Test
    void a_redemption_that_reserves_another_code_is_reported() {
        world.prizes.replaceAll(prize -> prize.id().equals(World.VOUCHER) ? World.remaining(prize, -1) : prize);
        world.codes.replaceAll(
                code -> code.code().equals("C") ? new CodeRow(code.prize(), "C", "reward_to_be", false) : code);

        world.reservations.add(reservation("B"));

        assertViolated("a code of prize acme/coffee is reserved by redemption acme/rdm_1, which has another");
    }

    private static Reservation reservation(String code) {
        return new Reservation(
                new Ref(World.TENANT, "rdm_1"),
                new Ref(World.TENANT, "ada"),
                World.VOUCHER.id(),
                new Ref(World.TENANT, "reward_to_be"),
                code,
                true,
                World.MORNING);
    }

    @Test
    void a_unit_that_came_back_is_in_stock_again() {
        revokeVoucher(true);

        assertViolated("prize acme/coffee: 3 put in, 2 remain, 0 awarded, 0 reserved");
        world.prizes.replaceAll(prize -> prize.id().equals(World.VOUCHER) ? World.remaining(prize, 1) : prize);
        assertThat(check().examples()).isEmpty();
        assertThat(check().passed()).isTrue();
    }

    @Test
    void a_revoked_reward_that_kept_its_unit_is_reported() {
        revokeVoucher(false);

        assertViolated("reward acme/reward2 is revoked, and its unit has not come back");
    }

    @Test
    void what_was_fulfilled_may_stay_away() {
        revokeVoucher(false);
        world.live(World.VOUCHER, new Life("revoked", true, false));

        assertThat(check().examples()).isEmpty();
    }

    @Test
    void a_unit_that_came_back_from_a_good_reward_is_reported() {
        world.live(World.VOUCHER, new Life("won", false, true));

        assertViolated("reward acme/reward2 is won, a voucher, and its unit is in stock again");
    }

    @Test
    void a_credit_that_came_back_to_stock_is_reported() {
        world.live(World.POINTS, new Life("revoked", true, true));

        assertViolated("reward acme/reward1 is revoked, a points, and its unit is in stock again");
    }

    @Test
    void a_revoked_reward_with_a_good_code_is_reported() {
        revokeVoucher(true);
        world.codes.set(0, new CodeRow(World.VOUCHER, "A", "reward2", false));

        assertViolated("reward acme/reward2 is revoked, and its code is good");
    }

    @Test
    void a_good_reward_with_a_void_code_is_reported() {
        world.codes.set(0, new CodeRow(World.VOUCHER, "A", "reward2", true));

        assertViolated("reward acme/reward2 is won, and its code is void");
    }

    @Test
    void a_state_that_no_step_led_to_is_reported() {
        world.live(World.VOUCHER, new Life("claimed", false, false));

        assertViolated("reward acme/reward2 is claimed after []");
    }

    @Test
    void a_step_that_is_missing_is_reported() {
        world.steps.add(new StepRow(new Ref(World.TENANT, "reward2"), 2, "claim"));

        assertViolated("reward acme/reward2 has step 2 in place of 1");
    }

    @Test
    void what_nobody_configured_is_credited_and_takes_nothing_from_stock() {
        world.winsItem("grace", "shell");

        assertThat(check().examples()).isEmpty();
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
        world.codes.set(0, new CodeRow(World.VOUCHER, "A", null, false));

        assertViolated("reward acme/reward2 has a code that was not given to it");
    }

    @Test
    void a_code_that_is_given_to_nobody_is_reported() {
        world.codes.set(1, new CodeRow(World.VOUCHER, "B", "nobody", false));

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

    private void revokeVoucher(boolean isUnitReturned) {
        world.live(World.VOUCHER, new Life("revoked", false, isUnitReturned));
        world.steps.add(new StepRow(new Ref(World.TENANT, "reward2"), 1, "revoke"));
        world.codes.set(0, new CodeRow(World.VOUCHER, "A", "reward2", true));
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
                reward.life());
    }
}
