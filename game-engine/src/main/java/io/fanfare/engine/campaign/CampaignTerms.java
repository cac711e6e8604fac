package io.fanfare.engine.campaign;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a campaign adds to the rules of each of its games. Its limits count the plays of all of them together.
 *
 * @param start the first instant at which its games can be played; null = at once
 * @param end the first instant at which they cannot be played any more; null = never
 * @param maxPlaysPerUser ever; 0 = unlimited
 * @param maxPlaysPerDay per UTC day; 0 = unlimited
 * @param budget what its games may give away in total, in the prizes' value; 0 = unlimited
 * @param requireAuth a guest cannot play any of its games
 * @param walletScope whose wallet those of its games pay into that do not say so themselves
 */
public record CampaignTerms(
        Stage stage,
        @Nullable Instant start,
        @Nullable Instant end,
        Schedule schedule,
        int maxPlaysPerUser,
        int maxPlaysPerDay,
        long budget,
        boolean requireAuth,
        WalletScope walletScope) {

    /** A game outside a campaign, or in one that says nothing. */
    public static final CampaignTerms OPEN =
            new CampaignTerms(Stage.RUNNING, null, null, new Schedule(List.of(), ZoneOffset.UTC), 0, 0, 0);

    /** Where a campaign is in its life, as far as its games are concerned. */
    public enum Stage {
        DRAFT,
        RUNNING,
        PAUSED,
        ENDED
    }

    public CampaignTerms {
        requireNonNull(stage, "stage");
        requireNonNull(schedule, "schedule");
        requireNonNull(walletScope, "walletScope");
        if (maxPlaysPerUser < 0 || maxPlaysPerDay < 0 || budget < 0) {
            throw new IllegalArgumentException("limits are %d, %d and budget %d, expected 0 or more"
                    .formatted(maxPlaysPerUser, maxPlaysPerDay, budget));
        }
        if (start != null && end != null && !start.isBefore(end)) {
            throw new IllegalArgumentException("the campaign ends at %s, before it starts at %s".formatted(end, start));
        }
    }

    /** For guests as well, with wallets of its own. */
    public CampaignTerms(
            Stage stage,
            @Nullable Instant start,
            @Nullable Instant end,
            Schedule schedule,
            int maxPlaysPerUser,
            int maxPlaysPerDay,
            long budget) {
        this(stage, start, end, schedule, maxPlaysPerUser, maxPlaysPerDay, budget, false, WalletScope.CAMPAIGN);
    }

    public boolean isOpen(Instant now) {
        return stage == Stage.RUNNING && !isBeforeStart(now) && !isOver(now) && schedule.isOpen(now);
    }

    public boolean isOver(Instant now) {
        return stage == Stage.ENDED || (end != null && !now.isBefore(end));
    }

    /** Not over, but not begun or between two openings either. */
    public boolean isYetToStart(Instant now) {
        return !isOver(now) && (stage == Stage.DRAFT || isBeforeStart(now) || !schedule.isOpen(now));
    }

    private boolean isBeforeStart(Instant now) {
        return start != null && now.isBefore(start);
    }
}
