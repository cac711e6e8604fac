package io.fanfare.store;

import com.zaxxer.hikari.HikariDataSource;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** A database server that the stores must be equal on. Each is one for all tests of a JVM, started by whoever needs it first. */
public interface StoreServer {

    /** The database that most tests share: they keep apart by their ids. */
    Database shared();

    /** A migrated database of one's own, for tests that look at all of it. */
    Database fresh();

    /** A database with nothing in it. */
    HikariDataSource freshDataSource();

    /** Every one that the suite runs on: PostgreSQL and MariaDB out of Maven artifacts, or those in containers where it is told so. */
    static Stream<StoreServer> all() {
        return Boolean.getBoolean("fanfare.containers")
                ? ServiceLoader.load(StoreServer.class).stream().map(ServiceLoader.Provider::get)
                : Stream.of(Embedded.values());
    }

    /** Out of Maven artifacts. */
    enum Embedded implements StoreServer {
        POSTGRESQL {
            @Override
            public Database shared() {
                return StorePostgres.shared();
            }

            @Override
            public Database fresh() {
                return StorePostgres.fresh();
            }

            @Override
            public HikariDataSource freshDataSource() {
                return StorePostgres.freshDataSource();
            }
        },
        MARIADB {
            @Override
            public Database shared() {
                return StoreMariaDb.shared();
            }

            @Override
            public Database fresh() {
                return StoreMariaDb.fresh();
            }

            @Override
            public HikariDataSource freshDataSource() {
                return StoreMariaDb.freshDataSource();
            }
        }
    }
}
