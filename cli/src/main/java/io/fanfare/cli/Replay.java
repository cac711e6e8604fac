package io.fanfare.cli;

import io.fanfare.events.DeadLetterReplayed;
import java.time.Instant;

/**
 * A dead letter was sent to its topic once more.
 *
 * @param source of the record when it first failed
 * @param number of the replay, from 1
 * @param sentOffset where it was sent to, on the same partition
 */
record Replay(Coordinates source, int number, long sentOffset, Instant at) {

    static Replay of(DeadLetterReplayed replayed) {
        var source =
                new Coordinates(replayed.getSourceTopic(), replayed.getSourcePartition(), replayed.getSourceOffset());
        return new Replay(source, replayed.getReplay(), replayed.getSentOffset(), replayed.getReplayedAt());
    }

    Coordinates sentTo() {
        return new Coordinates(source.topic(), source.partition(), sentOffset);
    }
}
