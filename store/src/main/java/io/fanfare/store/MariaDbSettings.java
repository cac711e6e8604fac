package io.fanfare.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;

/**
 * What the stores count on and a statement of theirs cannot bring about: that what is committed stays, that it is in the log which
 * the relay reads, and that a transaction sees what others committed. A server that is set up otherwise is refused at the start,
 * rather than found out after a crash.
 */
final class MariaDbSettings {

    private static final List<Setting> REQUIRED = List.of(
            new Setting("transaction_isolation", "READ-COMMITTED"),
            new Setting("innodb_flush_log_at_trx_commit", "1"),
            new Setting("log_bin", "1"),
            new Setting("sync_binlog", "1"),
            new Setting("binlog_format", "ROW"),
            new Setting("binlog_row_image", "FULL"));

    private record Setting(String name, String value) {}

    private MariaDbSettings() {}

    /** @throws IllegalStateException where one of them is not as it must be, with all that are not */
    static void require(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            List<String> wrong = REQUIRED.stream()
                    .map(setting -> complaint(setting, value(statement, setting.name())))
                    .filter(complaint -> !complaint.isEmpty())
                    .toList();
            if (!wrong.isEmpty()) {
                throw new IllegalStateException("the database is not set up for this: " + String.join(", ", wrong));
            }
            String mode = value(statement, "sql_mode");
            if (Arrays.stream(mode.split(",", -1)).noneMatch(one -> one.startsWith("STRICT_"))) {
                throw new IllegalStateException("sql_mode is '%s', expected a strict one".formatted(mode));
            }
        }
    }

    private static String complaint(Setting setting, String found) {
        return found.equals(setting.value())
                ? ""
                : "%s is %s, expected %s".formatted(setting.name(), found, setting.value());
    }

    private static String value(Statement statement, String variable) {
        try (ResultSet row = statement.executeQuery("select @@" + variable)) {
            row.next();
            return String.valueOf(row.getString(1));
        } catch (SQLException e) {
            throw new IllegalStateException("the database does not say what %s is".formatted(variable), e);
        }
    }
}
