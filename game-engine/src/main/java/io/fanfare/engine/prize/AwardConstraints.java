package io.fanfare.engine.prize;

/**
 * How many units of a prize one player may win.
 *
 * @param maxPerUser ever; 0 = unlimited
 * @param maxPerDay per UTC day; 0 = unlimited
 */
public record AwardConstraints(int maxPerUser, int maxPerDay) {

    public static final AwardConstraints NONE = new AwardConstraints(0, 0);

    public AwardConstraints {
        if (maxPerUser < 0 || maxPerDay < 0) {
            throw new IllegalArgumentException(
                    "constraints are %d and %d, expected 0 or more".formatted(maxPerUser, maxPerDay));
        }
    }

    public boolean isLimited() {
        return maxPerUser > 0 || maxPerDay > 0;
    }

    /** Whether a player who has won this many may win one more. */
    public boolean allowOneMore(long wonEver, long wonToday) {
        return (maxPerUser == 0 || wonEver < maxPerUser) && (maxPerDay == 0 || wonToday < maxPerDay);
    }
}
