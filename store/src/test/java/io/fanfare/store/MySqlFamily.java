package io.fanfare.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Databases on a server of this family. It copies none, so a migrated one is made from the statements that make its tables. */
public final class MySqlFamily {

    private static final int CONNECTIONS = 40;

    private final AtomicInteger databases = new AtomicInteger();
    private final UnaryOperator<String> jdbcUrl;
    private final String user;
    private final String password;
    private final List<String> tables;
    private final Database shared;

    /** @param jdbcUrl of a database; of an empty name: of none */
    public MySqlFamily(UnaryOperator<String> jdbcUrl, String user, String password) {
        this.jdbcUrl = jdbcUrl;
        this.user = user;
        this.password = password;
        this.tables = statements();
        this.shared = fresh();
    }

    public Database shared() {
        return shared;
    }

    public Database fresh() {
        HikariDataSource dataSource = freshDataSource();
        Database database = Database.over(dataSource);
        // The order of the tables is that of their names: who refers to whom is not looked at before all are there.
        database.inTransaction(() -> {
            database.jdbc().sql("set foreign_key_checks = 0").update();
            tables.forEach(table -> database.jdbc().sql(table).update());
            return database.jdbc().sql("set foreign_key_checks = 1").update();
        });
        return database;
    }

    public HikariDataSource freshDataSource() {
        String name = "test" + databases.incrementAndGet();
        try (HikariDataSource server = sessions("")) {
            JdbcClient.create(server).sql("create database " + name).update();
        }
        return sessions(name);
    }

    private List<String> statements() {
        try (HikariDataSource migrated = freshDataSource()) {
            new Migrations(migrated).run();
            JdbcClient jdbc = JdbcClient.create(migrated);
            return jdbc.sql("show tables").query((row, _) -> row.getString(1)).list().stream()
                    .map(table -> jdbc.sql("show create table " + table)
                            .query((row, _) -> row.getString(2))
                            .single())
                    .toList();
        }
    }

    private HikariDataSource sessions(String database) {
        var config = new HikariConfig();
        config.setJdbcUrl(jdbcUrl.apply(database));
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(CONNECTIONS);
        // Many tests have a database of their own: its sessions go soon after the test.
        config.setMinimumIdle(0);
        config.setIdleTimeout(10_000);
        return new HikariDataSource(config);
    }
}
