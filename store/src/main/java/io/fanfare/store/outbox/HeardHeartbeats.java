package io.fanfare.store.outbox;

import io.fanfare.store.AcrossTenants;
import java.time.Instant;
import java.util.Optional;

/**
 * What came back of the rows that the relay writes for itself. A database without slots does not know how far its relay is; but a
 * heartbeat is a row like any other, so where it has arrived, so has everything that was committed before it was written.
 */
@FunctionalInterface
@AcrossTenants("one relay serves all tenants")
public interface HeardHeartbeats {

    /** When the latest one that has arrived was written, by the database's clock; empty where none was heard yet. */
    Optional<Instant> latest();
}
