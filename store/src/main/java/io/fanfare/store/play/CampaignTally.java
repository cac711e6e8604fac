package io.fanfare.store.play;

/**
 * What came of a campaign so far.
 *
 * @param plays of all its games, while they were its games
 * @param wins plays among them that won something, whatever became of it later
 * @param players who have played at least once
 */
public record CampaignTally(long plays, long wins, long players) {

    public CampaignTally {
        if (wins < 0 || plays < wins || players < 0 || plays < players) {
            throw new IllegalArgumentException(
                    "%d plays of %d players, %d of them won".formatted(plays, players, wins));
        }
    }

    /** The share of plays that won: 0 to 1, 0 where nobody has played. */
    public double conversion() {
        return plays == 0 ? 0 : (double) wins / plays;
    }
}
