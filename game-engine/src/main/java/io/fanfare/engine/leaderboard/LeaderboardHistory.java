package io.fanfare.engine.leaderboard;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * All versions of one leaderboard. A play is judged by the version in force at its time, today and in every
 * recomputation: the highest revision that was effective by then. So it does not matter in which order versions become
 * known, and a lower revision never overrules a higher one.
 *
 * <p>What a live board measures cannot change: a version with another metric than the first one is never in force.
 *
 * @param versions by ascending revision, at least one, all of the same board
 */
public record LeaderboardHistory(List<Leaderboard> versions) {

    public LeaderboardHistory {
        versions = List.copyOf(versions);
        if (versions.isEmpty()) {
            throw new IllegalArgumentException("no versions, expected at least one");
        }
        Leaderboard first = versions.getFirst();
        long previous = 0;
        for (Leaderboard version : versions) {
            if (!version.id().equals(first.id()) || !version.tenant().equals(first.tenant())) {
                throw new IllegalArgumentException("%s of %s among versions of %s of %s"
                        .formatted(version.id(), version.tenant(), first.id(), first.tenant()));
            }
            if (version.revision() <= previous) {
                throw new IllegalArgumentException(
                        "revision %d after %d, expected ascending".formatted(version.revision(), previous));
            }
            previous = version.revision();
        }
    }

    public static LeaderboardHistory of(Leaderboard version) {
        return new LeaderboardHistory(List.of(version));
    }

    /** With one more version; the same revision again takes the place of the one known, as in a compacted topic. */
    public LeaderboardHistory with(Leaderboard version) {
        var all = new ArrayList<>(versions);
        all.removeIf(known -> known.revision() == version.revision());
        all.add(version);
        all.sort(Comparator.comparingLong(Leaderboard::revision));
        return new LeaderboardHistory(all);
    }

    /** The version by which something that happened at this time is judged; empty before the first one is effective. */
    public Optional<Leaderboard> inForceAt(Instant time) {
        Metric measured = versions.getFirst().metric();
        for (Leaderboard version : versions.reversed()) {
            if (!version.effectiveAt().isAfter(time) && version.metric() == measured) {
                return Optional.of(version);
            }
        }
        return Optional.empty();
    }

    /** The version that counts this play; empty where the play does not belong on the board. */
    public Optional<Leaderboard> counting(BoardPlay play) {
        return inForceAt(play.occurredAt()).filter(version -> version.counts(play));
    }

    /**
     * How the board is shown: by the version in force or, before its activation, by the newest; empty once it is
     * deleted.
     */
    public Optional<Leaderboard> shownAt(Instant time) {
        return Optional.of(inForceAt(time).orElseGet(versions::getLast)).filter(Leaderboard::isActive);
    }
}
