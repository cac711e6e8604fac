package io.fanfare.store.play;

import io.fanfare.engine.play.Shelf;
import java.util.HashMap;
import java.util.Map;

/**
 * What is there for a batch of plays to take from, locked so that it stays so until the batch is through.
 *
 * @param clientSeeds with which a session draws, where that is fixed
 * @param plays how often a game or a campaign was played, before the batch
 * @param awards how often a prize was won, before the batch
 * @param turns balances; absent = none
 * @param budgets what was given away, before the batch
 * @param moments how many were claimed, before the batch
 * @param stock units left; absent where the prize is not there at all
 * @param codes free codes, as far as somebody asked for them
 */
record Holdings(
        Map<SessionKey, String> clientSeeds,
        Map<CounterKey, Count> plays,
        Map<CounterKey, Count> awards,
        Map<TurnKey, Long> turns,
        Map<BudgetKey, Long> budgets,
        Map<MomentKey, Long> moments,
        Map<PrizeKey, StockOfPrize> stock,
        Map<PrizeKey, CodePool> codes) {

    static final Holdings NOTHING =
            new Holdings(Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of());

    long unitsLeft(PrizeKey prize) {
        StockOfPrize there = stock.get(prize);
        return there == null ? 0 : there.units();
    }

    boolean isLimited(PrizeKey prize) {
        return unitsLeft(prize) != Shelf.UNLIMITED;
    }

    CodePool codesOf(PrizeKey prize) {
        return codes.getOrDefault(prize, CodePool.UNASKED);
    }

    Holdings withCodes(Map<PrizeKey, CodePool> more) {
        var all = new HashMap<>(codes);
        all.putAll(more);
        return new Holdings(clientSeeds, plays, awards, turns, budgets, moments, stock, Map.copyOf(all));
    }
}
