package io.fanfare.streams.rebuild;

import io.fanfare.events.GenerationChanged;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which generation of an app's state counts, and which one is being built. Each step follows from the one before, and several
 * instances may take the same step at once.
 *
 * @param live answers and tells
 * @param cut by partition the source's offset from which on the live one tells; empty: from the first
 * @param building replays in silence; null where nothing is being rebuilt
 * @param switching the one being built has caught up and the live one is to stop
 */
record Generation(int live, List<Long> cut, @Nullable Integer building, boolean switching) {

    static final Generation FIRST = new Generation(1, List.of(), null, false);

    Generation {
        cut = List.copyOf(cut);
        if (live < 1 || (building != null && building <= live) || (building == null && switching)) {
            throw new IllegalArgumentException(
                    "generation %d is live, %s is being built, switching: %s".formatted(live, building, switching));
        }
    }

    static Generation of(GenerationChanged record) {
        return new Generation(record.getLive(), record.getCut(), record.getBuilding(), record.getSwitching());
    }

    GenerationChanged toRecord(String app, Instant now) {
        return GenerationChanged.newBuilder()
                .setApp(app)
                .setLive(live)
                .setCut(cut)
                .setBuilding(building)
                .setSwitching(switching)
                .setOccurredAt(now)
                .build();
    }

    /** The one that replays while the live one still works. */
    Optional<Integer> replaying() {
        return switching ? Optional.empty() : Optional.ofNullable(building);
    }

    /** The one that an instance is to run now, and to answer from. */
    int current() {
        return switching && building != null ? building : live;
    }

    Generation caughtUp() {
        return new Generation(live, cut, building, true);
    }

    Generation takenOver(List<Long> at) {
        if (building == null) {
            throw new IllegalStateException("nothing is being built: " + this);
        }
        return new Generation(building, at, null, false);
    }

    /** Who repeats an older step after a newer one is not to be believed. */
    boolean isAfter(Generation other) {
        if (live != other.live) {
            return live > other.live;
        }
        int one = building == null ? 0 : building;
        int two = other.building == null ? 0 : other.building;
        return one != two ? one > two : switching && !other.switching;
    }
}
