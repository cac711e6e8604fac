package io.fanfare.bench.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.bench.verify.Snapshot.OutboxRow;
import io.fanfare.events.PlayCompleted;
import org.junit.jupiter.api.Test;

class OutboxIsPublishedTest {

    private final World world = World.ofThree();

    @Test
    void holds_where_all_is_well() {
        Check check = check();

        assertThat(check.examples()).isEmpty();
        assertThat(check.rows()).isEqualTo(8);
        assertThat(check.passed()).isTrue();
    }

    @Test
    void what_the_relay_repeats_is_well() {
        world.playFacts.add(World.at(5, world.playFacts.getFirst()));

        assertThat(check().passed()).isTrue();
        assertThat(check().note()).isEqualTo("1 repeated by the relay");
    }

    @Test
    void a_row_that_was_not_published_is_reported() {
        world.commandFacts.removeFirst();

        assertViolated("is not on fanfare.wallet-commands.v1");
    }

    @Test
    void other_bytes_are_reported() {
        OutboxRow row = world.outbox.getFirst();
        world.outbox.set(0, new OutboxRow(row.id(), row.topic(), row.key(), row.type(), null, new Fingerprint(1, 2)));

        assertViolated("has other bytes than in the outbox");
    }

    @Test
    void another_partition_than_asked_for_is_reported() {
        OutboxRow row = world.outbox.getFirst();
        world.outbox.set(0, new OutboxRow(row.id(), row.topic(), row.key(), row.type(), 3, row.payload()));

        assertViolated("belongs on partition 3");
    }

    @Test
    void a_repetition_that_is_none_is_reported() {
        Fact<PlayCompleted> first = world.playFacts.getFirst();
        Fact<PlayCompleted> other = world.playFacts.getLast();
        world.playFacts.add(new Fact<>(
                first.topic(),
                0,
                9,
                first.key(),
                first.eventId(),
                first.type(),
                false,
                other.payload(),
                other.value()));

        assertViolated("is not what it was at fanfare.plays.v1-0@0");
    }

    private Check check() {
        return OutboxIsPublished.check(world.snapshot(), world.published());
    }

    private void assertViolated(String what) {
        assertThat(check().passed()).isFalse();
        assertThat(check().examples()).anySatisfy(example -> assertThat(example).contains(what));
    }
}
