package io.fanfare.bench.verify;

import io.fanfare.events.LeaderboardConfigured;
import io.fanfare.events.PlayCompleted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Leaderboards worked out again from plays and definitions, by rules written down a second time. */
final class Boards {

    private Boards() {}

    /** @param reachedAt breaks ties: the earlier is ahead */
    record Standing(long score, Instant reachedAt) {}

    /**
     * What may be shown of a player.
     *
     * @param settled after the plays that every consumer was through with; null where none of them counts
     * @param later after each of the plays that came since, in their order
     */
    record Standings(@Nullable Standing settled, List<Standing> later) {}

    /** All versions of one board, by ascending revision. */
    record Board(Ref id, List<LeaderboardConfigured> versions) {

        /** The version that judges what happens at this time: the highest that was effective, none with another metric. */
        Optional<LeaderboardConfigured> inForceAt(Instant time) {
            String metric = versions.getFirst().getMetric();
            return versions.reversed().stream()
                    .filter(version -> !version.getEffectiveAt().isAfter(time)
                            && version.getMetric().equals(metric))
                    .findFirst();
        }

        Optional<LeaderboardConfigured> shownAt(Instant time) {
            return Optional.of(inForceAt(time).orElseGet(versions::getLast)).filter(Board::isActive);
        }

        boolean counts(PlayCompleted play) {
            return inForceAt(play.getOccurredAt())
                    .filter(Board::isActive)
                    .filter(version -> version.getCampaignId() == null
                            || version.getCampaignId().equals(play.getCampaignId()))
                    .isPresent();
        }

        private static boolean isActive(LeaderboardConfigured version) {
            return version.getStatus().equals("active");
        }
    }

    static List<Board> definitions(List<Fact<SpecificRecord>> config) {
        Map<Ref, TreeMap<Long, LeaderboardConfigured>> versions = new LinkedHashMap<>();
        for (Fact<SpecificRecord> fact : config) {
            if (fact.value() instanceof LeaderboardConfigured version) {
                versions.computeIfAbsent(
                                new Ref(version.getTenantId(), version.getLeaderboardId()), _ -> new TreeMap<>())
                        .put(version.getRevision(), version);
            }
        }
        return versions.entrySet().stream()
                .map(entry ->
                        new Board(entry.getKey(), List.copyOf(entry.getValue().values())))
                .toList();
    }

    /** The standings of each board, by player. A play that would pass 64 bits on one board counts on none. */
    static Map<Ref, Map<String, Standings>> recount(
            List<Board> boards, List<Fact<PlayCompleted>> plays, Predicate<Fact<?>> isSettled) {
        Map<Ref, Map<String, Standings>> standings = new HashMap<>();
        boards.forEach(board -> standings.put(board.id(), new HashMap<>()));
        FirstTellings.of(plays, Boards::player, PlayCompleted::getSequence, _ -> {})
                .forEach((player, told) -> {
                    List<Board> theirs = boards.stream()
                            .filter(board -> board.id().tenant().equals(player.tenant()))
                            .toList();
                    countPlayer(player, told, theirs, isSettled, standings);
                });
        return standings;
    }

    static Ref player(PlayCompleted play) {
        return new Ref(play.getTenantId(), play.getPlayerId());
    }

    private static void countPlayer(
            Ref player,
            SequencedMap<Long, Fact<PlayCompleted>> told,
            List<Board> boards,
            Predicate<Fact<?>> isSettled,
            Map<Ref, Map<String, Standings>> standings) {
        Map<Ref, Standing> now = new HashMap<>();
        for (Fact<PlayCompleted> fact : told.values()) {
            PlayCompleted play = fact.value();
            if (play == null) {
                continue;
            }
            changes(boards, play, now).forEach((board, standing) -> {
                now.put(board, standing);
                Map<String, Standings> onBoard = standings.getOrDefault(board, new HashMap<>());
                Standings known = onBoard.getOrDefault(player.id(), new Standings(null, new ArrayList<>()));
                if (isSettled.test(fact)) {
                    onBoard.put(player.id(), new Standings(standing, known.later()));
                } else {
                    known.later().add(standing);
                    onBoard.put(player.id(), known);
                }
            });
        }
    }

    private static Map<Ref, Standing> changes(List<Board> boards, PlayCompleted play, Map<Ref, Standing> now) {
        Map<Ref, Standing> changes = new HashMap<>();
        try {
            for (Board board : boards) {
                if (board.counts(play)) {
                    Standing next = next(board.versions().getFirst().getMetric(), now.get(board.id()), play);
                    if (next != null) {
                        changes.put(board.id(), next);
                    }
                }
            }
        } catch (ArithmeticException _) {
            return Map.of();
        }
        return changes;
    }

    private static @Nullable Standing next(String metric, @Nullable Standing current, PlayCompleted play) {
        Long score = play.getScore();
        return switch (metric) {
            case "total_plays" -> sum(current, 1, play.getOccurredAt());
            case "total_score" -> score == null ? null : sum(current, score, play.getOccurredAt());
            case "high_score" -> score == null ? null : best(current, score, play.getOccurredAt());
            default -> null;
        };
    }

    private static Standing sum(@Nullable Standing current, long score, Instant at) {
        if (current == null) {
            return new Standing(score, at);
        }
        if (score == 0) {
            boolean isFirst = current.score() == 0 && at.isBefore(current.reachedAt());
            return isFirst ? new Standing(0, at) : current;
        }
        boolean countsFromHere = current.score() == 0 || at.isAfter(current.reachedAt());
        return new Standing(Math.addExact(current.score(), score), countsFromHere ? at : current.reachedAt());
    }

    private static Standing best(@Nullable Standing current, long score, Instant at) {
        if (current == null || score > current.score()) {
            return new Standing(score, at);
        }
        boolean isEarlier = score == current.score() && at.isBefore(current.reachedAt());
        return isEarlier ? new Standing(score, at) : current;
    }
}
