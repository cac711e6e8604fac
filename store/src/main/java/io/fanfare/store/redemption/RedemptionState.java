package io.fanfare.store.redemption;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where a redemption is. It ends once. */
public sealed interface RedemptionState {

    /** What it needs is set aside, and the wallet has its command. */
    record Pending() implements RedemptionState {}

    /**
     * The reward is the player's.
     *
     * @param balanceAfter what the payment left of the currency; null where nothing was paid
     * @param creditNumber of the command that pays the reward into the wallet; null where it is no credit
     */
    record Granted(
            Instant at,
            @Nullable Long balanceAfter,
            @Nullable Long creditNumber) implements RedemptionState {
        public Granted {
            requireNonNull(at, "at");
        }
    }

    /**
     * The wallet has refused, and what was set aside is back.
     *
     * @param refusal as the wallets app names it
     * @param detail for people
     */
    record Refused(Instant at, String refusal, String detail) implements RedemptionState {
        public Refused {
            requireNonNull(at, "at");
            requireNonNull(refusal, "refusal");
            requireNonNull(detail, "detail");
        }
    }

    default String word() {
        return switch (this) {
            case Pending() -> "pending";
            case Granted _ -> "granted";
            case Refused _ -> "refused";
        };
    }
}
