package io.fanfare.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.cli.DeadRecord.State;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadRecordTest {

    private static final String PLAYS = "fanfare.plays.v1";
    private static final Coordinates POISON = new Coordinates(PLAYS, 3, 120);

    @Test
    void is_one_however_many_readers_could_not_process_it() {
        List<DeadRecord> records =
                DeadRecord.of(List.of(letter(120, "leaderboards"), letter(120, "webhooks")), List.of());

        assertThat(records).singleElement().satisfies(record -> {
            assertThat(record.source()).isEqualTo(POISON);
            assertThat(record.readers()).containsExactly("leaderboards", "webhooks");
            assertThat(record.state()).isEqualTo(State.DEAD);
            assertThat(record.replays()).isZero();
        });
    }

    @Test
    void is_replayed_until_the_replay_fails_too() {
        var before = List.of(letter(120, "webhooks"));
        var after = List.of(letter(120, "webhooks"), letter(154, "webhooks"));
        var replays = List.of(new Replay(POISON, 1, 154, Instant.EPOCH.plusSeconds(130)));

        assertThat(DeadRecord.of(before, replays)).singleElement().satisfies(record -> {
            assertThat(record.state()).isEqualTo(State.REPLAYED);
            assertThat(record.replays()).isEqualTo(1);
        });
        assertThat(DeadRecord.of(after, replays)).singleElement().satisfies(record -> {
            assertThat(record.source()).isEqualTo(POISON);
            assertThat(record.state()).isEqualTo(State.DEAD);
            assertThat(record.failedReplay()).isEqualTo(1);
        });
    }

    @Test
    void can_be_replayed_again_and_again() {
        var letters = List.of(letter(120, "webhooks"), letter(154, "webhooks"));
        var replays = List.of(
                new Replay(POISON, 2, 160, Instant.EPOCH.plusSeconds(170)),
                new Replay(POISON, 1, 154, Instant.EPOCH.plusSeconds(130)));

        assertThat(DeadRecord.of(letters, replays)).singleElement().satisfies(record -> {
            assertThat(record.state()).isEqualTo(State.REPLAYED);
            assertThat(record.replays()).isEqualTo(2);
        });
    }

    @Test
    void is_dead_where_any_reader_of_its_replay_says_so() {
        var letters = List.of(letter(120, "leaderboards"), letter(120, "webhooks"), letter(154, "webhooks"));
        var replays = List.of(new Replay(POISON, 1, 154, Instant.EPOCH.plusSeconds(130)));

        assertThat(DeadRecord.of(letters, replays))
                .singleElement()
                .extracting(DeadRecord::state)
                .isEqualTo(State.DEAD);
    }

    @Test
    void is_another_at_another_place() {
        assertThat(DeadRecord.of(List.of(letter(121, "webhooks"), letter(120, "webhooks")), List.of()))
                .extracting(record -> record.source().offset())
                .containsExactly(120L, 121L);
    }

    @Test
    void is_named_by_its_place_with_a_long_or_short_topic() {
        assertThat(Coordinates.parse("plays/3/120")).isEqualTo(POISON).hasToString("fanfare.plays.v1/3/120");
        assertThat(Coordinates.parse(POISON.toString())).isEqualTo(POISON);
    }

    /** About the record at this offset, some seconds after the one before. */
    private static Letter letter(long offset, String reader) {
        return new Letter(
                new Coordinates("fanfare.dead-letters.v1", 0, offset),
                new Coordinates(PLAYS, 3, offset),
                "demo/mallory",
                reader,
                "io.fanfare.schemas.wire.MalformedRecord",
                "no record",
                Instant.EPOCH.plusSeconds(offset));
    }
}
