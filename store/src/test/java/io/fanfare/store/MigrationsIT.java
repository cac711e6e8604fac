package io.fanfare.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class MigrationsIT {

    private final HikariDataSource empty = StorePostgres.freshDataSource();

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
    void commits_are_synchronous_whatever_the_server_was_started_with() {
        // The embedded server starts with it off, and a session keeps what it began with.
        new Migrations(empty).run();
        empty.getHikariPoolMXBean().softEvictConnections();

        String setting = Database.over(empty)
                .jdbc()
                .sql("show synchronous_commit")
                .query((row, _) -> row.getString(1))
                .single();

        assertThat(setting).isEqualTo("on");
    }

    @Test
    void every_key_starts_with_the_tenant() {
        new Migrations(empty).run();

        List<String> others = Database.over(empty)
                .jdbc()
                .sql("""
                        select t.relname
                        from pg_index i
                        join pg_class t on t.oid = i.indrelid
                        join pg_namespace n on n.oid = t.relnamespace and n.nspname = 'public'
                        join pg_attribute a on a.attrelid = t.oid and a.attnum = i.indkey[0]
                        where i.indisprimary and a.attname <> 'tenant_id'
                        order by t.relname
                        """)
                .query((row, _) -> row.getString(1))
                .list();

        // Deliveries are worked off across tenants, by ids that are unique among all of them.
        assertThat(others)
                .containsExactly(
                        Migrations.HISTORY_TABLE, "integration", "relay_mark", "webhook_attempt", "webhook_delivery");
    }
}
