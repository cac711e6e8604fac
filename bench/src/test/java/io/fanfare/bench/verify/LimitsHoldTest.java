package io.fanfare.bench.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.bench.verify.Snapshot.CampaignRules;
import io.fanfare.bench.verify.Snapshot.Counter;
import io.fanfare.bench.verify.Snapshot.GameRules;
import io.fanfare.bench.verify.Snapshot.MomentsClaimed;
import io.fanfare.bench.verify.Snapshot.RedemptionRow;
import io.fanfare.bench.verify.Snapshot.Spent;
import io.fanfare.bench.verify.Snapshot.Turns;
import java.util.List;
import org.junit.jupiter.api.Test;

class LimitsHoldTest {

    private final World world = World.ofThree();

    @Test
    void holds_where_all_is_well() {
        Check check = check();

        assertThat(check.examples()).isEmpty();
        assertThat(check.passed()).isTrue();
    }

    @Test
    void one_play_too_many_on_a_day_is_reported() {
        world.loses("ada");

        assertViolated("acme/play6 is play 3 of ada in acme/wheel on 2026-03-01, and 2 are allowed");
    }

    @Test
    void one_play_too_many_ever_is_reported() {
        world.games.set(0, new GameRules(World.GAME, 1, null, 1, 0, false, 0, List.of()));

        assertViolated("acme/play5 is play 2 of linus in acme/wheel, and 1 are allowed");
    }

    @Test
    void one_award_too_many_is_reported() {
        world.winsVoucher("grace", "B");

        assertViolated("acme/reward6 is award 2 of acme/coffee to grace, and 1 are allowed");
    }

    @Test
    void one_award_too_many_is_reported_though_the_prize_allows_more_by_now() {
        world.winsVoucher("grace", "B");

        world.revise(World.VOUCHER, 2, World.MORNING.plusSeconds(600), 5, 0, true);

        assertViolated("acme/reward6 is award 2 of acme/coffee to grace, and 1 are allowed");
        assertViolated("acme/reward6 is award 2 of acme/coffee to grace on 2026-03-01, and 1 are allowed");
    }

    @Test
    void awards_that_were_allowed_then_are_well_though_the_prize_allows_fewer_by_now() {
        world.revise(World.VOUCHER, 2, World.LONG_AGO.plusSeconds(1), 2, 0, true);
        world.winsVoucher("grace", "B");

        world.revise(World.VOUCHER, 3, World.MORNING.plusSeconds(600), 1, 1, true);

        assertThat(check().examples()).isEmpty();
    }

    @Test
    void awards_shortly_before_a_change_of_the_prize_may_have_been_made_as_it_is_behind_it() {
        world.winsVoucher("grace", "B");

        world.revise(World.VOUCHER, 2, World.MORNING.plusSeconds(30), 2, 2, true);

        assertThat(check().examples()).isEmpty();
    }

    @Test
    void awards_shortly_after_a_change_of_the_prize_may_have_been_made_as_it_was_before() {
        world.revise(World.VOUCHER, 2, World.LONG_AGO.plusSeconds(1), 2, 0, true);
        world.winsVoucher("grace", "B");

        world.revise(World.VOUCHER, 3, World.MORNING.minusSeconds(30), 1, 1, true);

        assertThat(check().examples()).isEmpty();
    }

    @Test
    void awards_older_than_what_is_kept_of_their_prize_are_counted_and_not_judged() {
        world.winsVoucher("grace", "B");
        world.prizeRules.removeIf(rules -> rules.prize().equals(World.VOUCHER));

        world.revise(World.VOUCHER, 4, World.MORNING.plusSeconds(600), 1, 1, true);

        assertThat(check().examples()).isEmpty();
        assertThat(check().note())
                .contains("2 awards are older than what is kept of their prizes: their caps are not judged");
    }

    @Test
    void what_is_set_aside_beyond_the_cap_is_reported() {
        RedemptionRow pending = World.redemption("rdm_1", world.pays("grace", "rdm_1", null), "pending", null);
        world.redemptions.add(pending);
        World.countUp(
                world.awardCounters, World.VOUCHER, "grace", pending.unit().at());

        assertViolated("acme/reward2 is award 2 of acme/coffee to grace, and 1 are allowed");
    }

    @Test
    void a_reward_of_no_prize_is_reported() {
        world.prizes.removeIf(prize -> prize.id().equals(World.VOUCHER));
        world.prizeRules.removeIf(rules -> rules.prize().equals(World.VOUCHER));

        assertViolated("reward acme/reward2 is of prize coffee, which does not exist");
    }

    @Test
    void a_counter_that_counts_something_else_is_reported() {
        world.playCounters.set(0, new Counter(World.GAME, "ada", Snapshot.EVER, 7));

        assertViolated("the platform counts 7 plays of acme/wheel by ada, and there are 2");
    }

    @Test
    void a_campaign_that_counts_something_else_is_reported() {
        world.playCounters.replaceAll(counter -> counter.subject().equals(World.CAMPAIGN)
                ? new Counter(World.CAMPAIGN, "ada", Snapshot.EVER, 7)
                : counter);

        assertViolated("the platform counts 7 plays of acme/campaign:spring by ada, and there are 2");
    }

    @Test
    void a_play_under_unknown_rules_is_reported() {
        world.games.clear();

        assertViolated("revision 1 of game acme/wheel, which does not exist");
    }

    @Test
    void what_nobody_configured_has_no_limits_and_is_counted() {
        world.winsItem("grace", "shell");

        assertThat(check().examples()).isEmpty();

        world.awardCounters.replaceAll(counter -> counter.subject().id().equals("item.shell")
                ? new Counter(counter.subject(), counter.player(), counter.epochDay(), 5)
                : counter);
        assertViolated("the platform counts 5 awards of acme/item.shell by grace, and there are 1");
    }

