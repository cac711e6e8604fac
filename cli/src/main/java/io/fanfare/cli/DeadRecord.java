package io.fanfare.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A record that some reader could not process: all letters about it, those about its replays included, and its replays.
 *
 * @param source where it was read when it first failed
 * @param lastLetter the newest letter about it
 * @param readers all who could not process it
 * @param failedReplay the number of the newest replay that has failed; 0: none has
 * @param lastReplay the newest replay; null: there was none
 */
record DeadRecord(
        Coordinates source,
        Letter lastLetter,
        SortedSet<String> readers,
        int failedReplay,
        @Nullable Replay lastReplay) {

    /** On a replayed record: where it was read when it first failed. */
    static final String REPLAY_OF = "fanfare-replay-of";

    /** On a replayed record: which replay it is, from 1. */
    static final String REPLAY = "fanfare-replay";

    /** How it stands with it. */
    enum State {
        /** It has failed, and not been replayed since. */
        DEAD,
        /** It was replayed, and nobody has said since that it failed again. */
        REPLAYED
    }

    State state() {
        return replays() > failedReplay ? State.REPLAYED : State.DEAD;
    }

    /** How often it was replayed. */
    int replays() {
        return lastReplay == null ? 0 : lastReplay.number();
    }

    /** Brings together what belongs together, oldest failure first. */
    static List<DeadRecord> of(List<Letter> letters, List<Replay> replays) {
        Map<Coordinates, Replay> bySentTo = new HashMap<>();
        Map<Coordinates, Replay> lastOf = new HashMap<>();
        for (Replay replay : replays) {
            bySentTo.put(replay.sentTo(), replay);
            lastOf.merge(replay.source(), replay, (one, other) -> one.number() > other.number() ? one : other);
        }
        Map<Coordinates, List<Letter>> bySource = new LinkedHashMap<>();
        for (Letter letter : letters) {
            Replay replay = bySentTo.get(letter.source());
            Coordinates first = replay == null ? letter.source() : replay.source();
            bySource.computeIfAbsent(first, _ -> new ArrayList<>()).add(letter);
        }
        var records = new ArrayList<DeadRecord>();
        bySource.forEach((source, about) -> records.add(of(source, about, bySentTo, lastOf.get(source))));
        records.sort(
                Comparator.comparing((DeadRecord record) -> record.lastLetter().failedAt())
                        .thenComparing(record -> record.source().toString()));
        return records;
    }

    private static DeadRecord of(
            Coordinates source, List<Letter> about, Map<Coordinates, Replay> bySentTo, @Nullable Replay lastReplay) {
        var readers = new TreeSet<String>();
        int failedReplay = 0;
        Letter last = about.getFirst();
        for (Letter letter : about) {
            readers.add(letter.reader());
            Replay replay = bySentTo.get(letter.source());
            failedReplay = Math.max(failedReplay, replay == null ? 0 : replay.number());
            last = letter.failedAt().isBefore(last.failedAt()) ? last : letter;
        }
        return new DeadRecord(source, last, readers, failedReplay, lastReplay);
    }

    ObjectNode json() {
        ObjectNode json = Json.object()
                .put("id", source.toString())
                .put("state", state().name().toLowerCase(Locale.ROOT))
                .put("topic", source.topic())
                .put("partition", source.partition())
                .put("offset", source.offset())
                .put("key", lastLetter.key())
                .put("error", lastLetter.error())
                .put("detail", lastLetter.detail())
                .put("failed_at", lastLetter.failedAt().toString())
                .put("replays", replays())
                .put("failed_replay", failedReplay);
        if (lastReplay != null) {
            json.put("replayed_at", lastReplay.at().toString());
        }
        var names = json.putArray("readers");
        readers.forEach(names::add);
        return json;
    }

    String text() {
        String error = lastLetter.error();
        String replayed = lastReplay == null
                ? ""
                : "\n    replayed %d×, last at %s to offset %d%s"
                        .formatted(
                                replays(),
                                lastReplay.at(),
                                lastReplay.sentOffset(),
                                state() == State.DEAD ? ", and failed again" : ", and not failed since");
        return "%-34s  %-8s  %s  %s  (%s)\n    %s: %s%s"
                .formatted(
                        source,
                        state().name().toLowerCase(Locale.ROOT),
                        lastLetter.failedAt(),
                        lastLetter.key(),
                        String.join(", ", readers),
                        error.substring(error.lastIndexOf('.') + 1),
                        lastLetter.detail(),
                        replayed);
    }
}
