package io.fanfare.bench.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.bench.verify.Snapshot.Counter;
import io.fanfare.bench.verify.Snapshot.GameRules;
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
        world.games.set(0, new GameRules(World.GAME, 1, null, 1, 0));

        assertViolated("acme/play5 is play 2 of linus in acme/wheel, and 1 are allowed");
    }

    @Test
    void one_award_too_many_is_reported() {
        world.winsVoucher("grace", "B");

        assertViolated("acme/reward6 is award 2 of acme/coffee to grace, and 1 are allowed");
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

    private Check check() {
        return LimitsHold.check(world.snapshot());
    }

    private void assertViolated(String what) {
        assertThat(check().passed()).isFalse();
        assertThat(check().examples()).anySatisfy(example -> assertThat(example).contains(what));
    }
}
