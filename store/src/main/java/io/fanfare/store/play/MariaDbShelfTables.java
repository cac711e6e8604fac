package io.fanfare.store.play;

import static java.util.stream.Collectors.toMap;

import io.fanfare.engine.reward.Redemption;
import io.fanfare.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** In the words of MariaDB and MySQL, as {@link MariaDbPlayTables}: lists of values in order of the key, and a question after it. */
final class MariaDbShelfTables implements ShelfTables {

    private static final String STOCK = """
            select tenant_id, prize_id, remaining from prize_stock
            where (tenant_id, prize_id) in (:keys)
            order by tenant_id, prize_id
            """;

    private final Database database;

    /** Reads a key, and what is asked for. */
    @FunctionalInterface
    private interface Reading<K, V> {
        Map.Entry<K, V> of(ResultSet row) throws SQLException;
    }

    MariaDbShelfTables(Database database) {
        this.database = database;
    }

    /** {@inheritDoc} A column that is set is seen as set by those after it: the day itself comes last. */
    @Override
    public Map<CounterKey, Count> countUp(Counted counted, long epochDay, SortedMap<CounterKey, Long> by) {
        upsert(
                counted.sql("""
                        insert into $table
                            (tenant_id, $subject, player_id, $count, epoch_day, $count_of_day, $count_of_day_before)
                        values :rows
                        on duplicate key update
                            $count = $count + values($count),
                            $count_of_day_before = case
                                when epoch_day < values(epoch_day) - 1 then 0
                                when epoch_day = values(epoch_day) - 1 then $count_of_day
                                when epoch_day = values(epoch_day) + 1 then $count_of_day_before + values($count)
                                else $count_of_day_before end,
                            $count_of_day = case
                                when epoch_day < values(epoch_day) then values($count)
                                when epoch_day = values(epoch_day) then $count_of_day + values($count)
                                else $count_of_day end,
                            epoch_day = greatest(epoch_day, values(epoch_day))
                        """),
                map(
                        by.entrySet(),
                        entry -> row(
                                entry.getKey().tenant().value(),
                                entry.getKey().subject(),
                                entry.getKey().player().value(),
                                entry.getValue(),
                                epochDay,
                                entry.getValue(),
                                0L)));
        return ask(
                counted.sql("""
                        select tenant_id, $subject as subject, player_id, $count as ever, epoch_day,
                            $count_of_day as of_day, $count_of_day_before as of_day_before
                        from $table
                        where (tenant_id, $subject, player_id) in (:keys)
                        """),
                map(
                        by.keySet(),
                        key -> row(
                                key.tenant().value(),
                                key.subject(),
                                key.player().value())),
                row -> Map.entry(KeyRows.counter(row), KeyRows.count(row)));
    }

    @Override
    public Map<TurnKey, Long> lockTurns(SortedSet<TurnKey> turns) {
        return ask(
                """
                select tenant_id, campaign_id, player_id, balance from turn_balance
                where (tenant_id, campaign_id, player_id) in (:keys)
                order by tenant_id, campaign_id, player_id
                for update
                """,
                map(
                        turns,
                        key -> row(
                                key.tenant().value(),
                                key.campaign().value(),
                                key.player().value())),
                row -> Map.entry(KeyRows.turn(row), row.getLong("balance")));
    }

    @Override
    public Map<BudgetKey, Long> lockBudgets(SortedSet<BudgetKey> budgets) {
        upsert("""
                insert into budget_counter (tenant_id, scope, scope_id, spent) values :rows
                on duplicate key update spent = spent
                """, map(budgets, key -> row(key.tenant().value(), key.scope(), key.id(), 0L)));
        return ask(
                """
                select tenant_id, scope, scope_id, spent from budget_counter
                where (tenant_id, scope, scope_id) in (:keys)
                """,
                map(budgets, key -> row(key.tenant().value(), key.scope(), key.id())),
                row -> Map.entry(KeyRows.budget(row), row.getLong("spent")));
    }

