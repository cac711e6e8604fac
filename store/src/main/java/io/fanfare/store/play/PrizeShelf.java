package io.fanfare.store.play;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.play.PlayCounts;
import io.fanfare.engine.play.Shelf;
import io.fanfare.engine.play.Unavailability;
import io.fanfare.engine.prize.Prize;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.prize.RewardId;
import io.fanfare.store.Database;
import io.fanfare.store.RowStatement.Rows;
import io.fanfare.store.play.ShelfTables.Counted;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Takes single units of prizes outside of plays, in the transaction of whoever needs one: by the caps, stock and codes that bind
 * plays, and in their order of locks (counters, stock, codes). Winning moments and budgets are those of plays and bind nobody else.
 */
public final class PrizeShelf {

    private final Database database;

    /** What comes of the wish for a unit. */
    public sealed interface Taking {

        /**
         * It is the player's, unless it is given back.
         *
         * @param code of the unit; null where the prize has none
         * @param isOfLimitedStock whether there is one less in stock
         */
        record Taken(@Nullable String code, boolean isOfLimitedStock) implements Taking {}

        /** It cannot be had; nothing was taken. */
        record Gone(Unavailability why) implements Taking {}
    }

    /**
     * A unit that was taken.
     *
     * @param at when it was: the day that it counts on
     */
    public record TakenUnit(
            TenantId tenant,
            PrizeId prize,
            PlayerId player,
            RewardId reward,
            @Nullable String code,
            boolean isOfLimitedStock,
            Instant at) {}

    public PrizeShelf(Database database) {
        this.database = database;
    }

    /**
     * Takes a unit for a reward that is there or is to come.
     *
     * @throws IllegalStateException outside a transaction
     */
    public Taking take(Prize prize, PlayerId player, RewardId reward, Instant at) {
        database.requireTransaction("a unit was to be taken");
        ShelfTables shelf = ShelfTables.of(database);
        var counter = new CounterKey(prize.tenant(), prize.id().value(), player);
        long epochDay = CounterKey.epochDay(at);
        Map<CounterKey, Count> counts = count(shelf, counter, epochDay, 1);
        PlayCounts before = requireNonNull(counts.get(counter), "a counter that was counted up")
                .without(1, epochDay)
                .asOf(epochDay);
        Taking taking = prize.constraints().allowOneMore(before.ever(), before.today())
                ? unit(shelf, prize, reward)
                : new Taking.Gone(Unavailability.CAPPED);
        if (taking instanceof Taking.Gone) {
            write(PlayWrites.corrections(Counted.AWARDS, epochDay, Map.of(counter, 1L), counts));
        }
        return taking;
    }

    /**
     * Puts a unit back as if it had never been taken; its code goes out again.
     *
     * @throws IllegalStateException outside a transaction
     */
    public void giveBack(TakenUnit unit) {
        database.requireTransaction("a unit was to be given back");
        var counter = new CounterKey(unit.tenant(), unit.prize().value(), unit.player());
        long epochDay = CounterKey.epochDay(unit.at());
        Map<CounterKey, Count> counts = count(ShelfTables.of(database), counter, epochDay, 0);
        write(PlayWrites.corrections(Counted.AWARDS, epochDay, Map.of(counter, 1L), counts));
        var key = new PrizeKey(unit.tenant(), unit.prize());
        if (unit.isOfLimitedStock()) {
            write(PlayWrites.takenStock(Map.of(key, -1L)));
        }
        if (unit.code() != null) {
            database.jdbc()
                    .sql("""
                            update prize_code set reward_id = null
                            where tenant_id = :tenant and prize_id = :prize and code = :code and reward_id = :reward
                            """)
                    .param("tenant", unit.tenant().value())
                    .param("prize", unit.prize().value())
                    .param("code", unit.code())
                    .param("reward", unit.reward().value())
                    .update();
        }
    }

    private Taking unit(ShelfTables shelf, Prize prize, RewardId reward) {
        if (prize.type().isCredit()) {
            return new Taking.Taken(null, false);
        }
        var key = new PrizeKey(prize.tenant(), prize.id());
        StockOfPrize stock = shelf.lockStock(new TreeSet<>(List.of(key))).get(key);
        if (stock == null || stock.units() <= 0) {
            return new Taking.Gone(Unavailability.OUT_OF_STOCK);
        }
        String code = null;
        if (prize.needsCode()) {
            List<String> free = requireNonNull(
                            shelf.lockCodes(new TreeMap<>(Map.of(key, 1L))).get(key), "codes")
                    .codes();
            if (free.isEmpty()) {
                return new Taking.Gone(Unavailability.NO_CODE);
            }
            code = free.getFirst();
            giveOut(key, code, reward);
        }
        boolean isLimited = stock.units() != Shelf.UNLIMITED;
        if (isLimited) {
            write(PlayWrites.takenStock(Map.of(key, 1L)));
        }
        return new Taking.Taken(code, isLimited);
    }

    private void write(Rows rows) {
        database.write(List.of(rows));
    }

    private void giveOut(PrizeKey prize, String code, RewardId reward) {
        database.jdbc()
                .sql("""
                        update prize_code set reward_id = :reward
                        where tenant_id = :tenant and prize_id = :prize and code = :code
                        """)
                .param("reward", reward.value())
                .param("tenant", prize.tenant().value())
                .param("prize", prize.prize().value())
                .param("code", code)
                .update();
    }

    private static Map<CounterKey, Count> count(ShelfTables shelf, CounterKey counter, long epochDay, long by) {
        return shelf.countUp(Counted.AWARDS, epochDay, new TreeMap<>(Map.of(counter, by)));
    }
}
