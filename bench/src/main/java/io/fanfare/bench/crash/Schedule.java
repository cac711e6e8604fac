package io.fanfare.bench.crash;

import io.fanfare.bench.crash.Kill.When;
import io.fanfare.bench.platform.Victim;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Which kills a seed stands for. Everybody's turn comes before anybody's second one. One kill in ten, and at least one where there
 * are two or more, hits the platform while it starts; the one before it ended the platform, and may have to be made so.
 */
final class Schedule {

    static final Duration LONGEST_UNDER_LOAD = Duration.ofSeconds(8);
    /** About as long as a start takes. */
    static final Duration LONGEST_DURING_START = Duration.ofSeconds(12);

    private static final int ONE_START_IN = 10;

    private final Random random;
    private final List<Victim> victims;
    private final Deque<Victim> waiting = new ArrayDeque<>();

    private Schedule(long seed, List<Victim> victims) {
        this.random = new Random(seed);
        this.victims = List.copyOf(victims);
    }

    /** Always the same for the same arguments. */
    static List<Kill> of(long seed, int kills, List<Victim> victims) {
        if (kills < 1 || victims.stream().noneMatch(Victim::endsPlatform)) {
            throw new IllegalArgumentException(
                    "%d kills among %s, expected at least one, and somebody who ends the platform"
                            .formatted(kills, victims));
        }
        return new Schedule(seed, victims).kills(kills);
    }

    private List<Kill> kills(int count) {
        Set<Integer> duringStart = positionsDuringStart(count);
        var kills = new ArrayList<Kill>();
        for (int i = 0; i < count; i++) {
            boolean mustEndPlatform = duringStart.contains(i) || duringStart.contains(i + 1);
            Victim victim = mustEndPlatform ? nextThatEndsPlatform() : next();
            kills.add(
                    duringStart.contains(i)
                            ? new Kill(victim, When.DURING_START, upTo(LONGEST_DURING_START))
                            : new Kill(victim, When.UNDER_LOAD, upTo(LONGEST_UNDER_LOAD)));
        }
        return kills;
    }

    /** Never the first one, and no two in a row. */
    private Set<Integer> positionsDuringStart(int count) {
        Set<Integer> positions = new HashSet<>();
        if (count > 1) {
            int wanted = Math.max(1, count / ONE_START_IN);
            while (positions.size() < wanted) {
                int position = 1 + random.nextInt(count - 1);
                if (!positions.contains(position - 1) && !positions.contains(position + 1)) {
                    positions.add(position);
                }
            }
        }
        return positions;
    }

    private Victim next() {
        if (waiting.isEmpty()) {
            deal();
        }
        return waiting.removeFirst();
    }

    private Victim nextThatEndsPlatform() {
        if (waiting.stream().noneMatch(Victim::endsPlatform)) {
            deal();
        }
        Victim found = waiting.stream().filter(Victim::endsPlatform).findFirst().orElseThrow();
        waiting.removeFirstOccurrence(found);
        return found;
    }

    /** Those who still wait keep their place. */
    private void deal() {
        var dealt = new ArrayList<>(victims);
        Collections.shuffle(dealt, random);
        waiting.addAll(dealt);
    }

    private Duration upTo(Duration longest) {
        return Duration.ofMillis(random.nextLong(longest.toMillis()));
    }
}
