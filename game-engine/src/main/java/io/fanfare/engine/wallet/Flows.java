package io.fanfare.engine.wallet;

/**
 * What came into and went out of a currency of a wallet other than by earning and spending.
 *
 * @param lapsed what expired or was taken away, less what an operator gave without it being earned; so it may be below 0
 * @param converted what came out of conversions, less what went into them
 * @param transferred what came from other players, less what went to them
 */
public record Flows(long lapsed, long converted, long transferred) {

    public static final Flows NONE = new Flows(0, 0, 0);
}
