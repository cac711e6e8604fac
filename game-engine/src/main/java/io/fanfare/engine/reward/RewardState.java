package io.fanfare.engine.reward;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where one awarded unit is in its life, with the times at which it came there. A state has a method for each step that is legal
 * from it; {@link Rewarding} answers for those that are not.
 */
public sealed interface RewardState {

    /** The word on the wire: won, claimed, fulfilled, revoked, expired. */
    String wireName();

    Instant wonAt();

    /**
     * The player has it, and something is still to be done for it.
     *
     * @param expiresAt the first instant at which it cannot be claimed any more; null = never
     */
    record Won(Instant wonAt, @Nullable Instant expiresAt) implements RewardState {

        public Won {
            if (expiresAt != null && !wonAt.isBefore(expiresAt)) {
                throw new IllegalArgumentException("won at %s and expiring at %s".formatted(wonAt, expiresAt));
            }
        }

        @Override
        public String wireName() {
            return "won";
        }

        public boolean isOverdue(Instant now) {
            return expiresAt != null && !now.isBefore(expiresAt);
        }

        Claimed claim(Instant at) {
            return new Claimed(wonAt, at);
        }

        Fulfilled fulfil(Instant at) {
            return new Fulfilled(wonAt, null, at);
        }

        Revoked revoke(Instant at) {
            return new Revoked(this, at);
        }

        Expired expire(Instant at) {
            return new Expired(wonAt, at);
        }
    }

    /** The player asked for it. It does not expire any more: the player did its part. */
    record Claimed(Instant wonAt, Instant claimedAt) implements RewardState {

        public Claimed {
            requireNonNull(wonAt, "wonAt");
            requireNonNull(claimedAt, "claimedAt");
        }

        @Override
        public String wireName() {
            return "claimed";
        }

        Fulfilled fulfil(Instant at) {
            return new Fulfilled(wonAt, claimedAt, at);
        }

        Revoked revoke(Instant at) {
            return new Revoked(this, at);
        }
    }

    /** Nothing is left to be done. */
    record Fulfilled(Instant wonAt, @Nullable Instant claimedAt, Instant fulfilledAt) implements RewardState {

        public Fulfilled {
            requireNonNull(wonAt, "wonAt");
            requireNonNull(fulfilledAt, "fulfilledAt");
        }

        @Override
        public String wireName() {
            return "fulfilled";
        }

        Revoked revoke(Instant at) {
            return new Revoked(this, at);
        }
    }

    /** An operator took it back. The end. */
    record Revoked(RewardState before, Instant revokedAt) implements RewardState {

        public Revoked {
            requireNonNull(revokedAt, "revokedAt");
            if (before instanceof Revoked) {
                throw new IllegalArgumentException("revoked at %s already".formatted(before));
            }
        }

        @Override
        public String wireName() {
            return "revoked";
        }

        @Override
        public Instant wonAt() {
            return before.wonAt();
        }
    }

    /** Nobody claimed it in time. */
    record Expired(Instant wonAt, Instant expiredAt) implements RewardState {

        public Expired {
            requireNonNull(wonAt, "wonAt");
            requireNonNull(expiredAt, "expiredAt");
        }

        @Override
        public String wireName() {
            return "expired";
        }

        Revoked revoke(Instant at) {
            return new Revoked(this, at);
        }
    }
}
