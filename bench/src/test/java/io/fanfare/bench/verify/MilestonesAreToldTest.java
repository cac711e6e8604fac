package io.fanfare.bench.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.events.ConfiguredMilestone;
import io.fanfare.events.MilestoneReached;
import io.fanfare.events.MilestonesConfigured;
import io.fanfare.events.SettledEntry;
import io.fanfare.events.WalletAmount;
import io.fanfare.events.WalletCause;
import io.fanfare.events.WalletCommand;
import io.fanfare.events.WalletCreditOnTerms;
import io.fanfare.events.WalletEntry;
import io.fanfare.events.WalletPosted;
import io.fanfare.events.WalletSettled;
import io.fanfare.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Ada has earned 50 points with one command, linus 100 with two. */
class MilestonesAreToldTest {

    private static final ConfiguredMilestone GOLD = new ConfiguredMilestone("gold", 50L, "mug");
    private static final ConfiguredMilestone PLATINUM = new ConfiguredMilestone("platinum", 100L, "mug");
    private static final Instant LONG_AGO = World.MORNING.minus(Duration.ofDays(1));
    private static final Instant ACTIVE = World.MORNING.plus(Duration.ofHours(1));

    private final World world = World.ofThree();

    @Test
    void holds_where_each_that_was_earned_was_told_once() {
        configure(1, LONG_AGO, GOLD, PLATINUM);
        tell("ada", 1, GOLD);
        tell("linus", 1, GOLD);
        tell("linus", 2, PLATINUM);

        assertThat(check().examples()).isEmpty();
        assertThat(check().note()).endsWith("3 milestones");
    }

    @Test
    void one_that_was_earned_and_not_told_is_reported() {
        configure(1, LONG_AGO, GOLD, PLATINUM);
        tell("ada", 1, GOLD);
        tell("linus", 1, GOLD);

        assertViolated("milestone platinum of game acme/wheel in wallet acme/linus in camp was earned after command 2");
    }

    @Test
    void one_of_which_nothing_can_be_told_yet_is_not_missed() {
        configure(1, LONG_AGO, GOLD);

        world.drained.put(new TopicPartition(Topics.WALLET_ENTRIES.name(), 0), 0L);

        assertThat(check().examples()).isEmpty();
    }

    @Test
    void within_a_minute_of_a_change_it_may_be_told_or_not() {
        configure(1, World.MORNING, GOLD);
        tell("ada", 1, GOLD);

        assertThat(check().examples()).isEmpty();
    }

    @Test
    void one_that_a_later_version_takes_away_need_not_be_told_any_more() {
        configure(1, LONG_AGO, GOLD);
        configure(2, LONG_AGO.plusSeconds(60));

        assertThat(check().examples()).isEmpty();
    }

    @Test
    void one_that_a_later_version_has_taken_away_is_reported_where_it_is_told() {
        configure(1, LONG_AGO, GOLD);
        configure(2, LONG_AGO.plusSeconds(60));
        tell("ada", 1, GOLD);

        assertViolated(
                "milestone gold of game acme/wheel in wallet acme/ada in camp is told by no configuration in force");
    }

    @Test
    void one_of_the_day_after_is_reported_where_it_is_told() {
        configure(1, World.MORNING.plus(Duration.ofDays(1)), GOLD);
        tell("ada", 1, GOLD);

        assertViolated("is told by no configuration in force");
    }

    @Test
    void one_that_is_redeemed_is_reported_where_it_is_told_and_need_not_be() {
        configure(1, LONG_AGO, "cumulative_unlock", false, GOLD);
        configure(2, LONG_AGO, "spend_exchange", true, GOLD);

        assertThat(check().examples()).isEmpty();
        tell("ada", 1, GOLD);

        assertViolated("is told by no configuration in force");
    }

    @Test
    void one_that_was_not_earned_is_reported() {
        configure(1, LONG_AGO, new ConfiguredMilestone("gold", 60L, "mug"));
        tell("ada", 1, new ConfiguredMilestone("gold", 60L, "mug"));

        assertViolated(
                "milestone gold of game acme/wheel in wallet acme/ada in camp is told by no configuration in force");
    }

    @Test
    void earnings_that_nobody_had_are_reported() {
        configure(1, LONG_AGO, GOLD);
        tell(told("ada", 1, GOLD).setLifetimeEarned(500).build());

        assertViolated("with 500 points earned at");
    }

    @Test
    void one_that_is_told_twice_is_reported() {
        configure(1, LONG_AGO, GOLD);
        tell("ada", 1, GOLD);
        tell("ada", 1, GOLD);

        assertViolated(
                "milestone gold of game acme/wheel in wallet acme/ada in camp was told before, at fanfare.milestones");
    }

