package io.fanfare.store.simulation;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.identity.TenantId;
import java.time.Instant;

/** A simulation in the background, as it stands. */
public record Simulation(
        TenantId tenant, SimulationId id, SimulationOrder order, SimulationState state, Instant createdAt) {

    public Simulation {
        requireNonNull(tenant, "tenant");
        requireNonNull(id, "id");
        requireNonNull(order, "order");
        requireNonNull(state, "state");
    }
}
