package io.fanfare.store.simulation;

import io.fanfare.engine.identity.TenantId;
import io.fanfare.store.Database;
import io.fanfare.store.UtcTimes;
import io.fanfare.store.identity.Ids;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The simulations of a tenant. Whoever begins one holds a lease on it and renews it with its progress; what is reported under a
 * lease that was lost is not written.
 */
public final class Simulations {

    /** How long a simulation stays with an instance that says nothing. */
    public static final Duration LEASE = Duration.ofSeconds(60);

    private final Database database;
    private final Ids ids;
    private final Clock clock;

    public Simulations(Database database, Ids ids, Clock clock) {
        this.database = database;
        this.ids = ids;
        this.clock = clock;
    }

    /** Writes it down as running, to be run by whoever called this. */
    public LeasedSimulation begin(TenantId tenant, SimulationOrder order) {
        Instant now = clock.instant();
        var begun = new LeasedSimulation(tenant, new SimulationId(ids.mint("sim_")), order, 1, UUID.randomUUID());
        database.jdbc()
                .sql("""
                        insert into simulation (tenant_id, simulation_id, game_id, game_revision, plays, players, seed,
                            crowd_from, crowd_until, status, played, attempts, lease, lease_until, created_at)
                        values (:tenant, :simulation, :game, :revision, :plays, :players, :seed,
                            :from, :until, 'running', 0, 1, :lease, :lease_until, :now)
                        """)
                .param("tenant", tenant.value())
                .param("simulation", begun.id().value())
                .param("game", order.game().value())
                .param("revision", order.gameRevision())
                .param("plays", order.crowd().plays())
                .param("players", order.crowd().players())
                .param("seed", order.seed())
                .param("from", UtcTimes.column(order.crowd().from()))
                .param("until", UtcTimes.column(order.crowd().until()))
                .param("lease", begun.lease().toString())
                .param("lease_until", UtcTimes.column(now.plus(LEASE)))
                .param("now", UtcTimes.column(now))
                .update();
        return begun;
    }

    public Optional<Simulation> find(TenantId tenant, SimulationId id) {
        return database.jdbc()
                .sql("select * from simulation where tenant_id = :tenant and simulation_id = :simulation")
                .param("tenant", tenant.value())
                .param("simulation", id.value())
                .query(SimulationRows::read)
                .optional();
    }

    /**
     * Says how far it is, and keeps the lease for another full time.
     *
     * @return false where the lease was lost: then somebody else runs it
     */
    public boolean progress(LeasedSimulation held, long played) {
        return database.jdbc()
                        .sql("""
                        update simulation set played = :played, lease_until = :until
                        where tenant_id = :tenant and simulation_id = :simulation and lease = :lease and status = 'running'
                        """)
                        .param("played", played)
                        .param("until", UtcTimes.column(clock.instant().plus(LEASE)))
                        .param("tenant", held.tenant().value())
                        .param("simulation", held.id().value())
                        .param("lease", held.lease().toString())
                        .update()
                == 1;
    }

    /**
     * Ends it well.
     *
     * @param forecast JSON
     * @return false where the lease was lost
     */
    public boolean done(LeasedSimulation held, String forecast) {
        return database.jdbc()
                        .sql("""
                        update simulation
                        set status = 'done', played = plays, forecast = :forecast, finished_at = :now, lease = null,
                            lease_until = null
                        where tenant_id = :tenant and simulation_id = :simulation and lease = :lease and status = 'running'
                        """)
                        .param("forecast", forecast)
                        .param("now", UtcTimes.column(clock.instant()))
                        .param("tenant", held.tenant().value())
                        .param("simulation", held.id().value())
                        .param("lease", held.lease().toString())
                        .update()
                == 1;
    }

    /**
     * Ends it badly.
     *
     * @param why for people
     * @return false where the lease was lost
     */
    public boolean failed(LeasedSimulation held, String why) {
        return database.jdbc()
                        .sql("""
                        update simulation
                        set status = 'failed', failure = :why, finished_at = :now, lease = null, lease_until = null
                        where tenant_id = :tenant and simulation_id = :simulation and lease = :lease and status = 'running'
                        """)
                        .param("why", why)
                        .param("now", UtcTimes.column(clock.instant()))
                        .param("tenant", held.tenant().value())
                        .param("simulation", held.id().value())
                        .param("lease", held.lease().toString())
                        .update()
                == 1;
    }

    /** Gives it back unfinished: whoever looks next takes it over. */
    public void release(LeasedSimulation held) {
        database.jdbc()
                .sql("""
                        update simulation set lease_until = :now
                        where tenant_id = :tenant and simulation_id = :simulation and lease = :lease and status = 'running'
                        """)
                .param("now", UtcTimes.column(clock.instant()))
                .param("tenant", held.tenant().value())
                .param("simulation", held.id().value())
                .param("lease", held.lease().toString())
                .update();
    }
}
