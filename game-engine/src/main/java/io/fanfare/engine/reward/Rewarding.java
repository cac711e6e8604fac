package io.fanfare.engine.reward;

import io.fanfare.engine.reward.RewardState.Claimed;
import io.fanfare.engine.reward.RewardState.Expired;
import io.fanfare.engine.reward.RewardState.Fulfilled;
import io.fanfare.engine.reward.RewardState.Revoked;
import io.fanfare.engine.reward.RewardState.Won;
import io.fanfare.engine.reward.RewardStep.Claim;
import io.fanfare.engine.reward.RewardStep.Expire;
import io.fanfare.engine.reward.RewardStep.Fulfil;
import io.fanfare.engine.reward.RewardStep.Revoke;
import java.time.Instant;

/** Decides what a step does to a reward. */
public final class Rewarding {

    private Rewarding() {}

    /** What comes of a step. */
    public sealed interface StepOutcome {

        /**
         * @param returnsUnit a unit goes back to stock, where the prize has one
         * @param voidsCode the code of the voucher is void, and never given out again
         */
        record Moved(RewardState state, boolean returnsUnit, boolean voidsCode) implements StepOutcome {}

        /** The step is not legal from that state; nothing changes. */
        record Refused(RewardState state, Why why) implements StepOutcome {}
    }

    /** Why a step is refused. */
    public enum Why {
        /** Claimed before. */
        ALREADY_CLAIMED,
        /** Its time is over; the sweeper may not have come by yet. */
        EXPIRED,
        /** Its time is not over, or it has no end. */
        NOT_DUE,
        ILLEGAL
    }

    public static StepOutcome step(RewardState state, RewardStep step, Instant now) {
        return switch (step) {
            case Claim() -> claim(state, now);
            case Fulfil() -> fulfil(state, now);
            case Revoke(boolean restock) -> revoke(state, restock, now);
            case Expire() -> expire(state, now);
        };
    }

    private static StepOutcome claim(RewardState state, Instant now) {
        return switch (state) {
            case Won won when won.isOverdue(now) -> refused(won, Why.EXPIRED);
            case Won won -> moved(won.claim(now));
            case Claimed claimed -> refused(claimed, Why.ALREADY_CLAIMED);
            case Fulfilled fulfilled -> refused(fulfilled, Why.ILLEGAL);
            case Revoked revoked -> refused(revoked, Why.ILLEGAL);
            case Expired expired -> refused(expired, Why.EXPIRED);
        };
    }

    /** An overdue one is fulfilled all the same: what has reached the player cannot expire. */
    private static StepOutcome fulfil(RewardState state, Instant now) {
        return switch (state) {
            case Won won -> moved(won.fulfil(now));
            case Claimed claimed -> moved(claimed.fulfil(now));
            case Fulfilled fulfilled -> refused(fulfilled, Why.ILLEGAL);
            case Revoked revoked -> refused(revoked, Why.ILLEGAL);
            case Expired expired -> refused(expired, Why.EXPIRED);
        };
    }

    private static StepOutcome revoke(RewardState state, boolean restock, Instant now) {
        return switch (state) {
            case Won won -> new StepOutcome.Moved(won.revoke(now), true, true);
            case Claimed claimed -> new StepOutcome.Moved(claimed.revoke(now), true, true);
            case Fulfilled fulfilled -> new StepOutcome.Moved(fulfilled.revoke(now), restock, true);
            // Its unit went back and its code became void when it expired.
            case Expired expired -> moved(expired.revoke(now));
            case Revoked revoked -> refused(revoked, Why.ILLEGAL);
        };
    }

    private static StepOutcome expire(RewardState state, Instant now) {
        return switch (state) {
            case Won won when won.isOverdue(now) -> new StepOutcome.Moved(won.expire(now), true, true);
            case Won won -> refused(won, Why.NOT_DUE);
            case Claimed claimed -> refused(claimed, Why.ILLEGAL);
            case Fulfilled fulfilled -> refused(fulfilled, Why.ILLEGAL);
            case Revoked revoked -> refused(revoked, Why.ILLEGAL);
            case Expired expired -> refused(expired, Why.ILLEGAL);
        };
    }

    private static StepOutcome moved(RewardState state) {
        return new StepOutcome.Moved(state, false, false);
    }

    private static StepOutcome refused(RewardState state, Why why) {
        return new StepOutcome.Refused(state, why);
    }
}
