package io.fanfare.store.play;

import io.fanfare.engine.play.PlayCounts;

/**
 * Where a counter stands: ever, and on the last day that it has counted on and the one before. So it is exact for plays that come
 * about midnight; of days further back only the total is left.
 *
 * @param epochDay the last day that it has counted on
 */
record Count(long ever, long epochDay, long ofDay, long ofDayBefore) {

    static final Count NOTHING = new Count(0, 0, 0, 0);

    /** What it has counted on a day; 0 where that is not known any more. */
    long on(long day) {
        return isOf(day) ? ofDay : isOfDayAfter(day) ? ofDayBefore : 0;
    }

    /** As it was before it counted so much on a day. */
    Count without(long by, long day) {
        return new Count(
                ever - by,
                epochDay,
                isOf(day) ? ofDay - by : ofDay,
                isOfDayAfter(day) ? ofDayBefore - by : ofDayBefore);
    }

    PlayCounts asOf(long day) {
        return new PlayCounts(ever, on(day));
    }

    boolean isOf(long day) {
        return epochDay == day;
    }

    boolean isOfDayAfter(long day) {
        return epochDay == day + 1;
    }
}
