package io.fanfare.bench.load;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a wish to play ended for good. */
public sealed interface Outcome {

    /**
     * The platform has said that the play happened.
     *
     * @param key of the request that was answered
     * @param consistency {@code scope_key:number} of the wallet that it changed; null where it changed none
     * @param sentNanos {@link System#nanoTime} when the request that was answered went out
     * @param heardNanos and when its answer was complete
     */
    record Acknowledged(
            String player,
            String playId,
            String key,
            String session,
            @Nullable String consistency,
            long sentNanos,
            long heardNanos)
            implements Outcome {

        /** The wallet's number that this play brought about. */
        public Optional<Credit> credit() {
            if (consistency == null) {
                return Optional.empty();
            }
            int colon = consistency.lastIndexOf(':');
            return Optional.of(new Credit(
                    player, consistency.substring(0, colon), Long.parseLong(consistency.substring(colon + 1))));
        }
    }

    /** The player has played as often as the rules let them. */
    record OutOfTurns(String player) implements Outcome {}

    /** The platform refused what it should have taken. */
    record Wrong(String complaint) implements Outcome {}

    /** A change of a wallet that becomes visible some time. */
    record Credit(String player, String scopeKey, long number) {}
}