    @Test
    void one_play_too_many_of_a_campaign_is_reported() {
        world.campaign(1, 0, 0);

        assertViolated("acme/play5 is play 2 of linus in acme/campaign:spring, and 1 are allowed");
    }

    @Test
    void one_play_too_many_of_a_campaign_on_a_day_is_reported() {
        world.campaign(0, 1, 0);

        assertViolated("acme/play5 is play 2 of linus in acme/campaign:spring on 2026-03-01, and 1 are allowed");
    }

    @Test
    void plays_around_a_change_of_the_campaign_may_have_been_decided_before_it() {
        world.campaign(1, 0, 0);
        world.campaigns.add(new CampaignRules(World.SPRING, 2, World.MORNING, 2, 0, 0));

        assertThat(check().examples()).isEmpty();
    }

    @Test
    void turns_that_were_given_and_not_played_are_there() {
        playForTurns();

        assertThat(check().examples()).isEmpty();
    }

    @Test
    void a_turn_that_vanished_is_reported() {
        playForTurns();
        world.turnBalances.replaceAll(turns -> new Turns(turns.player(), "spring", turns.turns() - 1));

        assertViolated("acme/grace has 1 turns in spring: 3 were given, and 1 plays took one");
    }

    @Test
    void a_play_that_took_no_turn_is_reported() {
        world.rules(true, 0, List.of());

        assertViolated("acme/grace has 0 turns in spring: 0 were given, and 1 plays took one");
    }

    @Test
    void turns_below_zero_are_reported() {
        world.turnBalances.add(new Turns(new Ref(World.TENANT, "ada"), "spring", -1));
        world.turnMovements.add(new Turns(new Ref(World.TENANT, "ada"), "spring", -1));

        assertViolated("acme/ada has -1 turns in spring: -1 were given, and 0 plays took one");
    }

    @Test
    void what_a_game_gives_away_is_within_its_budget() {
        world.rules(false, 200, List.of());
        world.budgets.add(new Spent(World.GAME, false, 200));

        assertThat(check().examples()).isEmpty();
    }

    @Test
    void what_a_game_gives_away_beyond_its_budget_is_reported() {
        world.rules(false, 199, List.of());
        world.budgets.add(new Spent(World.GAME, false, 200));

        assertViolated("with acme/play5 acme/wheel has given away 200, and 199 are allowed");
    }

    @Test
    void a_budget_of_which_something_else_was_counted_is_reported() {
        world.rules(false, 200, List.of());
        world.budgets.add(new Spent(World.GAME, false, 150));

        assertViolated("the platform counts 150 given away by acme/wheel, and it is 200");
    }

    @Test
    void what_a_campaign_gives_away_beyond_its_budget_is_reported() {
        world.campaign(0, 0, 150);
        world.budgets.add(new Spent(World.SPRING, true, 200));

        assertViolated("with acme/play5 acme/spring has given away 200, and 150 are allowed");
    }

    @Test
    void a_budget_of_a_campaign_that_was_not_counted_is_reported() {
        world.campaign(0, 0, 500);

        assertViolated("the platform counts 0 given away by acme/spring, and it is 200");
    }

    @Test
    void moments_that_had_fallen_due_may_be_claimed() {
        world.rules(false, 0, List.of(Moments.listed(World.VOUCHER.id(), List.of(World.MORNING.plusSeconds(2)))));
        world.moments.add(new MomentsClaimed(World.GAME, World.VOUCHER.id(), 1));

        assertThat(check().examples()).isEmpty();
    }

    @Test
    void a_moment_that_was_claimed_too_early_is_reported() {
        world.rules(false, 0, List.of(Moments.listed(World.VOUCHER.id(), List.of(World.MORNING.plusSeconds(3)))));
        world.moments.add(new MomentsClaimed(World.GAME, World.VOUCHER.id(), 1));

        assertViolated("acme/reward2 is claim 1 of coffee in acme/wheel, and 0 moments had fallen due");
    }

    @Test
    void more_claims_than_moments_spread_over_a_time_are_reported() {
        var day = Moments.spread(World.POINTS.id(), 24, World.MORNING, World.MORNING.plusSeconds(86_400));
        world.rules(false, 0, List.of(day));
        world.moments.add(new MomentsClaimed(World.GAME, World.POINTS.id(), 3));

        assertViolated("acme/reward4 is claim 2 of fifty in acme/wheel, and 1 moments had fallen due");
    }

    @Test
    void claims_that_were_not_counted_are_reported() {
        world.rules(false, 0, List.of(Moments.listed(World.VOUCHER.id(), List.of(World.MORNING))));

        assertViolated("the platform counts 0 moments of coffee claimed in acme/wheel, and there are 1");
    }

    /** Everybody was given three turns. */
    private void playForTurns() {
        world.rules(true, 0, List.of());
        for (String player : List.of("ada", "grace", "linus")) {
            var who = new Ref(World.TENANT, player);
            long plays = world.plays.stream()
                    .filter(play -> play.player().equals(who))
                    .count();
            world.turnMovements.add(new Turns(who, "spring", 3));
            world.turnBalances.add(new Turns(who, "spring", 3 - plays));
        }
    }

    private Check check() {
        return LimitsHold.check(world.snapshot());
    }

    private void assertViolated(String what) {
        assertThat(check().passed()).isFalse();
        assertThat(check().examples()).anySatisfy(example -> assertThat(example).contains(what));
    }
}
