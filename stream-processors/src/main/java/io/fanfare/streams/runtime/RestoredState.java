package io.fanfare.streams.runtime;

/**
 * How much of an app's state has come back from its changelogs since the process began, or since it was last complete.
 *
 * @param restored records
 * @param total records; 0 where nothing is being restored
 */
public record RestoredState(long restored, long total) {

    /** 0 to 100. */
    public long percent() {
        return total == 0 ? 100 : Math.min(100, 100 * restored / total);
    }

    @Override
    public String toString() {
        return "restored %,d of %,d records (%d %%)".formatted(restored, total, percent());
    }
}
