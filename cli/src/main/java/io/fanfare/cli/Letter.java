package io.fanfare.cli;

import io.fanfare.events.DeadLetter;
import java.time.Instant;

/**
 * A dead letter without what makes it large.
 *
 * @param place of the letter itself
 * @param source of the record that it is about
 * @param reader who could not process the record
 */
record Letter(
        Coordinates place,
        Coordinates source,
        String key,
        String reader,
        String error,
        String detail,
        Instant failedAt) {

    static Letter of(Coordinates place, DeadLetter letter) {
        var source = new Coordinates(letter.getSourceTopic(), letter.getSourcePartition(), letter.getSourceOffset());
        String key = letter.getKey() == null ? "(no key)" : Decoder.text(letter.getKey());
        return new Letter(
                place, source, key, letter.getReader(), letter.getError(), letter.getDetail(), letter.getFailedAt());
    }
}
