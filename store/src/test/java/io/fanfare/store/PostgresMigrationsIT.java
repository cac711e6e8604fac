package io.fanfare.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.Test;

class PostgresMigrationsIT {

    private final HikariDataSource empty = StorePostgres.freshDataSource();

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
}
