package io.fanfare.bench.verify;

import static java.util.stream.Collectors.groupingBy;

import io.fanfare.bench.verify.Snapshot.CampaignRules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * What campaigns said at a time. A play is not told which revision of its campaign it was decided under; for a while around a
 * change it may have been either.
 */
final class CampaignHistory {

    /** How long a play may have been decided by what was so before, or is so already. */
    static final Duration IN_FLIGHT = Duration.ofMinutes(1);

    private final Map<Ref, List<CampaignRules>> byCampaign;

    CampaignHistory(Snapshot snapshot) {
        this.byCampaign = snapshot.terms().campaigns().stream()
                .sorted(Comparator.comparingLong(CampaignRules::revision))
                .collect(groupingBy(CampaignRules::campaign));
    }

    /** The revisions that may have counted; a campaign that nobody has described yet has no limits. */
    List<CampaignRules> at(Ref campaign, Instant moment) {
        var inForce = new ArrayList<CampaignRules>();
        CampaignRules before = new CampaignRules(campaign, 0, Instant.MIN, 0, 0, 0);
        for (CampaignRules revision : byCampaign.getOrDefault(campaign, List.of())) {
            if (revision.from().isAfter(moment.plus(IN_FLIGHT))) {
                break;
            }
            if (revision.from().isAfter(moment.minus(IN_FLIGHT))) {
                inForce.add(before);
            }
            before = revision;
        }
        inForce.add(before);
        return inForce;
    }

    /** The highest of a limit's values that may have counted; 0 where there may have been none. */
    static <R> long highest(List<R> inForce, ToLongFunction<R> limit) {
        return inForce.stream().mapToLong(limit).anyMatch(value -> value == 0)
                ? 0
                : inForce.stream().mapToLong(limit).max().orElse(0);
    }
}
