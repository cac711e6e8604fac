package io.fanfare.store;

import static java.util.stream.Collectors.joining;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A statement that is run for many rows at a time, in the form that costs each database least: on PostgreSQL once, with an array
 * for each column, and together with the others of a transaction; on MariaDB and MySQL as a batch. Inserted rows keep their
 * order. An update finds its rows by their key, which no two of them share.
 */
@AcrossTenants("it is what the stores make their statements of")
public final class RowStatement {

    private final Column[] columns;
    private final String perRow;
    private final String forAllRows;

    /** What a column takes from Java. */
    private enum Type {
        TEXT("varchar"),
        INTEGER("int4"),
        NUMBER("int8"),
        BYTES("bytea"),
        UUID("uuid"),
        TIME("timestamp");

        private final String sql;

        Type(String sql) {
            this.sql = sql;
        }

        /** Typed arrays travel in binary form where the driver knows one. */
        private Array array(Connection connection, Stream<@Nullable Object> values) throws SQLException {
            return connection.createArrayOf(
                    sql,
                    switch (this) {
                        case TEXT -> values.toArray(String[]::new);
                        case INTEGER -> values.toArray(Integer[]::new);
                        case NUMBER -> values.toArray(Long[]::new);
                        case BYTES -> values.toArray(byte[][]::new);
                        case UUID -> values.toArray(UUID[]::new);
                        case TIME -> values.toArray(LocalDateTime[]::new);
                    });
        }
    }

    /** What becomes of a column: the value, or what it was and the value. */
    private enum Change {
        SET,
        ADD,
        SUBTRACT
    }

    /** A column and what a value does to it. */
    @AcrossTenants("it is what the stores make their statements of")
    public static final class Column {

        private final String name;
        private final Type type;
        private final Change change;

        private Column(String name, Type type, Change change) {
            this.name = name;
            this.type = type;
            this.change = change;
        }

        /** It becomes more by the value. */
        public Column added() {
            return new Column(name, type, Change.ADD);
        }

        /** It becomes less by the value. */
        public Column subtracted() {
            return new Column(name, type, Change.SUBTRACT);
        }

        private String changed(String before, String value) {
            return switch (change) {
                case SET -> value;
                case ADD -> before + " + " + value;
                case SUBTRACT -> before + " - " + value;
            };
        }
    }

    /** Rows for a statement, on their way to the database; see {@link Database#write}. */
    @AcrossTenants("it is what the stores make their statements of")
    public static final class Rows {

        private final RowStatement statement;
        private final List<@Nullable Object[]> rows;

        private Rows(RowStatement statement, List<@Nullable Object[]> rows) {
            this.statement = statement;
            this.rows = rows;
        }

        boolean isEmpty() {
            return rows.isEmpty();
        }

        /** For a single row, with a parameter for each column. */
        String perRow() {
            return statement.perRow;
        }

        /** In the words of PostgreSQL, with an array for each column as parameters. */
        String forAllRows() {
            return statement.forAllRows;
        }

        List<@Nullable Object[]> rows() {
            return rows;
        }

        Array[] arrays(Connection connection) throws SQLException {
            var arrays = new Array[statement.columns.length];
            for (int i = 0; i < arrays.length; i++) {
                int column = i;
                arrays[i] = statement.columns[i].type.array(
                        connection, rows.stream().map(row -> row[column]));
            }
            return arrays;
        }
    }

    private RowStatement(Column[] columns, String perRow, String forAllRows) {
        this.columns = columns;
        this.perRow = perRow;
        this.forAllRows = forAllRows;
    }

    public static Column text(String name) {
        return new Column(name, Type.TEXT, Change.SET);
    }

    public static Column integer(String name) {
        return new Column(name, Type.INTEGER, Change.SET);
    }

    public static Column number(String name) {
        return new Column(name, Type.NUMBER, Change.SET);
    }

    public static Column bytes(String name) {
        return new Column(name, Type.BYTES, Change.SET);
    }

    public static Column uuid(String name) {
        return new Column(name, Type.UUID, Change.SET);
    }

    /** A time as {@link UtcTimes} makes it. */
    public static Column time(String name) {
        return new Column(name, Type.TIME, Change.SET);
    }

    public static RowStatement insert(String table, Column... columns) {
        return new RowStatement(
                columns,
                "insert into %s (%s) values (%s)"
                        .formatted(
                                table,
                                joined(columns, ", ", column -> "`" + column.name + "`"),
                                joined(columns, ", ", _ -> "?")),
                "insert into %s (%s) select %s"
                        .formatted(
                                table,
                                joined(columns, ", ", column -> column.name),
                                joined(columns, ", ", RowStatement::array)));
    }

    /**
     * A row has the values of what is changed first, those of the key after them.
     *
     * @param changed columns that are changed
     * @param key columns that together say which row it is
     */
    public static RowStatement update(String table, List<Column> changed, List<Column> key) {
        Column[] columns = Stream.concat(changed.stream(), key.stream()).toArray(Column[]::new);
        return new RowStatement(
                columns,
                "update %s set %s where %s"
                        .formatted(
                                table,
                                joined(changed, ", ", column -> {
                                    String name = "`" + column.name + "`";
                                    return name + " = " + column.changed(name, "?");
                                }),
                                joined(key, " and ", column -> "`" + column.name + "` = ?")),
                "update %1$s as target set %2$s from (select %3$s) as given (%4$s) where %5$s"
                        .formatted(
                                table,
                                joined(
                                        changed,
                                        ", ",
                                        column -> column.name + " = "
                                                + column.changed("target." + column.name, "given." + column.name)),
                                joined(columns, ", ", RowStatement::array),
                                joined(columns, ", ", column -> column.name),
                                joined(key, " and ", column -> "target.%1$s = given.%1$s".formatted(column.name))));
    }

    /** The rows with a value for each column, in the order in which the statement names them. */
    public <T> Rows of(Collection<T> values, Function<T, @Nullable Object[]> row) {
        return new Rows(this, values.stream().map(row).toList());
    }

    /** In a list of results, where the arrays go side by side without being copied to a table each. */
    private static String array(Column column) {
        return "unnest(?::%s[])".formatted(column.type.sql);
    }

    private static String joined(Column[] columns, String by, Function<Column, String> part) {
        return joined(Arrays.asList(columns), by, part);
    }

    private static String joined(List<Column> columns, String by, Function<Column, String> part) {
        return columns.stream().map(part).collect(joining(by));
    }
}
