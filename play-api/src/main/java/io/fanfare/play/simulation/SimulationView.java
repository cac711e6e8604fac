package io.fanfare.play.simulation;

import io.fanfare.engine.game.GameId;
import io.fanfare.engine.simulation.Crowd;
import io.fanfare.play.Times;
import io.fanfare.store.simulation.Simulation;
import io.fanfare.store.simulation.SimulationOrder;
import io.fanfare.store.simulation.SimulationState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A simulation as its operator sees it.
 *
 * @param simulationId where it can be asked for; null where it was answered at once
 * @param status running, done or failed
 * @param played of how many
 * @param seed gives the same forecast again
 * @param error why it failed; null where it did not
 * @param forecast null unless it is done
 */
record SimulationView(
        @Nullable String simulationId,
        GameId gameId,
        long gameRevision,
        String status,
        long played,
        long of,
        long players,
        long seed,
        long from,
        long until,
        long createdAt,
        long finishedAt,
        @Nullable String error,
        @Nullable ForecastView forecast) {

    private static final String RUNNING = "running";
    private static final String DONE = "done";
    private static final String FAILED = "failed";

    static SimulationView answeredAtOnce(SimulationOrder order, Instant begun, Instant ended, ForecastView forecast) {
        return view(null, order, DONE, order.crowd().plays(), begun, ended, null, forecast);
    }

    static SimulationView of(Simulation simulation, JsonMapper json) {
        String id = simulation.id().value();
        SimulationOrder order = simulation.order();
        Instant begun = simulation.createdAt();
        return switch (simulation.state()) {
            case SimulationState.Running(long played) -> view(id, order, RUNNING, played, begun, null, null, null);
            case SimulationState.Done(String forecast, Instant at) ->
                view(
                        id,
                        order,
                        DONE,
                        order.crowd().plays(),
                        begun,
                        at,
                        null,
                        json.readValue(forecast, ForecastView.class));
            case SimulationState.Failed(long played, String why, Instant at) ->
                view(id, order, FAILED, played, begun, at, why, null);
        };
    }

    private static SimulationView view(
            @Nullable String id,
            SimulationOrder order,
            String status,
            long played,
            Instant begun,
            @Nullable Instant ended,
            @Nullable String error,
            @Nullable ForecastView forecast) {
        Crowd crowd = order.crowd();
        return new SimulationView(
                id,
                order.game(),
                order.gameRevision(),
                status,
                played,
                crowd.plays(),
                crowd.players(),
                order.seed(),
                Times.seconds(crowd.from()),
                Times.seconds(crowd.until()),
                Times.seconds(begun),
                Times.seconds(ended),
                error,
                forecast);
    }
}
