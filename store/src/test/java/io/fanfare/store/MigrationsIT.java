package io.fanfare.store;

import static java.util.stream.Collectors.joining;
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
import java.util.stream.IntStream;
import org.flywaydb.core.api.MigrationVersion;
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

    @Test
    void counters_keep_their_totals_and_their_last_two_days() {
        var migrations = new Migrations(empty);
        Database database = Database.over(empty);
        migrations.runUpTo(MigrationVersion.fromVersion(
                switch (database.dialect()) {
                    case POSTGRESQL -> "13";
                    case MARIADB -> "11";
                }));
        database.jdbc().sql("""
                insert into play_counter (tenant_id, game_id, player_id, epoch_day, plays) values
                    ('acme', 'wheel', 'ada', -1, 9), ('acme', 'wheel', 'ada', 20000, 2), ('acme', 'wheel', 'ada', 20001, 3),
                    ('acme', 'wheel', 'grace', -1, 5), ('acme', 'wheel', 'grace', 20001, 1),
                    ('acme', 'wheel', 'grace', 19999, 1), ('acme', 'campaign:c', 'ada', -1, 7)
                """).update();
        database.jdbc().sql("""
                insert into award_counter (tenant_id, prize_id, player_id, epoch_day, units) values
                    ('acme', 'mug', 'ada', -1, 4), ('acme', 'mug', 'ada', 20000, 4)
                """).update();

        migrations.run();

        assertThat(rows(database, "game_id", "plays", "play_counter"))
                .containsExactly("campaign:c ada 7 0 0 0", "wheel ada 9 20001 3 2", "wheel grace 5 20001 1 0");
        assertThat(rows(database, "prize_id", "units", "award_counter")).containsExactly("mug ada 4 20000 4 0");
    }

    private static List<String> rows(Database database, String subject, String count, String table) {
        return database.jdbc()
                .sql("select %1$s, player_id, %2$s, epoch_day, %2$s_of_day, %2$s_of_day_before from %3$s order by 1, 2"
                        .formatted(subject, count, table))
                .query((row, _) -> IntStream.rangeClosed(1, 6)
                        .mapToObj(column -> text(row, column))
                        .collect(joining(" ")))
                .list();
    }

    private static String text(ResultSet row, int column) {
        try {
            return row.getString(column);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
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
