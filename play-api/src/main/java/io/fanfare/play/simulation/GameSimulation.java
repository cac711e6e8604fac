package io.fanfare.play.simulation;

import io.fanfare.edge.error.Refused;
import io.fanfare.engine.game.Game;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.prize.Prize;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.simulation.Simulating;
import io.fanfare.engine.simulation.Simulating.Question;
import io.fanfare.play.game.PlayableGames;
import io.fanfare.store.prize.Prizes;
import io.fanfare.store.simulation.Shelves;
import io.fanfare.store.simulation.SimulationOrder;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import org.springframework.stereotype.Component;

/**
 * Plays a game for nobody, with the stock, the codes and the terms of its campaign of the moment at which it begins; only reads.
 */
@Component
final class GameSimulation {

    private final PlayableGames games;
    private final Prizes prizes;
    private final Shelves shelves;
    private final Clock clock;

    GameSimulation(PlayableGames games, Prizes prizes, Shelves shelves, Clock clock) {
        this.games = games;
        this.prizes = prizes;
        this.shelves = shelves;
        this.clock = clock;
    }

    /** @param progress told how many were played, now and then; throwing ends the simulation */
    ForecastView run(TenantId tenant, SimulationOrder order, LongConsumer progress) {
        Game game = games.require(tenant, order.game(), order.gameRevision(), clock.instant());
        Set<PrizeId> wanted = game.shape().prizes();
        Map<PrizeId, Prize> found = prizes.findAll(tenant, wanted);
        requireAll(wanted, found);
        var shelf = shelves.shelf(tenant, wanted);
        var question = new Question(game, found, shelf.stock(), shelf.codes(), order.crowd());
        return ForecastView.of(question, Simulating.simulate(question, order.seed(), progress));
    }

    private static void requireAll(Set<PrizeId> wanted, Map<PrizeId, Prize> found) {
        var missing = new TreeSet<>(wanted);
        missing.removeAll(found.keySet());
        if (!missing.isEmpty()) {
            throw Refused.invalid("handler_config", "awards prizes %s, which do not exist".formatted(missing));
        }
    }
}
