package io.fanfare.bench.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.bench.verify.Snapshot.AwardRow;
import io.fanfare.bench.verify.Snapshot.CodeRow;
import io.fanfare.bench.verify.Snapshot.Life;
import io.fanfare.bench.verify.Snapshot.RedemptionRow;
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

        world.redemptions.add(pending("C"));

        assertThat(check().examples()).isEmpty();
        assertThat(check().passed()).isTrue();
    }

    @Test
    void a_redemption_that_reserves_another_code_is_reported() {
        world.prizes.replaceAll(prize -> prize.id().equals(World.VOUCHER) ? World.remaining(prize, -1) : prize);
        world.codes.replaceAll(
                code -> code.code().equals("C") ? new CodeRow(code.prize(), "C", "reward_to_be", false) : code);

        world.redemptions.add(pending("B"));

        assertViolated("a code of prize acme/coffee is reserved by redemption acme/rdm_1, which has another");
    }

    private static RedemptionRow pending(String code) {
        return redemption(code, null, "pending");
    }

    private static RedemptionRow redemption(@Nullable String code, @Nullable String award, String status) {
        var ada = new Ref(World.TENANT, "ada");
        return new RedemptionRow(
                new Reservation(
                        new Ref(World.TENANT, "rdm_1"),
                        ada,
                        World.VOUCHER.id(),
                        new Ref(World.TENANT, "reward_to_be"),
                        code,
                        true,
                        World.MORNING),
                new Wallet(World.TENANT, World.SCOPE, "ada"),
                2,
                null,
                award,
                status,
                status.equals("refused") ? "INSUFFICIENT_BALANCE" : null,
                "key");
    }

    private static AwardRow award(String status, @Nullable String redemption, @Nullable String reward) {
        return new AwardRow(
                new Ref(World.TENANT, "award_1"),
                new Ref(World.TENANT, "ada"),
                "camp/wheel/gold",
                status,
                redemption,
                reward);
    }

    @Test
    void what_a_refused_redemption_still_reserves_is_reported() {
        world.prizes.replaceAll(prize -> prize.id().equals(World.VOUCHER) ? World.remaining(prize, -1) : prize);
        world.codes.replaceAll(
                code -> code.code().equals("C") ? new CodeRow(code.prize(), "C", "reward_to_be", false) : code);
        world.redemptions.add(redemption("C", null, "refused"));

        assertViolated("prize acme/coffee: 3 put in, 1 remain, 1 awarded, 0 reserved");
        assertViolated("a code of prize acme/coffee is still reserved by redemption acme/rdm_1, which is refused");
    }

    @Test
    void a_granted_redemption_without_its_reward_is_reported() {
        world.redemptions.add(redemption(null, null, "granted"));

        assertViolated("redemption acme/rdm_1 is granted, and its reward acme/reward_to_be does not exist");
    }

    @Test
    void a_reward_of_a_redemption_that_was_not_granted_is_reported() {
        RewardRow won = world.rewards.getFirst();
        world.rewards.add(new RewardRow(
                new Ref(World.TENANT, "reward_to_be"),
                won.player(),
                won.prize(),
                null,
                0,
                won.type(),
                null,
                1,
                won.value(),
                null,
                won.at(),
                won.life()));
        world.redemptions.add(redemption(null, null, "refused"));

        assertViolated("redemption acme/rdm_1 is refused, and its reward acme/reward_to_be exists");
    }

    @Test
    void a_redemption_with_somebody_elses_reward_is_reported() {
        RedemptionRow granted = redemption(null, null, "granted");
        Reservation unit = granted.unit();
        world.redemptions.add(new RedemptionRow(
                new Reservation(
                        unit.redemption(),
                        new Ref(World.TENANT, "linus"),
                        unit.prize(),
                        new Ref(World.TENANT, "reward2"),
                        null,
                        true,
                        unit.at()),
                granted.wallet(),
                granted.number(),
                null,
                null,
                "granted",
                null,
                null));

        assertViolated(
                "redemption acme/rdm_1 by acme/linus of prize acme/coffee has reward acme/reward2 of acme/grace, of prize acme/coffee");
    }

    @Test
    void what_can_be_had_once_is_held_by_the_redemption_that_is_pending() {
        world.prizes.replaceAll(prize -> prize.id().equals(World.VOUCHER) ? World.remaining(prize, -1) : prize);
        world.redemptions.add(redemption(null, "award_1", "pending"));
        assertViolated("redemption acme/rdm_1 is pending, and nobody has reserved award acme/award_1");

        world.awards.add(award("reserved", "rdm_1", null));

        assertThat(check().examples()).isEmpty();
    }

    @Test
    void what_is_held_by_a_redemption_that_has_ended_is_reported() {
        world.redemptions.add(redemption(null, "award_1", "refused"));
        world.awards.add(award("reserved", "rdm_1", null));

        assertViolated("award acme/award_1 is reserved by redemption rdm_1, which is refused");
    }

    @Test
    void what_is_held_by_nobody_is_reported() {
        world.awards.add(award("reserved", "rdm_1", null));

        assertViolated("award acme/award_1 is reserved by redemption rdm_1, which is not there");
    }

    @Test
    void what_was_awarded_without_a_reward_is_reported() {
        world.awards.add(award("awarded", null, "reward_to_be"));

        assertViolated("award acme/award_1 of acme/ada is awarded, and its reward is null");
    }

    @Test
    void what_can_be_had_once_and_was_had_twice_is_reported() {
        RedemptionRow granted = redemption(null, "award_1", "granted");
        world.redemptions.add(granted);
        Reservation unit = granted.unit();
        world.redemptions.add(new RedemptionRow(
                new Reservation(
                        new Ref(World.TENANT, "rdm_2"),
                        unit.player(),
                        unit.prize(),
                        unit.reward(),
                        null,
                        true,
                        unit.at()),
                granted.wallet(),
                3,
                null,
                "award_1",
                "granted",
                null,
                null));

        assertViolated("award acme/award_1 was granted to redemption acme/rdm_1 and to acme/rdm_2");
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
    void a_voucher_that_needed_a_code_then_is_reported_without_one_though_it_needs_none_by_now() {
        world.rewards.replaceAll(reward -> withCode(reward, null));

        world.revise(World.VOUCHER, 2, World.MORNING.plusSeconds(600), 1, 1, false);

        assertViolated("reward acme/reward2 needs a code and has none");
    }

    @Test
    void a_voucher_that_needed_no_code_then_is_well_without_one_though_it_needs_one_by_now() {
        world.rewards.replaceAll(reward -> withCode(reward, null));
        world.codes.replaceAll(code -> new CodeRow(code.prize(), code.code(), null, false));
        world.revise(World.VOUCHER, 2, World.LONG_AGO.plusSeconds(1), 1, 1, false);

        world.revise(World.VOUCHER, 3, World.MORNING.plusSeconds(600), 1, 1, true);

        assertThat(check().examples()).isEmpty();
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
                reward.item(),
                reward.quantity(),
                reward.value(),
                code,
                reward.at(),
                reward.life());
    }
}
