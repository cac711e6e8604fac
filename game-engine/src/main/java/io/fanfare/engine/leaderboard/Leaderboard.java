package io.fanfare.engine.leaderboard;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.TenantId;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One version of a leaderboard; it never changes. {@link LeaderboardHistory} says which one is in force when.
 *
 * @param campaign null: plays of every campaign of the tenant count, and of none
 * @param revision from 1; a higher one takes precedence as soon as it is effective
 */
public record Leaderboard(
        TenantId tenant,
        LeaderboardId id,
        @Nullable CampaignId campaign,
        long revision,
        String name,
        Metric metric,
        TieRule tieRule,
        Status status,
        Instant effectiveAt) {

    /** Whether the board counts. */
    public enum Status {
        ACTIVE("active"),
        /** Counts no more and is not shown. */
        DELETED("deleted");

        private final String word;

        Status(String word) {
            this.word = word;
        }

        /** The word for it in configuration and on the wire. */
        public String word() {
            return word;
        }

        /** The status that a word of the wire stands for. */
        public static Status of(String word) {
            return Arrays.stream(values())
                    .filter(status -> status.word.equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "leaderboard status is '%s', expected active or deleted".formatted(word)));
        }
    }

    public Leaderboard {
        requireNonNull(tenant, "tenant");
        requireNonNull(id, "id");
        requireNonNull(name, "name");
        requireNonNull(metric, "metric");
        requireNonNull(tieRule, "tieRule");
        requireNonNull(status, "status");
        requireNonNull(effectiveAt, "effectiveAt");
        if (revision < 1) {
            throw new IllegalArgumentException("revision is %d, expected 1 or more".formatted(revision));
        }
    }

    public boolean isActive() {
        return status == Status.ACTIVE;
    }

    /** Whether this version, being in force, counts the play. */
    public boolean counts(BoardPlay play) {
        return isActive() && tenant.equals(play.tenant()) && (campaign == null || campaign.equals(play.campaign()));
    }
}
