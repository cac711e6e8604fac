package io.fanfare.store.simulation;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.simulation.Crowd;
import io.fanfare.store.UtcTimes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;

/** Rows of the table {@code simulation}. */
final class SimulationRows {

    private SimulationRows() {}

    static Simulation read(ResultSet row, int number) throws SQLException {
        return new Simulation(
                new TenantId(row.getString("tenant_id")),
                new SimulationId(row.getString("simulation_id")),
                order(row),
                state(row),
                instant(row, "created_at"));
    }

    static SimulationOrder order(ResultSet row) throws SQLException {
        var crowd = new Crowd(
                row.getLong("plays"), row.getLong("players"), instant(row, "crowd_from"), instant(row, "crowd_until"));
        return new SimulationOrder(
                new GameId(row.getString("game_id")), row.getLong("game_revision"), crowd, row.getLong("seed"));
    }

    private static SimulationState state(ResultSet row) throws SQLException {
        String status = row.getString("status");
        return switch (status) {
            case "running" -> new SimulationState.Running(row.getLong("played"));
            case "done" -> new SimulationState.Done(row.getString("forecast"), instant(row, "finished_at"));
            case "failed" ->
                new SimulationState.Failed(
                        row.getLong("played"), row.getString("failure"), instant(row, "finished_at"));
            default -> throw new IllegalStateException("a simulation is kept as '%s'".formatted(status));
        };
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return UtcTimes.instant(requireNonNull(row.getObject(column, LocalDateTime.class), column));
    }
}
