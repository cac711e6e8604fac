package io.fanfare.bench.verify;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.bench.verify.Snapshot.AwardRow;
import io.fanfare.bench.verify.Snapshot.CommandRow;
import io.fanfare.bench.verify.Snapshot.RedemptionRow;
import io.fanfare.bench.verify.Snapshot.RewardRow;
import io.fanfare.events.RewardGranted;
import io.fanfare.events.WalletAmount;
import io.fanfare.events.WalletCause;
import io.fanfare.events.WalletPosted;
import io.fanfare.events.WalletRefused;
import io.fanfare.schemas.Topics;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RewardsArePaidTest {

    private static final Wallet ADAS = new Wallet(World.TENANT, World.SCOPE, "ada");
    private static final Wallet GRACES = new Wallet(World.TENANT, World.SCOPE, "grace");
    private static final Wallet LINUSES = new Wallet(World.TENANT, World.SCOPE, "linus");
    private static final WalletAmount FIFTY = new WalletAmount("points", 50L);

    private final World world = World.ofThree();

    @Test
    void holds_where_a_redemption_and_two_awards_are_paid() {
        redeemed("rdm_1", "points");
        awarded("award_1", points("presented", GRACES), GRACES);
        awarded("award_2", item("found", GRACES), GRACES);

        Check check = check();

        assertThat(check.examples()).isEmpty();
        assertThat(check.rows()).as("entries and rewards").isEqualTo(3 + 1 + 3 + 3);
        assertThat(check.note()).isEqualTo("3 wallets, 0 settlements; 3 credits that no play won");
        assertThat(check.passed()).isTrue();
    }

    @Test
    void what_is_no_credit_needs_no_command() {
        redeemed("rdm_1", "voucher");

        assertThat(check().examples()).isEmpty();
        assertThat(check().note()).isEqualTo("2 wallets, 0 settlements");
    }

    @Test
    void what_the_relay_tells_again_is_well() {
        awarded("award_1", points("presented", GRACES), GRACES);
        world.rewardFacts.add(World.at(1, world.rewardFacts.getFirst()));
        world.commandFacts.add(World.at(9, world.commandFacts.getLast()));

        assertThat(check().examples()).isEmpty();
    }

    @Test
    void a_reward_that_was_not_credited_is_reported() {
        unpaid("award_1", points("presented", GRACES));

        assertViolated("reward acme/presented is a credit of {points=50}, and has 0 commands: []");
        assertThat(check().violations()).isEqualTo(1);
    }

    @Test
    void a_reward_that_was_credited_twice_is_reported() {
        awarded("award_1", points("presented", GRACES), GRACES);
        world.credits(GRACES, rewardOf("presented"), FIFTY, World.MORNING);

        assertViolated("reward acme/presented is a credit of {points=50}, and has 2 commands: "
                + "[command 1 of wallet acme/grace in camp, command 2 of wallet acme/grace in camp]");
        assertThat(check().violations()).isEqualTo(1);
    }

    @Test
    void a_reward_that_was_credited_in_two_wallets_is_reported() {
        awarded("award_1", points("presented", GRACES), GRACES);
        world.credits(LINUSES, rewardOf("presented"), FIFTY, World.MORNING);

        assertViolated("reward acme/presented is a credit of {points=50}, and has 2 commands: [");
    }

    @Test
    void another_amount_is_reported() {
        unpaid("award_1", points("presented", GRACES));
        world.credits(GRACES, rewardOf("presented"), new WalletAmount("points", 500L), World.MORNING);

        assertViolated("reward acme/presented is a credit of {points=50}; "
                + "command 1 of wallet acme/grace in camp pays {points=500}");
        assertThat(check().violations()).isEqualTo(1);
    }

    @Test
    void another_currency_is_reported() {
        unpaid("award_1", item("found", GRACES));
        world.credits(GRACES, rewardOf("found"), new WalletAmount("points", 3L), World.MORNING);

        assertViolated(
                "reward acme/found is a credit of {shell=3}; command 1 of wallet acme/grace in camp pays {points=3}");
    }

    @Test
    void what_went_into_another_players_wallet_is_reported() {
        awarded("award_1", points("presented", GRACES), LINUSES);

        assertViolated("reward acme/presented goes into wallet acme/grace in camp, "
                + "and command 3 of wallet acme/linus in camp pays it");
        assertThat(check().violations()).isEqualTo(1);
    }

    @Test
    void what_went_into_another_wallet_of_the_player_is_reported() {
        awarded("award_1", points("presented", GRACES), new Wallet(World.TENANT, "shop", "grace"));

        assertViolated("reward acme/presented goes into wallet acme/grace in camp, "
                + "and command 1 of wallet acme/grace in shop pays it");
    }

    @Test
    void what_was_redeemed_from_one_wallet_and_went_into_another_is_reported() {
        CommandRow price = world.pays("ada", "rdm_1", null);
        redemption("rdm_1", price, 1L);
        world.grants(points("reward_of_rdm_1", ADAS), new Wallet(World.TENANT, "shop", "ada"));

        assertViolated("reward acme/reward_of_rdm_1 goes into wallet acme/ada in camp, "
                + "and command 1 of wallet acme/ada in shop pays it");
        assertThat(check().violations()).isEqualTo(1);
    }

    @Test
    void a_reward_that_nobody_redeemed_or_earned_is_reported() {
        world.grants(points("presented", GRACES), GRACES);

        assertViolated("reward acme/presented was neither won nor redeemed nor earned, "
                + "and command 1 of wallet acme/grace in camp pays it");
    }

    @Test
    void a_redemption_that_says_that_another_command_pays_it_is_reported() {
        CommandRow price = world.pays("ada", "rdm_1", null);
        redemption("rdm_1", price, 2L);
        world.grants(points("reward_of_rdm_1", ADAS), ADAS);

        assertViolated(
                "redemption acme/rdm_1 says that command 2 pays it, and command 3 of wallet acme/ada in camp does");
    }

    @Test
    void a_reward_whose_credit_was_refused_is_reported() {
        world.credits(
                GRACES, new WalletCause("test", "test"), new WalletAmount("points", Long.MAX_VALUE), World.MORNING);
        awarded("award_1", points("presented", GRACES), GRACES);
        refuseTheLast("OVERFLOW");

        assertViolated("reward acme/presented is a credit of {points=50}, "
                + "and wallet acme/grace in camp refused its command 2: OVERFLOW");
        assertThat(check().violations()).isEqualTo(1);
    }

    @Test
    void a_credit_of_a_reward_that_is_not_there_is_reported() {
        world.credits(GRACES, rewardOf("presented"), FIFTY, World.MORNING);

        assertViolated("command 1 of wallet acme/grace in camp pays reward acme/presented, "
                + "and nobody was granted such a credit");
        assertThat(check().violations()).isEqualTo(1);
    }

    @Test
    void a_credit_of_a_reward_that_only_the_topic_knows_is_reported() {
        awarded("award_1", points("presented", GRACES), GRACES);
        world.rewards.removeLast();

        assertViolated("pays reward acme/presented, and nobody was granted such a credit");
    }

    @Test
    void a_credit_of_a_voucher_is_reported() {
        redeemed("rdm_1", "voucher");
        world.credits(ADAS, rewardOf("reward_of_rdm_1"), FIFTY, World.MORNING);

        assertViolated("command 3 of wallet acme/ada in camp pays reward acme/reward_of_rdm_1, "
                + "and nobody was granted such a credit");
    }

    @Test
    void a_credit_of_what_a_play_won_and_paid_is_reported() {
        world.credits(ADAS, rewardOf("reward1"), FIFTY, World.MORNING);

        assertViolated("command 2 of wallet acme/ada in camp pays reward acme/reward1");
    }

    @Test
    void what_was_granted_since_the_snapshot_is_well() {
        awarded("award_1", points("presented", GRACES), GRACES);
        world.rewards.removeLast();
        world.commandRows.removeLast();
        world.awards.clear();
        world.replaceNumber(GRACES.owner(), "wallet:camp", 0);

        assertThat(check().examples()).isEmpty();
    }

    @Test
    void a_credit_that_its_topic_does_not_tell_is_reported() {
        awarded("award_1", points("presented", GRACES), GRACES);
        world.rewardFacts.clear();

        assertViolated("reward acme/presented of acme/grace is a credit of {points=50}, and its topic tells of null");
        assertThat(check().violations()).isEqualTo(1);
    }

    @Test
    void a_credit_that_its_topic_tells_otherwise_is_reported() {
        awarded("award_1", points("presented", GRACES), GRACES);
        RewardGranted granted =
                RewardGranted.newBuilder(granted()).setValue(500).build();
        world.rewardFacts.set(0, world.fact(Topics.REWARDS.name(), 0, "acme/grace", granted));

        assertViolated("reward acme/presented of acme/grace is a credit of {points=50}, and its topic tells of {");
    }

    @Test
    void a_reward_that_is_told_again_as_another_is_reported() {
        awarded("award_1", points("presented", GRACES), GRACES);
        RewardGranted granted =
                RewardGranted.newBuilder(granted()).setValue(500).build();
        world.rewardFacts.add(world.fact(Topics.REWARDS.name(), 1, "acme/grace", granted));

        assertViolated("fanfare.rewards.v1-0@1: reward acme/presented is not what it was told to be before");
    }

    /** ada pays for it, and gets it. */
    private void redeemed(String redemption, String type) {
        CommandRow price = world.pays("ada", redemption, null);
        boolean isCredit = type.equals("points");
        redemption(redemption, price, isCredit ? price.number() + 1 : null);
        world.grants(reward("reward_of_" + redemption, ADAS, type, null), ADAS);
    }

    private void redemption(String id, CommandRow price, @Nullable Long credit) {
        RedemptionRow granted = World.redemption(id, price, "granted", null);
        world.redemptions.add(new RedemptionRow(
                granted.unit(),
                granted.wallet(),
                granted.number(),
                credit,
                granted.award(),
                granted.status(),
                granted.refusal(),
                granted.key()));
    }

    /** Earned in the wallet of its player, and paid into another or the same. */
    private void awarded(String award, RewardRow reward, Wallet wallet) {
        earned(award, reward);
        world.grants(reward, wallet);
    }

    private void unpaid(String award, RewardRow reward) {
        earned(award, reward);
        world.grants(reward);
    }

    private void earned(String award, RewardRow reward) {
        world.awards.add(new AwardRow(
                new Ref(World.TENANT, award),
                reward.player(),
                "camp/wheel/" + award,
                "awarded",
                null,
                reward.id().id()));
    }

    private static RewardRow points(String id, Wallet wallet) {
        return reward(id, wallet, "points", null);
    }

    /** Three shells. */
    private static RewardRow item(String id, Wallet wallet) {
        return reward(id, wallet, "lucky_item", "shell");
    }

    private static RewardRow reward(String id, Wallet wallet, String type, @Nullable String item) {
        return new RewardRow(
                new Ref(World.TENANT, id),
                wallet.owner(),
                World.POINTS.id(),
                null,
                0,
                type,
                item,
                1,
                item == null ? 50 : 3,
                null,
                World.MORNING,
                World.WON);
    }

    private static WalletCause rewardOf(String id) {
        return new WalletCause("reward", id);
    }

    private RewardGranted granted() {
        return (RewardGranted) requireNonNull(world.rewardFacts.getFirst().value());
    }

    private void refuseTheLast(String why) {
        Fact<SpecificRecord> last = world.entryFacts.removeLast();
        var posted = (WalletPosted) requireNonNull(last.value());
        var refused = WalletRefused.newBuilder()
                .setCommandId(posted.getCommandId())
                .setTenantId(posted.getTenantId())
                .setScopeKey(posted.getScopeKey())
                .setPlayerId(posted.getPlayerId())
                .setSequence(posted.getSequence())
                .setOccurredAt(posted.getOccurredAt())
                .setReason(posted.getReason())
                .setRefId(posted.getRefId())
                .setRefusal(why)
                .setDetail("")
                .build();
        world.entryFacts.add(world.fact(Topics.WALLET_ENTRIES.name(), last.offset(), last.key(), refused));
    }

    private Check check() {
        return LedgerAddsUp.check(world.snapshot(), world.published());
    }

    private void assertViolated(String what) {
        assertThat(check().passed()).isFalse();
        assertThat(check().examples()).anySatisfy(example -> assertThat(example).contains(what));
    }
}
