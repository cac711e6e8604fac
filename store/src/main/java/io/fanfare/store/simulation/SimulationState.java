package io.fanfare.store.simulation;

import java.time.Instant;

/** Where a simulation is. */
public sealed interface SimulationState {

    /** @param played of the plays that were ordered; back to 0 where another instance took it over */
    record Running(long played) implements SimulationState {}

    /** @param forecast JSON */
    record Done(String forecast, Instant at) implements SimulationState {}

    /** @param why for people */
    record Failed(long played, String why, Instant at) implements SimulationState {}
}
