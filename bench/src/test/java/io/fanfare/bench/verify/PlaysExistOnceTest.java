package io.fanfare.bench.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.bench.verify.Snapshot.CaughtRow;
import io.fanfare.bench.verify.Snapshot.KeptAnswer;
import io.fanfare.bench.verify.Snapshot.PlayRow;
import io.fanfare.bench.verify.Snapshot.SessionRow;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlaysExistOnceTest {

    private static final Ref ADA = new Ref(World.TENANT, "ada");

    private final World world = World.ofThree();

    @Test
    void holds_where_all_is_well() {
        Check check = PlaysExistOnce.check(world.snapshot());

        assertThat(check.examples()).isEmpty();
        assertThat(check.rows()).isEqualTo(10);
        assertThat(check.passed()).isTrue();
    }

    @Test
    void a_session_that_was_played_twice_is_reported() {
        PlayRow last = world.plays.getLast();
        world.plays.set(4, inSession(last, "session4"));

        assertViolated("session acme/session4 was played twice");
    }

    @Test
    void a_play_that_exists_twice_is_reported() {
        world.plays.add(world.plays.getFirst());

        assertViolated("play acme/play1 exists more than once");
    }

    @Test
    void a_play_without_a_consumed_session_is_reported() {
        world.sessions.removeFirst();

        assertViolated("session1, which is not consumed");
    }

    @Test
    void a_session_that_no_play_consumed_is_reported() {
        world.sessions.add(new SessionRow(new Ref(World.TENANT, "lost"), "wheel", new Ref(World.TENANT, "ada")));

        assertViolated("session acme/lost was consumed by no play");
    }

    @Test
    void an_attempt_that_was_caught_takes_its_session_and_no_more() {
        world.sessions.add(new SessionRow(new Ref(World.TENANT, "burnt"), "wheel", ADA));
        world.caught.add(new CaughtRow(new Ref(World.TENANT, "play9"), "wheel", ADA, "burnt"));

        Check check = PlaysExistOnce.check(world.snapshot());

        assertThat(check.examples()).isEmpty();
        assertThat(check.passed()).isTrue();
    }

    @Test
    void an_attempt_that_was_caught_and_did_not_take_its_session_is_reported() {
        world.caught.add(new CaughtRow(new Ref(World.TENANT, "play9"), "wheel", ADA, "open"));

        assertViolated("acme/play9 was caught in session open, which is not consumed");
    }

    @Test
    void an_attempt_that_was_caught_in_the_session_of_somebody_else_is_reported() {
        world.sessions.add(new SessionRow(new Ref(World.TENANT, "burnt"), "wheel", new Ref(World.TENANT, "grace")));
        world.caught.add(new CaughtRow(new Ref(World.TENANT, "play9"), "wheel", ADA, "burnt"));

        assertViolated("was caught in the session of acme/grace");
    }

    @Test
    void an_attempt_that_was_caught_and_played_is_reported() {
        world.caught.add(new CaughtRow(new Ref(World.TENANT, "play1"), "wheel", ADA, "session1"));

        assertViolated("acme/play1 was caught in session session1, and was played as play1");
        assertViolated("acme/play1 was caught, and is a play");
    }

    @Test
    void the_session_of_somebody_else_is_reported() {
        world.sessions.set(
                0, new SessionRow(new Ref(World.TENANT, "session1"), "wheel", new Ref(World.TENANT, "grace")));

        assertViolated("has the session of acme/grace");
    }

    @Test
    void a_play_that_is_gone_leaves_a_gap_that_is_reported() {
        world.plays.removeFirst();

        assertViolated("plays of acme/ada have number 2 in place of 1");
    }

    @Test
    void the_last_play_that_is_gone_is_missed_by_its_number() {
        world.plays.removeLast();

        assertViolated("acme/linus has 1 plays, and 2 numbers were given out");
    }

    @Test
    void a_kept_answer_of_a_play_that_does_not_exist_is_reported() {
        world.kept.add(new KeptAnswer(World.TENANT, "player:ada", "key9", "play9", List.of()));

        assertViolated("told of play play9 under key 'key9'");
    }

    @Test
    void a_kept_answer_with_another_outcome_is_reported() {
        world.kept.set(0, new KeptAnswer(World.TENANT, "player:ada", "key1", "play1", List.of()));

        assertViolated("the answer kept under key 'key1' tells other rewards");
    }

    @Test
    void two_keys_with_one_play_are_reported() {
        world.kept.add(new KeptAnswer(World.TENANT, "player:ada", "other", "play3", List.of()));

        assertViolated("play acme/play3 answers both key 'key3' and key 'other'");
    }

    private void assertViolated(String what) {
        Check check = PlaysExistOnce.check(world.snapshot());
        assertThat(check.passed()).isFalse();
        assertThat(check.examples()).anySatisfy(example -> assertThat(example).contains(what));
    }

    private static PlayRow inSession(PlayRow play, String session) {
        return new PlayRow(
                play.id(),
                play.player(),
                play.game(),
                play.revision(),
                session,
                play.number(),
                play.score(),
                play.scope(),
                play.walletNumber(),
                play.at());
    }
}
