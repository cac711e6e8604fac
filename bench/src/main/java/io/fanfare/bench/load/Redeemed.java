package io.fanfare.bench.load;

/** How a wish for a prize in a {@link Shop} ended for good. */
public sealed interface Redeemed {

    /**
     * The player has it.
     *
     * @param repeats how often the request was sent again
     * @param wasFollowed whether it was answered first that this is not decided yet
     * @param heardNanos {@link System#nanoTime} when the answer that said so was complete
     */
    record Granted(int repeats, boolean wasFollowed, long heardNanos) implements Redeemed {}

    /** The platform refused what it should have granted, or answered what it should not. */
    record Denied(String complaint) implements Redeemed {}
}
