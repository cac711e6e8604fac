package io.fanfare.store.simulation;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.identity.TenantId;
import java.util.UUID;

/**
 * A simulation that is this instance's to run.
 *
 * @param attempt how often it was begun, from 1
 * @param lease whoever holds another one has lost it
 */
public record LeasedSimulation(TenantId tenant, SimulationId id, SimulationOrder order, int attempt, UUID lease) {

    public LeasedSimulation {
        requireNonNull(tenant, "tenant");
        requireNonNull(id, "id");
        requireNonNull(order, "order");
        requireNonNull(lease, "lease");
    }
}
