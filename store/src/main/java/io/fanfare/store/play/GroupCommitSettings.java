package io.fanfare.store.play;

import java.time.Duration;

/**
 * How plays that come in at the same time share transactions.
 *
 * @param lanes transactions at a time, never two with plays of one player. One is best where all want the same prize, more use the
 *     time in which one waits for the disk
 * @param maxBatch plays in one transaction
 * @param maxWaiting plays that wait; one more is refused
 * @param patience for which a play waits for its turn
 * @param gatherFor how long after the last batch of its lane began the next one may wait for company; a lone play after a quiet
 *     moment never does. Zero: no batch waits
 * @param gatherUpTo plays that are company enough
 */
public record GroupCommitSettings(
        int lanes, int maxBatch, int maxWaiting, Duration patience, Duration gatherFor, int gatherUpTo) {

    public GroupCommitSettings {
        requireAtLeastOne("lanes", lanes);
        requireAtLeastOne("max_batch", maxBatch);
        requireAtLeastOne("max_waiting", maxWaiting);
        if (maxBatch > JdbcPlayLedger.MAX_BATCH) {
            throw new IllegalArgumentException(
                    "max_batch is %d, expected at most %d".formatted(maxBatch, JdbcPlayLedger.MAX_BATCH));
        }
        requireAtLeastOne("gather_up_to", gatherUpTo);
        if (gatherFor.isNegative()) {
            throw new IllegalArgumentException("gather_for is %s, expected nothing or more".formatted(gatherFor));
        }
        if (!patience.isPositive()) {
            throw new IllegalArgumentException("patience is %s, expected more than nothing".formatted(patience));
        }
    }

    /** Batches that never wait for company. */
    static GroupCommitSettings ungathered(int lanes, int maxBatch, int maxWaiting, Duration patience) {
        return new GroupCommitSettings(lanes, maxBatch, maxWaiting, patience, Duration.ZERO, 1);
    }

    private static void requireAtLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("%s is %d, expected at least 1".formatted(name, value));
        }
    }
}
