package io.fanfare.store.play;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import io.fanfare.store.Database;
import io.fanfare.store.Database.Answers;
import io.fanfare.store.Question;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.function.Function;

/** In the words of PostgreSQL, as {@link PostgresPlayTables}. */
final class PostgresShelfTables implements ShelfTables {

    private static final String STOCK = """
            select stock.tenant_id, stock.prize_id, stock.remaining,
                prize.redemption_mode, prize.is_in_app, prize.valid_for_seconds
            from prize_stock as stock
            left join prize on prize.tenant_id = stock.tenant_id and prize.prize_id = stock.prize_id
            where (stock.tenant_id, stock.prize_id) in (select * from unnest(?, ?))
            order by stock.tenant_id, stock.prize_id
            """;

    private final Database database;

    PostgresShelfTables(Database database) {
        this.database = database;
    }

    /** {@inheritDoc} With one round trip: they are half of all that a batch asks. */
    @Override
    public Counts countUpAndSee(
            long epochDay,
            SortedMap<CounterKey, Long> plays,
            SortedMap<CounterKey, Long> awards,
            SortedSet<PrizeKey> prizes) {
        var played = countingUp(Counted.PLAYS, epochDay, plays);
        var awarded = countingUp(Counted.AWARDS, epochDay, awards);
        var seen = seeing(STOCK, prizes);
        Answers answers = database.ask(List.of(played, awarded, seen));
        return new Counts(asMap(answers.to(played)), asMap(answers.to(awarded)), asMap(answers.to(seen)));
    }

    @Override
    public Map<CounterKey, Count> countUp(Counted counted, long epochDay, SortedMap<CounterKey, Long> by) {
        return answer(countingUp(counted, epochDay, by));
    }

    private static Question<Map.Entry<CounterKey, Count>> countingUp(
            Counted counted, long epochDay, SortedMap<CounterKey, Long> by) {
        return new Question<>(
                counted.sql("""
                        insert into $table as counter
                            (tenant_id, $subject, player_id, $count, epoch_day, $count_of_day, $count_of_day_before)
                        select tenant_id, subject, player_id, plus, epoch_day, plus, 0
                        from unnest(?, ?, ?, ?, ?)
                            with ordinality as more (tenant_id, subject, player_id, epoch_day, plus, n)
                        order by n
                        on conflict (tenant_id, $subject, player_id) do update
                        set $count = counter.$count + excluded.$count,
                            epoch_day = greatest(counter.epoch_day, excluded.epoch_day),
                            $count_of_day = case
                                when counter.epoch_day < excluded.epoch_day then excluded.$count
                                when counter.epoch_day = excluded.epoch_day then counter.$count_of_day + excluded.$count
                                else counter.$count_of_day end,
                            $count_of_day_before = case
                                when counter.epoch_day < excluded.epoch_day - 1 then 0
                                when counter.epoch_day = excluded.epoch_day - 1 then counter.$count_of_day
                                when counter.epoch_day = excluded.epoch_day + 1
                                    then counter.$count_of_day_before + excluded.$count
                                else counter.$count_of_day_before end
                        returning tenant_id, $subject as subject, player_id, $count as ever, epoch_day,
                            $count_of_day as of_day, $count_of_day_before as of_day_before
                        """),
                List.of(
                        Database.texts(map(by.keySet(), key -> key.tenant().value())),
                        Database.texts(map(by.keySet(), CounterKey::subject)),
                        Database.texts(map(by.keySet(), key -> key.player().value())),
                        Database.numbers(map(by.keySet(), _ -> epochDay)),
                        Database.numbers(by.values())),
                (row, _) -> Map.entry(KeyRows.counter(row), KeyRows.count(row)));
    }

