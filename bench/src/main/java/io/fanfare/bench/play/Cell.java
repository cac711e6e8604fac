package io.fanfare.bench.play;

import java.util.Locale;

/**
 * What one way to commit has reached with one wheel in one round.
 *
 * @param idle percent that the machine was idle before
 * @param perSecond plays
 * @param databaseCpu seconds per 1,000 plays, of PostgreSQL
 * @param ourCpu seconds per 1,000 plays, of the process with the callers in it
 */
record Cell(String wheel, String way, int round, double idle, double perSecond, double databaseCpu, double ourCpu) {

    static final String HOT = "hot prize";
    static final String SPREAD = "spread prizes";
    static final String REFERENCE = "one transaction each";
    static final String OURS = "group commit";

    String line() {
        return String.format(
                Locale.ROOT,
                "  %-14s %-21s %2d %9.0f plays/s   CPU s per 1,000 plays: postgresql %.2f, callers %.2f   (%.0f %% idle before)",
                wheel,
                way,
                round,
                perSecond,
                databaseCpu,
                ourCpu,
                idle);
    }
}
