package io.fanfare.bench.play;

import com.zaxxer.hikari.HikariDataSource;

/** To the database under test. */
record Connections(String jdbcUrl, String user, String password) {

    /** Open connections, each with its statements prepared on the server after a few uses. */
    HikariDataSource pool(int size) {
        var pool = new HikariDataSource();
        pool.setJdbcUrl(jdbcUrl);
        pool.setUsername(user);
        pool.setPassword(password);
        pool.setMaximumPoolSize(size);
        pool.setMinimumIdle(size);
        pool.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        return pool;
    }

    /** The password stays out of logs. */
    @Override
    public String toString() {
        return "Connections[%s@%s]".formatted(user, jdbcUrl);
    }
}
