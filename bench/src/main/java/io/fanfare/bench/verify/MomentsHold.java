package io.fanfare.bench.verify;

import static java.util.stream.Collectors.toMap;

import io.fanfare.bench.verify.Snapshot.GameRules;
import io.fanfare.bench.verify.Snapshot.MomentsClaimed;
import io.fanfare.bench.verify.Snapshot.PlayRow;
import io.fanfare.bench.verify.Snapshot.RewardRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** No more winning moments of a prize were claimed than had fallen due by then; nothing else has won that prize. */
final class MomentsHold {

    private MomentsHold() {}

    private record Paced(Ref game, String prize) {}

    private record Claim(RewardRow reward, Instant at, Moments moments) {}

    static void check(Snapshot snapshot, Findings findings) {
        Map<Paced, List<Claim>> claims = claims(snapshot);
        claims.forEach((paced, ofPrize) -> due(paced, ofPrize, findings));
        Map<Paced, Long> counted = new HashMap<>();
        for (MomentsClaimed row : snapshot.terms().moments()) {
            counted.put(new Paced(row.game(), row.prize()), row.claimed());
        }
        Set<Paced> all = new HashSet<>(claims.keySet());
        all.addAll(counted.keySet());
        for (Paced paced : all) {
            long there = claims.getOrDefault(paced, List.of()).size();
            long said = counted.getOrDefault(paced, 0L);
            if (there != said) {
                findings.violated("the platform counts %d moments of %s claimed in %s, and there are %d"
                        .formatted(said, paced.prize(), paced.game(), there));
            }
        }
        findings.saw(snapshot.terms().moments().size());
    }

    private static Map<Paced, List<Claim>> claims(Snapshot snapshot) {
        Map<Ref, Map<Long, GameRules>> rules = snapshot.rules();
        Map<Ref, PlayRow> plays =
                snapshot.plays().stream().collect(toMap(PlayRow::id, Function.identity(), (first, _) -> first));
        Map<Paced, List<Claim>> claims = new HashMap<>();
        for (RewardRow reward : snapshot.rewards()) {
            PlayRow play = plays.get(reward.playRef());
            GameRules rule = play == null
                    ? null
                    : rules.getOrDefault(play.gameRef(), Map.of()).get(play.revision());
            if (play == null || rule == null) {
                continue;
            }
            rule.moments().stream()
                    .filter(moments -> moments.prize().equals(reward.prize()))
                    .forEach(moments -> claims.computeIfAbsent(
                                    new Paced(play.gameRef(), reward.prize()), _ -> new ArrayList<>())
                            .add(new Claim(reward, play.at(), moments)));
        }
        return claims;
    }

    /** Where moments were configured anew, what any revision that was played so far says is enough. */
    private static void due(Paced paced, List<Claim> claims, Findings findings) {
        Set<Moments> known = new HashSet<>();
        long claimed = 0;
        claims.sort(Comparator.comparing(Claim::at));
        for (Claim claim : claims) {
            claimed++;
            known.add(claim.moments());
            long due = known.stream()
                    .mapToLong(moments -> moments.dueBy(claim.at()))
                    .max()
                    .orElse(0);
            if (claimed > due) {
                findings.violated("%s is claim %d of %s in %s, and %d moments had fallen due"
                        .formatted(claim.reward().id(), claimed, paced.prize(), paced.game(), due));
            }
        }
    }
}
