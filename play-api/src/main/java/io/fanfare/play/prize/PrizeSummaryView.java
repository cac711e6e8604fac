package io.fanfare.play.prize;

import io.fanfare.engine.prize.PrizeId;
import io.fanfare.store.prize.PrizeSummary;
import io.fanfare.store.prize.Stock;
import org.jspecify.annotations.Nullable;

/**
 * How a prize is doing.
 *
 * @param total units put in so far; null where there is always one more
 * @param remaining units that can still be won; null where there is always one more
 * @param awarded units that were won, and neither revoked nor expired
 * @param codesAvailable free codes in its pool
 */
record PrizeSummaryView(
        PrizeId prizeId,
        String name,
        @Nullable Long total,
        @Nullable Long remaining,
        long awarded,
        long codesAvailable) {

    static PrizeSummaryView of(PrizeSummary prize) {
        return switch (prize.stock()) {
            case Stock.Unlimited() ->
                new PrizeSummaryView(prize.id(), prize.name(), null, null, prize.awarded(), prize.codesAvailable());
            case Stock.Limited(long total, long remaining) ->
                new PrizeSummaryView(
                        prize.id(), prize.name(), total, remaining, prize.awarded(), prize.codesAvailable());
        };
    }
}
