package io.fanfare.store.simulation;

import io.fanfare.engine.identity.TenantId;
import io.fanfare.store.AcrossTenants;
import io.fanfare.store.Database;
import io.fanfare.store.UtcTimes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** What instances left behind: simulations whose lease ended without a word, and those that nobody asks for any more. */
@AcrossTenants("any instance goes on with what another left behind, whosever it is")
public final class AbandonedSimulations {

    /** How often one is begun at most: what brings down instance after instance must come to an end. */
    public static final int MAX_ATTEMPTS = 3;

    /** How long a forecast can be read. */
    public static final Duration KEPT = Duration.ofDays(7);

    private final Database database;
    private final Clock clock;

    public AbandonedSimulations(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Takes one over, the longest abandoned first; it begins anew. One that was begun {@value #MAX_ATTEMPTS} times is marked failed
     * instead. Empty where there is none.
     */
    public Optional<LeasedSimulation> takeOver() {
        Instant now = clock.instant();
        database.inTransactionOrAgain(() -> markHopeless(now));
        return database.inTransactionOrAgain(() -> abandoned(now).map(simulation -> {
            hold(simulation, now);
            return simulation;
        }));
    }

    /** Sweeps out what is older than {@link #KEPT}; says how many went. */
    public int sweep() {
        return database.inTransactionOrAgain(() -> database.jdbc()
                .sql("delete from simulation where finished_at < :before")
                .param("before", UtcTimes.column(clock.instant().minus(KEPT)))
                .update());
    }

    private int markHopeless(Instant now) {
        return database.jdbc()
                .sql("""
                        update simulation
                        set status = 'failed', failure = :why, finished_at = :now, lease = null, lease_until = null
                        where status = 'running' and lease_until <= :now and attempts >= :most
                        """)
                .param("why", "was begun %d times and never came to an end".formatted(MAX_ATTEMPTS))
                .param("now", UtcTimes.column(now))
                .param("most", MAX_ATTEMPTS)
                .update();
    }

    private Optional<LeasedSimulation> abandoned(Instant now) {
        return database.jdbc()
                .sql("""
                        select * from simulation
                        where status = 'running' and lease_until <= :now and attempts < :most
                        order by lease_until
                        limit 1
                        for update skip locked
                        """)
                .param("now", UtcTimes.column(now))
                .param("most", MAX_ATTEMPTS)
                .query(AbandonedSimulations::takenOver)
                .optional();
    }

    private void hold(LeasedSimulation simulation, Instant now) {
        database.jdbc()
                .sql("""
                        update simulation set lease = :lease, lease_until = :until, attempts = :attempt, played = 0
                        where tenant_id = :tenant and simulation_id = :simulation
                        """)
                .param("lease", simulation.lease().toString())
                .param("until", UtcTimes.column(now.plus(Simulations.LEASE)))
                .param("attempt", simulation.attempt())
                .param("tenant", simulation.tenant().value())
                .param("simulation", simulation.id().value())
                .update();
    }

    private static LeasedSimulation takenOver(ResultSet row, int number) throws SQLException {
        return new LeasedSimulation(
                new TenantId(row.getString("tenant_id")),
                new SimulationId(row.getString("simulation_id")),
                SimulationRows.order(row),
                row.getInt("attempts") + 1,
                UUID.randomUUID());
    }
}
