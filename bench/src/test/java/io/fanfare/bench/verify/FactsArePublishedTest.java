package io.fanfare.bench.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.bench.verify.Snapshot.CommandRow;
import io.fanfare.bench.verify.Snapshot.DefinitionRow;
import io.fanfare.events.DeadLetter;
import io.fanfare.events.PlayCompleted;
import io.fanfare.schemas.Topics;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FactsArePublishedTest {

    private final World world = World.ofThree();

    @Test
    void holds_where_all_is_well() {
        Check check = check();

        assertThat(check.examples()).isEmpty();
        assertThat(check.passed()).isTrue();
    }

    @Test
    void a_duplicate_at_any_age_is_well() {
        world.playFacts.add(World.at(5, world.playFacts.getFirst()));
        world.commandFacts.add(World.at(5, world.commandFacts.getFirst()));

        assertThat(check().passed()).isTrue();
    }

    @Test
    void a_play_that_never_reached_its_topic_is_reported() {
        world.playFacts.removeLast();

        assertViolated("play acme/play5, number 2 of acme/linus, is not on its topic");
    }

    @Test
    void a_play_that_tells_something_else_is_reported() {
        changeFirst(play -> play.setGameId("other"));

        assertViolated("is not what the table has of play acme/play1");
    }

    @Test
    void a_play_that_hides_its_reward_is_reported() {
        changeFirst(play -> play.setRewards(List.of()));

        assertViolated("is not what the table has of play acme/play1");
    }

    @Test
    void another_play_under_the_same_number_is_reported() {
        Fact<PlayCompleted> first = world.playFacts.getFirst();
        PlayCompleted.Builder other = PlayCompleted.newBuilder(first.value()).setPlayId("forged");
        world.playFacts.add(world.fact(first.topic(), 9, first.key(), other.build()));

        assertViolated("number 1 of acme/ada is not what it was at");
        assertViolated("play acme/forged was never committed");
    }

    @Test
    void a_play_that_was_never_committed_is_reported() {
        PlayCompleted.Builder next = PlayCompleted.newBuilder(
                        world.playFacts.getLast().value())
                .setPlayId("play6")
                .setSequence(3);
        world.playFacts.add(world.fact(Topics.PLAYS.name(), 9, "acme/linus", next.build()));

        assertViolated("play acme/play6 was never committed");
    }

    @Test
    void a_play_that_was_committed_since_is_well() {
        PlayCompleted.Builder next = PlayCompleted.newBuilder(
                        world.playFacts.getLast().value())
                .setPlayId("play6")
                .setSequence(3);
        world.playFacts.add(world.fact(Topics.PLAYS.name(), 9, "acme/linus", next.build()));

        Check check = FactsArePublished.check(
                world.snapshot(), world.published(), new Since(Set.of(new Ref("acme", "play6")), Set.of()));

        assertThat(check.examples()).isEmpty();
    }

    @Test
    void numbers_out_of_order_are_reported() {
        world.playFacts.add(world.playFacts.removeFirst());

        assertViolated("number 2 of acme/ada follows 0");
    }

    @Test
    void a_wrong_key_is_reported() {
        Fact<PlayCompleted> first = world.playFacts.getFirst();
        world.playFacts.set(
                0,
                new Fact<>(
                        first.topic(),
                        0,
                        0,
                        "acme/grace",
                        first.eventId(),
                        first.type(),
                        false,
                        first.payload(),
                        first.value()));

        assertViolated("play of acme/ada has key 'acme/grace'");
    }

    @Test
    void a_command_that_never_reached_its_topic_is_reported() {
        world.commandFacts.removeLast();

        assertViolated("command 2 of wallet acme/linus in camp is not on its topic");
    }

    @Test
    void a_command_with_other_bytes_is_reported() {
        CommandRow row = world.commandRows.getFirst();
        world.commandRows.set(
                0, new CommandRow(row.wallet(), row.number(), row.commandId(), new Fingerprint(1, 2), null, null));

        assertViolated("has other bytes than in its table");
    }

    @Test
    void a_command_that_was_never_committed_is_reported() {
        world.commandRows.removeLast();

        assertViolated("was never committed");
    }

    @Test
    void a_definition_that_was_not_published_is_reported() {
        world.definitions.add(new DefinitionRow("acme/game/wheel/2"));

        assertViolated("definition acme/game/wheel/2 is not on its topic");
    }

    @Test
    void a_record_that_nobody_can_read_must_be_a_dead_letter() {
        world.playFacts.add(
                new Fact<>(Topics.PLAYS.name(), 0, 9, "acme/mallory", null, "", false, new Fingerprint(1, 2), null));
        assertViolated("fanfare.plays.v1-0@9: nobody can read it, and it is no dead letter");

        var letter = DeadLetter.newBuilder()
                .setSourceTopic(Topics.PLAYS.name())
                .setSourcePartition(0)
                .setSourceOffset(9)
                .setSourceTimestamp(World.MORNING)
                .setReader("leaderboards")
                .setError("MalformedRecord")
                .setDetail("no avro")
                .setFailedAt(World.MORNING)
                .build();
        world.deadLetters.add(world.fact(Topics.DEAD_LETTERS.name(), 0, "acme/mallory", letter));
        assertThat(check().passed()).isTrue();
    }

    private interface Change {
        PlayCompleted.Builder apply(PlayCompleted.Builder play);
    }

    private void changeFirst(Change change) {
        Fact<PlayCompleted> first = world.playFacts.getFirst();
        PlayCompleted changed =
                change.apply(PlayCompleted.newBuilder(first.value())).build();
        world.playFacts.set(0, world.fact(first.topic(), 0, first.key(), changed));
    }

    private Check check() {
        return FactsArePublished.check(world.snapshot(), world.published(), world.nothingSince());
    }

    private void assertViolated(String what) {
        assertThat(check().passed()).isFalse();
        assertThat(check().examples()).anySatisfy(example -> assertThat(example).contains(what));
    }
}