    @Override
    public Map<MomentKey, Long> lockMoments(SortedSet<MomentKey> moments) {
        upsert(
                """
                insert into moment_counter (tenant_id, game_id, prize_id, claimed) values :rows
                on duplicate key update claimed = claimed
                """,
                map(
                        moments,
                        key -> row(
                                key.tenant().value(),
                                key.game().value(),
                                key.prize().value(),
                                0L)));
        return ask(
                """
                select tenant_id, game_id, prize_id, claimed from moment_counter
                where (tenant_id, game_id, prize_id) in (:keys)
                """,
                map(
                        moments,
                        key -> row(
                                key.tenant().value(),
                                key.game().value(),
                                key.prize().value())),
                row -> Map.entry(KeyRows.moment(row), row.getLong("claimed")));
    }

    /** {@inheritDoc} The prizes themselves are asked for afterwards: a lock on a join would hold them too. */
    @Override
    public Map<PrizeKey, StockOfPrize> seeStock(SortedSet<PrizeKey> prizes) {
        return stock(STOCK, prizes);
    }

    @Override
    public Map<PrizeKey, StockOfPrize> lockStock(SortedSet<PrizeKey> prizes) {
        return stock(STOCK + "for update", prizes);
    }

    private Map<PrizeKey, StockOfPrize> stock(String sql, SortedSet<PrizeKey> prizes) {
        List<@Nullable Object[]> keys =
                map(prizes, key -> row(key.tenant().value(), key.prize().value()));
        Map<PrizeKey, Long> units = ask(sql, keys, row -> Map.entry(KeyRows.prize(row), StockOfPrize.units(row)));
        Map<PrizeKey, Redemption> redemptions = redemptions(keys);
        return units.entrySet().stream()
                .collect(toMap(
                        Map.Entry::getKey,
                        there -> new StockOfPrize(
                                there.getValue(), redemptions.getOrDefault(there.getKey(), Redemption.ON_CLAIM))));
    }

    private Map<PrizeKey, Redemption> redemptions(List<@Nullable Object[]> keys) {
        return database
                .jdbc()
                .sql("""
                        select tenant_id, prize_id, redemption_mode, is_in_app, valid_for_seconds from prize
                        where (tenant_id, prize_id) in (:keys)
                        """)
                .param("keys", keys)
                .query((row, _) -> Map.entry(KeyRows.prize(row), StockOfPrize.redemption(row)))
                .list()
                .stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** {@inheritDoc} Prize by prize: a list of values cannot drive a limit each. */
    @Override
    public Map<PrizeKey, CodePool> lockCodes(SortedMap<PrizeKey, Long> demand) {
        var pools = new HashMap<PrizeKey, CodePool>();
        demand.forEach((prize, units) -> {
            List<String> free = database.jdbc()
                    .sql("""
                            select code from prize_code
                            where tenant_id = :tenant and prize_id = :prize and reward_id is null
                            order by position
                            limit :units
                            for update skip locked
                            """)
                    .param("tenant", prize.tenant().value())
                    .param("prize", prize.prize().value())
                    .param("units", units)
                    .query((row, _) -> row.getString("code"))
                    .list();
            pools.put(prize, new CodePool(free, free.size() < units));
        });
        return pools;
    }

    private void upsert(String sql, List<@Nullable Object[]> rows) {
        database.jdbc().sql(sql).param("rows", rows).update();
    }

    private <K, V> Map<K, V> ask(String sql, List<@Nullable Object[]> keys, Reading<K, V> reading) {
        return database.jdbc().sql(sql).param("keys", keys).query((row, _) -> reading.of(row)).list().stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static <T> List<@Nullable Object[]> map(Collection<T> values, Function<T, @Nullable Object[]> to) {
        return values.stream().map(to).toList();
    }

    private static @Nullable Object[] row(@Nullable Object... columns) {
        return columns;
    }
}
