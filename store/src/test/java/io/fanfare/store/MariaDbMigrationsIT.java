package io.fanfare.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataIntegrityViolationException;

class MariaDbMigrationsIT {

    private final HikariDataSource empty = StoreMariaDb.freshDataSource();

    @AfterEach
    void letGo() {
        empty.close();
    }

    @Test
    void a_session_that_would_not_see_what_others_committed_is_refused_before_anything_is_changed() {
        try (HikariDataSource repeatable = sessions("set session transaction_isolation = 'REPEATABLE-READ'")) {
            assertThatThrownBy(() -> new Migrations(repeatable).run())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("transaction_isolation is REPEATABLE-READ, expected READ-COMMITTED");
        }

        assertThat(new Migrations(empty).areComplete()).isFalse();
    }

    @Test
    void a_session_that_would_cut_off_what_does_not_fit_is_refused() {
        try (HikariDataSource lenient = sessions("set session sql_mode = ''")) {
            assertThatThrownBy(() -> new Migrations(lenient).run()).hasMessageContaining("sql_mode is ''");
        }
    }

    @Test
    void texts_differ_by_their_case_and_by_their_last_blank() {
        new Migrations(empty).run();
        Database database = Database.over(empty);

        for (String id : new String[] {"a", "A", "a ", "\u00e4"}) {
            database.jdbc()
                    .sql(
                            "insert into game (tenant_id, game_id, revision, created_at, updated_at) values ('acme', ?, 1, utc_timestamp(), utc_timestamp())")
                    .param(id)
                    .update();
        }

        assertThat(database.jdbc()
                        .sql("select game_id from game where tenant_id = 'acme' order by game_id")
                        .query(String.class)
                        .list())
                .containsExactly("A", "a", "a ", "\u00e4");
    }

    @Test
    void a_text_that_does_not_fit_is_refused() {
        new Migrations(empty).run();
        Database database = Database.over(empty);

        assertThatThrownBy(() -> database.jdbc()
                        .sql(
                                "insert into game (tenant_id, game_id, revision, created_at, updated_at) values (?, 'game', 1, utc_timestamp(), utc_timestamp())")
                        .param("t".repeat(101))
                        .update())
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    void a_lock_that_is_waited_for_in_vain_is_a_conflict() {
        new Migrations(empty).run();
        Database database = Database.over(empty);
        database.jdbc()
                .sql(
                        "insert into game (tenant_id, game_id, revision, created_at, updated_at) values ('acme', 'game', 1, utc_timestamp(), utc_timestamp())")
                .update();

        assertThatThrownBy(() -> database.inTransaction(() -> {
                    database.jdbc().sql("update game set revision = 2").update();
                    return database.inTransactionBeside(() -> {
                        database.jdbc()
                                .sql("set session innodb_lock_wait_timeout = 1")
                                .update();
                        return database.jdbc()
                                .sql("update game set revision = 3")
                                .update();
                    });
                }))
                .isInstanceOf(ConcurrencyFailureException.class);
    }

    private HikariDataSource sessions(String initialStatement) {
        var config = new HikariConfig();
        empty.copyStateTo(config);
        config.setConnectionInitSql(initialStatement);
        return new HikariDataSource(config);
    }
}
