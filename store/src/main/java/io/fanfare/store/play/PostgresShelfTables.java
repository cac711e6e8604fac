package io.fanfare.store.play;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.play.Shelf;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.reward.Redemption;
import io.fanfare.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The statements of a commit on what plays take from, in the words of PostgreSQL: counters, turns, budgets, moments, stock and codes.
 * As those of {@link PostgresPlayTables}, each runs once for a whole batch and locks in ascending order of the key.
 */
final class PostgresShelfTables {

    private final Database database;

    /** The two kinds of counters. */
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

        private String sql(String template) {
            return template.replace("$table", table)
                    .replace("$subject", subject)
                    .replace("$count", count);
        }
    }

    PostgresShelfTables(Database database) {
        this.database = database;
    }

    /** Counts up, and says where each counter stands then. Its rows are locked. */
    Map<CounterKey, Long> countUp(Counted counted, SortedMap<CounterKey, Long> by) {
        return database
                .jdbc()
                .sql(counted.sql("""
                        insert into $table as counter (tenant_id, $subject, player_id, epoch_day, $count)
                        select tenant_id, subject, player_id, epoch_day, plus
                        from unnest(:tenants, :subjects, :players, :days, :plus)
                            with ordinality as more (tenant_id, subject, player_id, epoch_day, plus, n)
                        order by n
                        on conflict (tenant_id, $subject, player_id, epoch_day) do update
                        set $count = counter.$count + excluded.$count
                        returning tenant_id, $subject as subject, player_id, epoch_day, $count as total
                        """))
                .param(
                        "tenants",
                        Database.texts(map(by.keySet(), key -> key.tenant().value())))
                .param("subjects", Database.texts(map(by.keySet(), CounterKey::subject)))
                .param(
                        "players",
                        Database.texts(map(by.keySet(), key -> key.player().value())))
                .param("days", Database.numbers(map(by.keySet(), CounterKey::epochDay)))
                .param("plus", Database.numbers(by.values()))
                .query((row, _) -> Map.entry(
                        new CounterKey(
                                new TenantId(row.getString("tenant_id")),
                                row.getString("subject"),
                                new PlayerId(row.getString("player_id")),
                                row.getLong("epoch_day")),
                        row.getLong("total")))
                .list()
                .stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Gives back what was counted for nothing, below zero counts what was not, on rows that are locked. */
    void correct(Counted counted, Map<CounterKey, Long> by) {
        database.batch(
                counted.sql("""
                        update $table set $count = $count - ?
                        where tenant_id = ? and $subject = ? and player_id = ? and epoch_day = ?
                        """),
                rows(
                        by.entrySet(),
                        entry -> row(
                                entry.getValue(),
                                entry.getKey().tenant().value(),
                                entry.getKey().subject(),
                                entry.getKey().player().value(),
                                entry.getKey().epochDay())));
    }

    /** Locks balances of turns; absent where nobody was ever granted one. */
    Map<TurnKey, Long> lockTurns(SortedSet<TurnKey> turns) {
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
                .query((row, _) -> Map.entry(
                        new TurnKey(
                                new TenantId(row.getString("tenant_id")),
                                new CampaignId(row.getString("campaign_id")),
                                new PlayerId(row.getString("player_id"))),
                        row.getLong("balance")))
                .list()
                .stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Takes turns from balances that are locked. */
    void takeTurns(Map<TurnKey, Long> turns) {
        database.batch(
                """
                update turn_balance set balance = balance - ?
                where tenant_id = ? and campaign_id = ? and player_id = ?
                """,
                rows(
                        turns.entrySet(),
                        entry -> row(
                                entry.getValue(),
                                entry.getKey().tenant().value(),
                                entry.getKey().campaign().value(),
                                entry.getKey().player().value())));
    }

    /** Locks what was given away so far; a row that was not there is there afterwards. */
    Map<BudgetKey, Long> lockBudgets(SortedSet<BudgetKey> budgets) {
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
                .query((row, _) -> Map.entry(
                        new BudgetKey(
                                new TenantId(row.getString("tenant_id")),
                                row.getString("scope"),
                                row.getString("scope_id")),
                        row.getLong("spent")))
                .list()
                .stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Takes from budgets that are locked. */
    void spend(Map<BudgetKey, Long> amounts) {
        database.batch(
                "update budget_counter set spent = spent + ? where tenant_id = ? and scope = ? and scope_id = ?",
                rows(
                        amounts.entrySet(),
                        entry -> row(
                                entry.getValue(),
                                entry.getKey().tenant().value(),
                                entry.getKey().scope(),
                                entry.getKey().id())));
    }

    /** Locks how many moments were claimed so far; a row that was not there is there afterwards. */
    Map<MomentKey, Long> lockMoments(SortedSet<MomentKey> moments) {
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
                .query((row, _) -> Map.entry(
                        new MomentKey(
                                new TenantId(row.getString("tenant_id")),
                                new GameId(row.getString("game_id")),
                                new PrizeId(row.getString("prize_id"))),
                        row.getLong("claimed")))
                .list()
                .stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Claims moments whose counters are locked. */
    void claimMoments(Map<MomentKey, Long> moments) {
        database.batch(
                "update moment_counter set claimed = claimed + ? where tenant_id = ? and game_id = ? and prize_id = ?",
                rows(
                        moments.entrySet(),
                        entry -> row(
                                entry.getValue(),
                                entry.getKey().tenant().value(),
                                entry.getKey().game().value(),
                                entry.getKey().prize().value())));
    }

    /** Locks stock; absent where there is no such prize. */
    Map<PrizeKey, StockOfPrize> lockStock(SortedSet<PrizeKey> prizes) {
        return database
                .jdbc()
                .sql("""
                        select stock.tenant_id, stock.prize_id, stock.remaining,
                            prize.redemption_mode, prize.is_in_app, prize.valid_for_seconds
                        from prize_stock as stock
                        left join prize on prize.tenant_id = stock.tenant_id and prize.prize_id = stock.prize_id
                        where (stock.tenant_id, stock.prize_id) in (select * from unnest(:tenants, :prizes))
                        order by stock.tenant_id, stock.prize_id
                        for update of stock
                        """)
                .param("tenants", Database.texts(map(prizes, key -> key.tenant().value())))
                .param("prizes", Database.texts(map(prizes, key -> key.prize().value())))
                .query((row, _) -> Map.entry(prizeKey(row), stockOfPrize(row)))
                .list()
                .stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static StockOfPrize stockOfPrize(ResultSet row) throws SQLException {
        Long remaining = row.getObject("remaining", Long.class);
        String mode = row.getString("redemption_mode");
        Long seconds = row.getObject("valid_for_seconds", Long.class);
        Redemption redemption = mode == null
                ? Redemption.ON_CLAIM
                : new Redemption(
                        Redemption.Mode.named(mode).orElseThrow(),
                        row.getBoolean("is_in_app"),
                        seconds == null ? null : Duration.ofSeconds(seconds));
        return new StockOfPrize(remaining == null ? Shelf.UNLIMITED : remaining, redemption);
    }

    /** Takes units from limited stock, which is locked. */
    void takeStock(Map<PrizeKey, Long> units) {
        database.batch(
                """
                update prize_stock set remaining = remaining - ?
                where tenant_id = ? and prize_id = ? and remaining is not null
                """,
                rows(
                        units.entrySet(),
                        entry -> row(
                                entry.getValue(),
                                entry.getKey().tenant().value(),
                                entry.getKey().prize().value())));
    }

    /**
     * Locks free codes, oldest first. The stock of their prizes is locked, so that nobody else awards them; a code that an
     * operator is working on is passed over.
     */
    Map<PrizeKey, CodePool> lockCodes(SortedMap<PrizeKey, Long> demand) {
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
                        requireNonNull(codes.get(prizeKey(row)), "codes").add(row.getString("code")))
                .list();
        return demand.entrySet().stream().collect(toMap(Map.Entry::getKey, wanted -> {
            List<String> free = requireNonNull(codes.get(wanted.getKey()), "codes");
            return new CodePool(free, free.size() < wanted.getValue());
        }));
    }

    private static PrizeKey prizeKey(ResultSet row) throws SQLException {
        return new PrizeKey(new TenantId(row.getString("tenant_id")), new PrizeId(row.getString("prize_id")));
    }

    private static <T, R> List<R> map(Collection<T> values, Function<T, R> to) {
        return values.stream().map(to).toList();
    }

    private static <T> List<@Nullable Object[]> rows(Collection<T> values, Function<T, @Nullable Object[]> row) {
        List<@Nullable Object[]> rows = new ArrayList<>(values.size());
        for (T value : values) {
            rows.add(row.apply(value));
        }
        return rows;
    }

    private static @Nullable Object[] row(@Nullable Object... columns) {
        return columns;
    }
}
