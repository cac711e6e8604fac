package io.fanfare.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class MigrationsIT {

    private final HikariDataSource empty;

    MigrationsIT(StoreServer server) {
        this.empty = server.freshDataSource();
    }

    @Test
    void they_are_complete_once_they_ran() {
        var migrations = new Migrations(empty);
        assertThat(migrations.areComplete()).isFalse();

        migrations.run();

        assertThat(migrations.areComplete()).isTrue();
    }

    @Test
    void services_that_start_together_wait_for_one_another() throws Exception {
        try (var threads = Executors.newFixedThreadPool(3)) {
            List<Future<Object>> starts = threads.invokeAll(Collections.nCopies(3, () -> {
                new Migrations(empty).run();
                return "done";
            }));

            assertThat(starts).allSatisfy(start -> assertThat(start.get()).isEqualTo("done"));
        }
    }

    @Test
    void somebody_elses_tables_are_no_obstacle() {
        Database.over(empty).jdbc().sql("create table artifacts (id int)").update();

        new Migrations(empty).run();

        assertThat(new Migrations(empty).areComplete()).isTrue();
    }

    @Test
    void every_key_starts_with_the_tenant() throws SQLException {
        new Migrations(empty).run();

        List<String> others = new ArrayList<>();
        try (Connection connection = empty.getConnection();
                ResultSet tables = connection
                        .getMetaData()
                        .getTables(connection.getCatalog(), connection.getSchema(), "%", new String[] {
                            "TABLE", "BASE TABLE"
                        })) {
            while (tables.next()) {
                String table = tables.getString("TABLE_NAME");
                firstOfKey(connection, table)
                        .filter(column -> !column.equals("tenant_id"))
                        .ifPresent(_ -> others.add(table));
            }
        }

        // Deliveries are worked off across tenants, by ids that are unique among all of them; so are reminders, in one
        // go.
        assertThat(others)
                .contains("integration", "webhook_attempt", "webhook_delivery")
                .isSubsetOf(
                        Migrations.HISTORY_TABLE,
                        "integration",
                        "outbox",
                        "relay_mark",
                        "reward_reminder",
                        "webhook_attempt",
                        "webhook_delivery");
    }

    private static Optional<String> firstOfKey(Connection connection, String table) throws SQLException {
        try (ResultSet key =
                connection.getMetaData().getPrimaryKeys(connection.getCatalog(), connection.getSchema(), table)) {
            while (key.next()) {
                if (key.getInt("KEY_SEQ") == 1) {
                    return Optional.of(key.getString("COLUMN_NAME"));
                }
            }
            return Optional.empty();
        }
    }
}
