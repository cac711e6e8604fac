package io.fanfare.store.simulation;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.game.GameId;
import io.fanfare.engine.simulation.Crowd;

/**
 * What is to be simulated.
 *
 * @param gameRevision the game as it was when this was ordered, whatever becomes of it
 * @param seed the same seed gives the same forecast
 */
public record SimulationOrder(GameId game, long gameRevision, Crowd crowd, long seed) {

    public SimulationOrder {
        requireNonNull(game, "game");
        requireNonNull(crowd, "crowd");
    }
}
