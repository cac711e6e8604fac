package io.fanfare.play.simulation;

import static io.fanfare.edge.caller.Role.ADMIN;
import static io.fanfare.edge.caller.Role.DESIGNER;
import static io.fanfare.edge.caller.Role.REWARD_MANAGER;
import static java.util.Objects.requireNonNullElse;

import io.fanfare.edge.answer.Envelope;
import io.fanfare.edge.caller.Allows;
import io.fanfare.edge.caller.Caller;
import io.fanfare.edge.error.Refused;
import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.play.game.PlayableGames;
import io.fanfare.play.relay.NothingToPublish;
import io.fanfare.store.UtcTimes;
import io.fanfare.store.simulation.LeasedSimulation;
import io.fanfare.store.simulation.SimulationId;
import io.fanfare.store.simulation.SimulationOrder;
import io.fanfare.store.simulation.Simulations;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** What a game would do: a few plays are answered at once, many in the background. */
@Tag(name = "simulations")
@RestController
final class SimulationRoutes {

    /** More are played in the background. */
    private static final long MOST_AT_ONCE = 10_000;

    private static final Duration COME_BACK_SOON = Duration.ofSeconds(1);
    private static final Duration COME_BACK_LATER = Duration.ofSeconds(10);

    private final PlayableGames games;
    private final GameSimulation simulation;
    private final BackgroundSimulations background;
    private final Simulations simulations;
    private final JsonMapper json;
    private final Clock clock;
    private final Semaphore places;

    SimulationRoutes(
            PlayableGames games,
            GameSimulation simulation,
            BackgroundSimulations background,
            Simulations simulations,
            JsonMapper json,
            Clock clock,
            SimulationSettings settings) {
        this.games = games;
        this.simulation = simulation;
        this.background = background;
        this.simulations = simulations;
        this.json = json;
        this.clock = clock;
        this.places = new Semaphore(settings.atOnce());
    }

    /** @param plays 1 to 1,000,000; above 10,000 the answer is 202, and Location says where the forecast will be */
    @Allows({ADMIN, DESIGNER, REWARD_MANAGER})
    @ApiResponse(responseCode = "200", description = "the forecast of up to 10,000 plays")
    @ApiResponse(responseCode = "202", description = "it runs; Location says where it can be asked for")
    @NothingToPublish
    @PostMapping("/api/v1/admin/games/{id}/simulate")
    ResponseEntity<Envelope<SimulationView>> simulate(
            Caller caller,
            @PathVariable("id") GameId id,
            @RequestParam(name = "plays", required = false) @Nullable Long plays,
            @RequestBody(required = false) @Nullable SimulationBody body) {
        Instant now = UtcTimes.toMillis(clock.instant());
        var wish = requireNonNullElse(body, SimulationBody.EMPTY).read(plays, now);
        long revision = games.require(caller.tenant(), id).revision();
        var order = new SimulationOrder(id, revision, wish.crowd(), wish.seed());
        return order.crowd().plays() <= MOST_AT_ONCE
                ? ResponseEntity.ok(Envelope.ok(atOnce(caller.tenant(), order, now)))
                : inBackground(caller.tenant(), order);
    }

    @Allows({ADMIN, DESIGNER, REWARD_MANAGER})
    @GetMapping("/api/v1/admin/simulations/{id}")
    Envelope<SimulationView> one(Caller caller, @PathVariable("id") SimulationId id) {
        return Envelope.ok(require(caller.tenant(), id));
    }

    private SimulationView atOnce(TenantId tenant, SimulationOrder order, Instant begun) {
        if (!places.tryAcquire()) {
            throw Refused.unavailable("this server is simulating already", COME_BACK_SOON);
        }
        try {
            ForecastView forecast = simulation.run(tenant, order, _ -> {});
            return SimulationView.answeredAtOnce(order, begun, clock.instant(), forecast);
        } finally {
            places.release();
        }
    }

    private ResponseEntity<Envelope<SimulationView>> inBackground(TenantId tenant, SimulationOrder order) {
        LeasedSimulation begun = background
                .begin(tenant, order)
                .orElseThrow(() -> Refused.unavailable(
                        "this server runs as many simulations in the background as it may", COME_BACK_LATER));
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/admin/simulations/" + begun.id()))
                .body(Envelope.ok(require(tenant, begun.id())));
    }

    private SimulationView require(TenantId tenant, SimulationId id) {
        return simulations
                .find(tenant, id)
                .map(found -> SimulationView.of(found, json))
                .orElseThrow(() -> Refused.notFound("simulation", id));
    }
}
