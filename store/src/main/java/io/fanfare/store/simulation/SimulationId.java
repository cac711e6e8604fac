package io.fanfare.store.simulation;

import io.fanfare.engine.identity.OpaqueId;

/** A simulation in the background; the part behind the prefix is ordered by time. */
public record SimulationId(String value) {

    public SimulationId {
        OpaqueId.require("simulation", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