    @Test
    void what_time_made_of_a_wallet_counts_and_may_be_told_again_by_a_rebuilt_app() {
        configure(1, LONG_AGO, PLATINUM);
        promised();
        MilestoneReached reached = told("linus", 2, PLATINUM)
                .setPlayerId("grace")
                .setSequence(1)
                .setOccurredAt(ACTIVE)
                .build();
        tell("linus", 2, PLATINUM);

        assertViolated("in wallet acme/grace in camp was earned after command 1, at " + ACTIVE);
        tell(reached);
        tell(reached);

        assertThat(check().examples()).isEmpty();
    }

    /** 100 points of grace's that become available by themselves. */
    private void promised() {
        var command = WalletCommand.newBuilder()
                .setCommandId("of-grace")
                .setTenantId(World.TENANT)
                .setScopeKey(World.SCOPE)
                .setPlayerId("grace")
                .setSequence(1)
                .setOccurredAt(World.MORNING)
                .setCause(new WalletCause("test", "test"))
                .setAction(new WalletCreditOnTerms(List.of(new WalletAmount("points", 100L)), ACTIVE, null, null))
                .build();
        world.commandFacts.add(
                world.fact(Topics.WALLET_COMMANDS.name(), world.commandFacts.size(), "acme/grace", command));
        var posted = WalletPosted.newBuilder()
                .setCommandId("of-grace")
                .setTenantId(World.TENANT)
                .setScopeKey(World.SCOPE)
                .setPlayerId("grace")
                .setSequence(1)
                .setOccurredAt(World.MORNING)
                .setReason("test")
                .setRefId("test")
                .setEntries(List.of(new WalletEntry("points", 100L, "promise", 100L, "pending", List.of())))
                .build();
        world.entryFacts.add(world.fact(Topics.WALLET_ENTRIES.name(), world.entryFacts.size(), "acme/grace", posted));
        var settled = WalletSettled.newBuilder()
                .setTenantId(World.TENANT)
                .setScopeKey(World.SCOPE)
                .setPlayerId("grace")
                .setSettlement(1)
                .setAfterSequence(1)
                .setOccurredAt(ACTIVE)
                .setReason("activation")
                .setRefId("1")
                .setEntries(List.of(
                        new SettledEntry("points", -100L, "promise", 0L, "pending", List.of()),
                        new SettledEntry("points", 100L, "issuance", 100L, "available", List.of())))
                .build();
        world.entryFacts.add(world.fact(Topics.WALLET_ENTRIES.name(), world.entryFacts.size(), "acme/grace", settled));
    }

    private void configure(long revision, Instant effectiveAt, ConfiguredMilestone... milestones) {
        configure(revision, effectiveAt, "cumulative_unlock", true, milestones);
    }

    private void configure(
            long revision, Instant effectiveAt, String mode, boolean autoGrant, ConfiguredMilestone... milestones) {
        var configured = MilestonesConfigured.newBuilder()
                .setTenantId(World.TENANT)
                .setGameId(World.GAME.id())
                .setRevision(revision)
                .setScopeKey(World.SCOPE)
                .setCurrency("points")
                .setMode(mode)
                .setAutoGrant(autoGrant)
                .setMilestones(List.of(milestones))
                .setEffectiveAt(effectiveAt)
                .setOccurredAt(effectiveAt)
                .build();
        String key = Topics.definitionKey(World.TENANT, "milestones", World.GAME.id(), revision);
        world.configFacts.add(world.fact(Topics.CONFIG.name(), world.configFacts.size(), key, configured));
    }

    private void tell(String player, long sequence, ConfiguredMilestone milestone) {
        tell(told(player, sequence, milestone).build());
    }

    private void tell(MilestoneReached reached) {
        String key = Topics.playerKey(reached.getTenantId(), reached.getPlayerId());
        world.milestoneFacts.add(world.fact(Topics.MILESTONES.name(), world.milestoneFacts.size(), key, reached));
    }

    /** As the wallet stood after a command that is on the topic of entries. */
    private MilestoneReached.Builder told(String player, long sequence, ConfiguredMilestone milestone) {
        WalletPosted posted = world.entryFacts.stream()
                .map(Fact::value)
                .filter(WalletPosted.class::isInstance)
                .map(WalletPosted.class::cast)
                .filter(each -> each.getPlayerId().equals(player) && each.getSequence() == sequence)
                .findFirst()
                .orElseThrow();
        return MilestoneReached.newBuilder()
                .setTenantId(World.TENANT)
                .setScopeKey(World.SCOPE)
                .setPlayerId(player)
                .setGameId(World.GAME.id())
                .setMilestoneId(milestone.getMilestoneId())
                .setPrizeId(milestone.getPrizeId())
                .setCurrency("points")
                .setThreshold(milestone.getThreshold())
                .setLifetimeEarned(50 * sequence)
                .setSequence(sequence)
                .setOccurredAt(posted.getOccurredAt());
    }

    private Check check() {
        return LedgerAddsUp.check(world.snapshot(), world.published());
    }

    private void assertViolated(String what) {
        assertThat(check().passed()).isFalse();
        assertThat(check().examples()).anySatisfy(example -> assertThat(example).contains(what));
    }
}
