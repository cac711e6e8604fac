package io.fanfare.store.play;

import io.fanfare.engine.play.Shelf;
import io.fanfare.engine.reward.Redemption;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/**
 * What is there of a prize.
 *
 * @param units left; {@link Shelf#UNLIMITED} where nothing limits them
 * @param redemption how a unit reaches the one who won it
 */
record StockOfPrize(long units, Redemption redemption) {

    /** More than transactions that run at the same time can take. */
    static final long PLENTY = 1_000;

    /** Whether it can be taken from without being locked first. */
    boolean isPlenty() {
        return units != Shelf.UNLIMITED && units >= PLENTY;
    }

    /** From a row of the stock. */
    static long units(ResultSet row) throws SQLException {
        Long remaining = row.getObject("remaining", Long.class);
        return remaining == null ? Shelf.UNLIMITED : remaining;
    }

    /** From a row of the prize; on claim where there is stock of a prize that nobody has described. */
    static Redemption redemption(ResultSet row) throws SQLException {
        String mode = row.getString("redemption_mode");
        Long seconds = row.getObject("valid_for_seconds", Long.class);
        return mode == null
                ? Redemption.ON_CLAIM
                : new Redemption(
                        Redemption.Mode.named(mode).orElseThrow(),
                        row.getBoolean("is_in_app"),
                        seconds == null ? null : Duration.ofSeconds(seconds));
    }
}
