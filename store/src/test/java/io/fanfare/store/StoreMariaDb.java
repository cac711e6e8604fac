package io.fanfare.store;

import com.zaxxer.hikari.HikariDataSource;

/** One real MariaDB for all tests of this module; it goes when the JVM does. */
final class StoreMariaDb {

    private StoreMariaDb() {}

    /** Started by whoever needs it first. */
    private static final class Server {
        private static final MySqlFamily DATABASES = of(EmbeddedMariaDb.start());

        private static MySqlFamily of(EmbeddedMariaDb server) {
            return new MySqlFamily(server::jdbcUrl, EmbeddedMariaDb.USER, "");
        }
    }

    static Database shared() {
        return Server.DATABASES.shared();
    }

    static Database fresh() {
        return Server.DATABASES.fresh();
    }

    static HikariDataSource freshDataSource() {
        return Server.DATABASES.freshDataSource();
    }
}
