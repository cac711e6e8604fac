package io.fanfare.bench.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.bench.verify.Later.Award;
import io.fanfare.bench.verify.Snapshot.AwardRow;
import io.fanfare.bench.verify.Snapshot.CommandRow;
import io.fanfare.bench.verify.Snapshot.TransferRow;
import io.fanfare.events.MilestoneReached;
import io.fanfare.schemas.Topics;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SagasEndTest {

    private static final String POOR = "INSUFFICIENT_BALANCE";
    private static final UnderWay NOTHING = new UnderWay(Set.of(), Set.of(), Set.of());

    private final World world = World.ofThree();
    private final Set<Award> awards = new HashSet<>();
    private UnderWay still = NOTHING;

    @Test
    void holds_where_all_have_ended_as_their_wallets_said() {
        world.redemptions.add(World.redemption("rdm_1", world.pays("ada", "rdm_1", null), "granted", null));
        world.redemptions.add(World.redemption("rdm_2", world.pays("linus", "rdm_2", POOR), "refused", null));
        transfer("completed", World.MORNING);

        Check check = check();

        assertThat(check.examples()).isEmpty();
        assertThat(check.rows())
                .as("commands waited for, redemptions, transfers")
                .isEqualTo(2 + 2 + 1);
        assertThat(check.passed()).isTrue();
    }

    @Test
    void where_nobody_waits_for_anything_there_is_no_saga_and_nothing_is_shown() {
        Check check = check();

        assertThat(check.rows()).isZero();
        assertThat(check.passed()).isFalse();
    }

    @Test
    void a_milestone_that_was_reached_is_a_saga() {
        reached("ada", "gold");

        assertThat(check().rows()).isEqualTo(1);
        assertThat(check().passed()).isTrue();
    }

    @Test
    void what_was_under_way_and_has_ended_since_is_well() {
        world.redemptions.add(World.redemption("rdm_1", world.pays("ada", "rdm_1", null), "pending", null));
        transfer("sent", World.MORNING);

        assertThat(check().passed()).isTrue();
    }

    @Test
    void a_redemption_that_stays_pending_is_reported() {
        world.redemptions.add(World.redemption("rdm_1", world.pays("ada", "rdm_1", null), "pending", null));

        still = new UnderWay(Set.of(new Ref(World.TENANT, "rdm_1")), Set.of(), Set.of());

        assertViolated("redemption acme/rdm_1 of 2026-03-01T08:00:00Z is still pending");
    }

    @Test
    void a_command_that_is_waited_for_and_has_its_outcome_is_reported() {
        CommandRow row = world.pays("ada", "rdm_1", null);
        kept(row, "awaited", null);

        assertThat(check().passed()).isTrue();
        still = new UnderWay(Set.of(), Set.of(row.id()), Set.of());

        assertViolated("command 2 of wallet acme/ada in camp still waits for its outcome");
    }

    @Test
    void another_outcome_than_the_wallets_is_reported() {
        kept(world.pays("ada", "rdm_1", null), "refused", POOR);
        kept(world.pays("linus", "rdm_2", POOR), "posted", null);

        assertViolated(
                "command 2 of wallet acme/ada in camp is kept as refused (INSUFFICIENT_BALANCE), and the wallet said accepted");
        assertViolated(
                "command 3 of wallet acme/linus in camp is kept as accepted, and the wallet said refused (INSUFFICIENT_BALANCE)");
    }

    @Test
    void a_refusal_without_its_word_is_none_that_the_wallet_gave() {
        kept(world.pays("ada", "rdm_1", null), "refused", null);

        assertViolated("command 2 of wallet acme/ada in camp is kept as refused (null), and the wallet said accepted");
    }

    @Test
    void an_outcome_that_no_wallet_told_is_reported() {
        world.pays("ada", "rdm_1", null);
        world.entryFacts.removeLast();

        assertViolated("command 2 of wallet acme/ada in camp is kept as accepted, and the wallet said nothing");
    }

    @Test
    void a_redemption_that_ended_against_its_wallet_is_reported() {
        world.redemptions.add(World.redemption("rdm_1", world.pays("ada", "rdm_1", POOR), "granted", null));
        world.redemptions.add(World.redemption("rdm_2", world.pays("linus", "rdm_2", null), "refused", null));

        assertViolated("redemption acme/rdm_1 is granted, and the wallet said refused (INSUFFICIENT_BALANCE)");
        assertViolated("redemption acme/rdm_2 is refused (null), and the wallet said accepted");
    }

    @Test
    void a_redemption_that_ended_before_its_wallet_said_anything_is_reported() {
        world.redemptions.add(World.redemption("rdm_1", world.pays("ada", "rdm_1", null), "granted", null));
        world.entryFacts.removeLast();

        assertViolated("redemption acme/rdm_1 is granted, and the wallet said nothing");
    }

    @Test
    void a_redemption_that_waits_for_somebody_elses_command_is_reported() {
        CommandRow row = world.pays("ada", "rdm_1", null);
        world.redemptions.add(World.redemption("rdm_2", row, "granted", null));

        assertViolated("redemption acme/rdm_2 waits for command 2 of wallet acme/ada in camp, which is {");
    }

    @Test
    void what_was_earned_may_be_granted_against_the_word_and_nothing_else_may() {
        CommandRow row = world.pays("ada", "rdm_1", "ALREADY_EXISTS");
        world.redemptions.add(World.redemption("rdm_1", row, "granted", "award_1"));
        world.awards.add(new AwardRow(
                new Ref(World.TENANT, "award_1"),
                row.wallet().owner(),
                "camp/wheel/gold",
                "awarded",
                null,
                "reward_of_rdm_1"));
        assertViolated("redemption acme/rdm_1 is granted, and the wallet said refused (ALREADY_EXISTS)");

        reached("ada", "gold");

        assertThat(check().examples()).isEmpty();
    }

    @Test
    void another_players_milestone_grants_nothing() {
        CommandRow row = world.pays("ada", "rdm_1", POOR);
        world.redemptions.add(World.redemption("rdm_1", row, "granted", "award_1"));
        world.awards.add(new AwardRow(
                new Ref(World.TENANT, "award_1"),
                row.wallet().owner(),
                "camp/wheel/gold",
                "awarded",
                null,
                "reward_of_rdm_1"));

        reached("linus", "gold");

        assertViolated("redemption acme/rdm_1 is granted");
    }

    @Test
    void what_was_reached_and_never_granted_is_reported() {
        reached("ada", "gold");
        awards.remove(new Award(new Ref(World.TENANT, "ada"), "camp/wheel/gold"));

        assertViolated("acme/ada has reached milestone camp/wheel/gold, and nothing came of it");
    }

    @Test
    void what_was_reached_a_moment_ago_is_about_to_be_granted() {
        reached("ada", "gold");
        awards.clear();
        world.drained.put(new TopicPartition(Topics.MILESTONES.name(), 0), 0L);

        assertThat(check().examples()).isEmpty();
    }

    @Test
    void a_transfer_that_stays_on_its_way_is_reported() {
        TransferRow old = transfer("sent", World.MORNING);
        TransferRow young = transfer("sent", world.snapshot().takenAt().minusSeconds(30));

        still = new UnderWay(Set.of(), Set.of(), Set.of(old.id(), young.id()));

        assertViolated("transfer acme/tr_1 is sent since 2026-03-01T08:00:00Z");
        assertThat(check().violations()).isEqualTo(1);
    }

    @Test
    void a_stranded_transfer_is_reported() {
        transfer("stranded", World.MORNING);

        assertViolated("transfer acme/tr_1 is stranded: neither acme/ada nor acme/linus has the amount");
    }

    private TransferRow transfer(String status, Instant at) {
        var transfer = new TransferRow(
                new Ref(World.TENANT, "tr_%d".formatted(world.transfers.size() + 1)),
                new Ref(World.TENANT, "ada"),
                new Ref(World.TENANT, "linus"),
                "points",
                5,
                status,
                null,
                at);
        world.transfers.add(transfer);
        return transfer;
    }

    private void kept(CommandRow row, String outcome, @Nullable String refusal) {
        world.commandRows.replaceAll(one -> one.equals(row)
                ? new CommandRow(row.wallet(), row.number(), row.commandId(), row.payload(), outcome, refusal)
                : one);
    }

    private void reached(String player, String milestone) {
        awards.add(new Award(new Ref(World.TENANT, player), "camp/wheel/" + milestone));
        world.milestoneFacts.add(world.fact(
                Topics.MILESTONES.name(),
                0,
                World.TENANT + "/" + player,
                MilestoneReached.newBuilder()
                        .setTenantId(World.TENANT)
                        .setScopeKey(World.SCOPE)
                        .setPlayerId(player)
                        .setGameId(World.GAME.id())
                        .setMilestoneId(milestone)
                        .setPrizeId(World.VOUCHER.id())
                        .setCurrency("points")
                        .setThreshold(50)
                        .setLifetimeEarned(50)
                        .setSequence(1)
                        .setOccurredAt(World.MORNING)
                        .build()));
    }

    private Check check() {
        return SagasEnd.check(world.snapshot(), world.published(), new Later(still, awards));
    }

    private void assertViolated(String what) {
        assertThat(check().passed()).isFalse();
        assertThat(check().examples()).anySatisfy(example -> assertThat(example).contains(what));
    }
}
