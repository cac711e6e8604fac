package io.fanfare.store.play;

import java.util.List;
import java.util.Map;

/**
 * What is there for a batch of plays to take from, locked so that it stays so until the batch is through.
 *
 * @param plays how often it was played, before the batch
 * @param awards how often it was won, before the batch
 * @param stock units left; {@link #UNLIMITED} where nothing limits them; absent where the prize is not there at all
 * @param codes free codes, in the order in which they go out; absent where none was asked for
 */
record Holdings(
        Map<CounterKey, Long> plays,
        Map<CounterKey, Long> awards,
        Map<PrizeKey, Long> stock,
        Map<PrizeKey, List<String>> codes) {

    static final long UNLIMITED = Long.MAX_VALUE;

    Holdings withCodes(Map<PrizeKey, List<String>> free) {
        return new Holdings(plays, awards, stock, free);
    }
}
