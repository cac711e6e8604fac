package io.fanfare.bench.verify;

import static java.util.stream.Collectors.groupingBy;

import io.fanfare.bench.verify.Snapshot.PrizeRules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What prizes said at a time. An award is not told which revision of its prize it was made under; for a while around a change it may
 * have been either.
 */
final class PrizeHistory {

    private final Map<Ref, List<PrizeRules>> byPrize;

    PrizeHistory(Snapshot snapshot) {
        this.byPrize = snapshot.prizeRules().stream()
                .sorted(Comparator.comparingLong(PrizeRules::revision))
                .collect(groupingBy(PrizeRules::prize));
    }

    /** The revisions that may have counted; none where one that nobody kept may have been among them. */
    List<PrizeRules> at(Ref prize, Instant moment) {
        List<PrizeRules> revisions = byPrize.getOrDefault(prize, List.of());
        Instant earliest = moment.minus(CampaignHistory.IN_FLIGHT);
        Instant latest = moment.plus(CampaignHistory.IN_FLIGHT);
        if (revisions.isEmpty() || isYoungerThanItsPast(revisions.getFirst(), earliest)) {
            return List.of();
        }
        var inForce = new ArrayList<PrizeRules>();
        PrizeRules last = revisions.getFirst();
        for (PrizeRules next : revisions.subList(1, revisions.size())) {
            if (next.from().isAfter(latest)) {
                break;
            }
            if (next.from().isAfter(earliest)) {
                inForce.add(last);
            }
            last = next;
        }
        inForce.add(last);
        return inForce;
    }

    private static boolean isYoungerThanItsPast(PrizeRules oldest, Instant moment) {
        return oldest.revision() > 1 && oldest.from().isAfter(moment);
    }
}
