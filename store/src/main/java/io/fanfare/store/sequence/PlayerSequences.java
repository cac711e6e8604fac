package io.fanfare.store.sequence;

import static java.util.stream.Collectors.toMap;

import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes numbers. Whoever took one holds its row until the end of the transaction, so the order of numbers is the order of
 * commits, and a transaction that comes to nothing leaves no gap. They are the last locks of a transaction.
 */
public final class PlayerSequences {

    private final Database database;

    public PlayerSequences(Database database) {
        this.database = database;
    }

    /**
     * Takes the next numbers of each sequence, and says which is the last one taken.
     *
     * @throws IllegalStateException outside a transaction
     */
    public Map<SequenceKey, Long> advance(SortedMap<SequenceKey, Long> by) {
        database.requireTransaction("numbers were to be taken");
        return switch (database.dialect()) {
            case POSTGRESQL -> upsertReturning(by);
            case MARIADB -> upsertThenRead(by);
        };
    }

    private Map<SequenceKey, Long> upsertReturning(SortedMap<SequenceKey, Long> by) {
        return database
                .jdbc()
                .sql("""
                        insert into player_sequence as sequence (tenant_id, player_id, stream, last_number)
                        select tenant_id, player_id, stream, taken
                        from unnest(:tenants, :players, :streams, :taken)
                            with ordinality as more (tenant_id, player_id, stream, taken, n)
                        order by n
                        on conflict (tenant_id, player_id, stream) do update
                        set last_number = sequence.last_number + excluded.last_number
                        returning tenant_id, player_id, stream, last_number
                        """)
                .param(
                        "tenants",
                        Database.texts(map(by.keySet(), key -> key.tenant().value())))
                .param(
                        "players",
                        Database.texts(map(by.keySet(), key -> key.player().value())))
                .param("streams", Database.texts(map(by.keySet(), SequenceKey::stream)))
                .param("taken", Database.numbers(by.values()))
                .query(PlayerSequences::last)
                .list()
                .stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** In ascending order of the key, which is the order in which rows are locked; MySQL returns nothing. */
    private Map<SequenceKey, Long> upsertThenRead(SortedMap<SequenceKey, Long> by) {
        database.jdbc()
                .sql("""
                        insert into player_sequence (tenant_id, player_id, stream, last_number) values :rows
                        on duplicate key update last_number = last_number + values(last_number)
                        """)
                .param(
                        "rows",
                        map(
                                by.entrySet(),
                                entry -> row(
                                        entry.getKey().tenant().value(),
                                        entry.getKey().player().value(),
                                        entry.getKey().stream(),
                                        entry.getValue())))
                .update();
        return database
                .jdbc()
                .sql("""
                        select tenant_id, player_id, stream, last_number from player_sequence
                        where (tenant_id, player_id, stream) in (:keys)
                        """)
                .param(
                        "keys",
                        map(
                                by.keySet(),
                                key -> row(key.tenant().value(), key.player().value(), key.stream())))
                .query(PlayerSequences::last)
                .list()
                .stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Map.Entry<SequenceKey, Long> last(ResultSet row, int number) throws SQLException {
        var key = new SequenceKey(
                new TenantId(row.getString("tenant_id")),
                new PlayerId(row.getString("player_id")),
                row.getString("stream"));
        return Map.entry(key, row.getLong("last_number"));
    }

    private static <T, R> List<R> map(Collection<T> values, Function<T, R> to) {
        return values.stream().map(to).toList();
    }

    private static @Nullable Object[] row(@Nullable Object... columns) {
        return columns;
    }
}
