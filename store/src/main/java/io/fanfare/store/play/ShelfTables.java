package io.fanfare.store.play;

import static io.fanfare.store.RowStatement.number;
import static io.fanfare.store.RowStatement.text;

import io.fanfare.store.Database;
import io.fanfare.store.RowStatement;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * The statements that lock what plays take from, which each database wants in words of its own: counters, turns, budgets, moments,
 * stock and codes. As those of {@link PlayTables}, each runs once for a whole batch and locks in ascending order of the key.
 */
interface ShelfTables {

    /** The two kinds of counters. Each has one row, which says how many there were ever, on a day, and on the day before that. */
    enum Counted {
        PLAYS("play_counter", "game_id", "plays"),
        AWARDS("award_counter", "prize_id", "units");

        private final String table;
        private final String subject;
        private final String count;

        Counted(String table, String subject, String count) {
            this.table = table;
            this.subject = subject;
            this.count = count;
        }

        /** Takes from counters that are locked. */
        RowStatement correction() {
            return RowStatement.update(
                    table,
                    List.of(
                            number(count).subtracted(),
                            number(count + "_of_day").subtracted(),
                            number(count + "_of_day_before").subtracted()),
                    List.of(text("tenant_id"), text(subject), text("player_id")));
        }

        String sql(String template) {
            return template.replace("$table", table)
                    .replace("$subject", subject)
                    .replace("$count", count);
        }
    }

    static ShelfTables of(Database database) {
        return switch (database.dialect()) {
            case POSTGRESQL -> new PostgresShelfTables(database);
            case MARIADB -> new MariaDbShelfTables(database);
        };
    }

    /** Where the counters of plays and of awards stand, and what there is. */
    record Counts(Map<CounterKey, Count> plays, Map<CounterKey, Count> awards, Map<PrizeKey, StockOfPrize> stock) {}

    /** {@linkplain #countUp Counts up} plays, then awards, and then {@linkplain #seeStock looks} at stock. */
    default Counts countUpAndSee(
            long epochDay,
            SortedMap<CounterKey, Long> plays,
            SortedMap<CounterKey, Long> awards,
            SortedSet<PrizeKey> prizes) {
        return new Counts(
                countUp(Counted.PLAYS, epochDay, plays),
                awards.isEmpty() ? Map.of() : countUp(Counted.AWARDS, epochDay, awards),
                prizes.isEmpty() ? Map.of() : seeStock(prizes));
    }

    /** Counts up what came on one day, and says where each counter stands then. Its rows are locked. */
    Map<CounterKey, Count> countUp(Counted counted, long epochDay, SortedMap<CounterKey, Long> by);

    /** Locks balances of turns; absent where nobody was ever granted one. */
    Map<TurnKey, Long> lockTurns(SortedSet<TurnKey> turns);

    /** Locks what was given away so far; a row that was not there is there afterwards. */
    Map<BudgetKey, Long> lockBudgets(SortedSet<BudgetKey> budgets);

    /** Locks how many moments were claimed so far; a row that was not there is there afterwards. */
    Map<MomentKey, Long> lockMoments(SortedSet<MomentKey> moments);

    /** Looks at stock without locking it; absent where there is no such prize. */
    Map<PrizeKey, StockOfPrize> seeStock(SortedSet<PrizeKey> prizes);

    /** Locks stock; absent where there is no such prize. */
    Map<PrizeKey, StockOfPrize> lockStock(SortedSet<PrizeKey> prizes);

    /**
     * Locks free codes, oldest first. The stock of their prizes is locked, so that nobody else awards them; a code that an
     * operator is working on is passed over.
     */
    Map<PrizeKey, CodePool> lockCodes(SortedMap<PrizeKey, Long> demand);
}