    @Override
    public Map<TurnKey, Long> lockTurns(SortedSet<TurnKey> turns) {
        return database
                .jdbc()
                .sql("""
                        select tenant_id, campaign_id, player_id, balance
                        from turn_balance
                        where (tenant_id, campaign_id, player_id) in (select * from unnest(:tenants, :campaigns, :players))
                        order by tenant_id, campaign_id, player_id
                        for update
                        """)
                .param("tenants", Database.texts(map(turns, key -> key.tenant().value())))
                .param(
                        "campaigns",
                        Database.texts(map(turns, key -> key.campaign().value())))
                .param("players", Database.texts(map(turns, key -> key.player().value())))
                .query((row, _) -> Map.entry(KeyRows.turn(row), row.getLong("balance")))
                .list()
                .stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public Map<BudgetKey, Long> lockBudgets(SortedSet<BudgetKey> budgets) {
        return database
                .jdbc()
                .sql("""
                        insert into budget_counter as counter (tenant_id, scope, scope_id, spent)
                        select tenant_id, scope, scope_id, 0
                        from unnest(:tenants, :scopes, :ids) with ordinality as wanted (tenant_id, scope, scope_id, n)
                        order by n
                        on conflict (tenant_id, scope, scope_id) do update set spent = counter.spent
                        returning tenant_id, scope, scope_id, spent
                        """)
                .param(
                        "tenants",
                        Database.texts(map(budgets, key -> key.tenant().value())))
                .param("scopes", Database.texts(map(budgets, BudgetKey::scope)))
                .param("ids", Database.texts(map(budgets, BudgetKey::id)))
                .query((row, _) -> Map.entry(KeyRows.budget(row), row.getLong("spent")))
                .list()
                .stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public Map<MomentKey, Long> lockMoments(SortedSet<MomentKey> moments) {
        return database
                .jdbc()
                .sql("""
                        insert into moment_counter as counter (tenant_id, game_id, prize_id, claimed)
                        select tenant_id, game_id, prize_id, 0
                        from unnest(:tenants, :games, :prizes) with ordinality as wanted (tenant_id, game_id, prize_id, n)
                        order by n
                        on conflict (tenant_id, game_id, prize_id) do update set claimed = counter.claimed
                        returning tenant_id, game_id, prize_id, claimed
                        """)
                .param(
                        "tenants",
                        Database.texts(map(moments, key -> key.tenant().value())))
                .param("games", Database.texts(map(moments, key -> key.game().value())))
                .param("prizes", Database.texts(map(moments, key -> key.prize().value())))
                .query((row, _) -> Map.entry(KeyRows.moment(row), row.getLong("claimed")))
                .list()
                .stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public Map<PrizeKey, StockOfPrize> seeStock(SortedSet<PrizeKey> prizes) {
        return answer(seeing(STOCK, prizes));
    }

    @Override
    public Map<PrizeKey, StockOfPrize> lockStock(SortedSet<PrizeKey> prizes) {
        return answer(seeing(STOCK + "for update of stock", prizes));
    }

    private static Question<Map.Entry<PrizeKey, StockOfPrize>> seeing(String sql, SortedSet<PrizeKey> prizes) {
        return new Question<>(
                sql,
                List.of(
                        Database.texts(map(prizes, key -> key.tenant().value())),
                        Database.texts(map(prizes, key -> key.prize().value()))),
                (row, _) -> Map.entry(
                        KeyRows.prize(row), new StockOfPrize(StockOfPrize.units(row), StockOfPrize.redemption(row))));
    }

    private <K, V> Map<K, V> answer(Question<Map.Entry<K, V>> question) {
        return asMap(database.ask(List.of(question)).to(question));
    }

    private static <K, V> Map<K, V> asMap(List<Map.Entry<K, V>> entries) {
        return entries.stream().collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public Map<PrizeKey, CodePool> lockCodes(SortedMap<PrizeKey, Long> demand) {
        var codes = new HashMap<PrizeKey, List<String>>();
        demand.keySet().forEach(prize -> codes.put(prize, new ArrayList<>()));
        database.jdbc()
                .sql("""
                        select wanted.tenant_id, wanted.prize_id, free.code
                        from unnest(:tenants, :prizes, :units) with ordinality as wanted (tenant_id, prize_id, units, n)
                        cross join lateral (
                            select code, position
                            from prize_code
                            where tenant_id = wanted.tenant_id and prize_id = wanted.prize_id and reward_id is null
                            order by position
                            limit wanted.units
                            for update skip locked) as free
                        order by wanted.n, free.position
                        """)
                .param(
                        "tenants",
                        Database.texts(map(demand.keySet(), key -> key.tenant().value())))
                .param(
                        "prizes",
                        Database.texts(map(demand.keySet(), key -> key.prize().value())))
                .param("units", Database.numbers(demand.values()))
                .query((row, _) ->
                        requireNonNull(codes.get(KeyRows.prize(row)), "codes").add(row.getString("code")))
                .list();
        return demand.entrySet().stream().collect(toMap(Map.Entry::getKey, wanted -> {
            List<String> free = requireNonNull(codes.get(wanted.getKey()), "codes");
            return new CodePool(free, free.size() < wanted.getValue());
        }));
    }

    private static <T, R> List<R> map(Collection<T> values, Function<T, R> to) {
        return values.stream().map(to).toList();
    }
}
