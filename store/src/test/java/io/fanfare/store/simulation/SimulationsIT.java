package io.fanfare.store.simulation;

import static io.fanfare.store.Definitions.ACME;
import static io.fanfare.store.Definitions.RIVAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanfare.engine.game.GameId;
import io.fanfare.engine.simulation.Crowd;
import io.fanfare.store.Conflicts;
import io.fanfare.store.Definitions;
import io.fanfare.store.OnEveryDatabase;
import io.fanfare.store.StoreServer;
import io.fanfare.store.simulation.SimulationState.Done;
import io.fanfare.store.simulation.SimulationState.Failed;
import io.fanfare.store.simulation.SimulationState.Running;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.dao.ConcurrencyFailureException;

@OnEveryDatabase
class SimulationsIT {

    private final Definitions definitions;
    private final Simulations simulations;
    private final AbandonedSimulations abandoned;
    private final SimulationOrder order;

    SimulationsIT(StoreServer server) {
        this.definitions = new Definitions(server);
        this.simulations = new Simulations(definitions.database(), definitions.ids(), definitions.clock());
        this.abandoned = new AbandonedSimulations(definitions.database(), definitions.clock());
        this.order = new SimulationOrder(new GameId("game_1"), 3, Crowd.of(50_000, definitions.now()), 42);
    }

    @Test
    void it_runs_until_it_is_done() {
        LeasedSimulation held = simulations.begin(ACME, order);

        assertThat(stateOf(held)).isEqualTo(new Running(0));
        assertThat(simulations.progress(held, 20_000)).isTrue();
        assertThat(stateOf(held)).isEqualTo(new Running(20_000));
        assertThat(simulations.done(held, "{}")).isTrue();
        assertThat(stateOf(held)).isEqualTo(new Done("{}", definitions.now()));
        assertThat(simulations.find(ACME, held.id()).orElseThrow().order()).isEqualTo(order);
    }

    @Test
    void another_tenant_does_not_see_it() {
        LeasedSimulation held = simulations.begin(ACME, order);

        assertThat(simulations.find(RIVAL, held.id())).isEmpty();
    }

    @Test
    void a_take_over_that_meets_another_transaction_is_tried_again() {
        LeasedSimulation held = simulations.begin(ACME, order);
        definitions.pass(Simulations.LEASE);
        Conflicts conflicts = Conflicts.on(definitions.database(), "update on simulation", 5);

        assertThat(abandoned.takeOver()).map(LeasedSimulation::id).contains(held.id());
        assertThat(conflicts.tries()).isEqualTo(6);
    }

    @Test
    void a_take_over_that_never_gets_through_says_so() {
        simulations.begin(ACME, order);
        definitions.pass(Simulations.LEASE);
        Conflicts conflicts = Conflicts.on(definitions.database(), "update on simulation", 1_000);

        assertThatThrownBy(abandoned::takeOver).isInstanceOf(ConcurrencyFailureException.class);
        assertThat(conflicts.tries()).isEqualTo(6);
    }

    @Test
    void nobody_takes_over_what_shows_progress() {
        LeasedSimulation held = simulations.begin(ACME, order);
        definitions.pass(Simulations.LEASE.minusMillis(1));
        simulations.progress(held, 1);
        definitions.pass(Simulations.LEASE.minusMillis(1));

        assertThat(abandoned.takeOver()).isEmpty();
    }

    @Test
    void what_is_silent_for_too_long_is_taken_over_and_begins_anew() {
        LeasedSimulation held = simulations.begin(ACME, order);
        simulations.progress(held, 20_000);
        definitions.pass(Simulations.LEASE);

        LeasedSimulation taken = abandoned.takeOver().orElseThrow();

        assertThat(taken.id()).isEqualTo(held.id());
        assertThat(taken.order()).isEqualTo(order);
        assertThat(taken.attempt()).isEqualTo(2);
        assertThat(stateOf(held)).isEqualTo(new Running(0));
        assertThat(abandoned.takeOver()).isEmpty();
    }

    @Test
    void whoever_lost_the_lease_has_no_say_any_more() {
        LeasedSimulation held = simulations.begin(ACME, order);
        definitions.pass(Simulations.LEASE);
        LeasedSimulation taken = abandoned.takeOver().orElseThrow();

        assertThat(simulations.progress(held, 9)).isFalse();
        assertThat(simulations.done(held, "\"late\"")).isFalse();
        assertThat(simulations.failed(held, "late")).isFalse();
        simulations.release(held);

        assertThat(abandoned.takeOver()).isEmpty();
        assertThat(simulations.done(taken, "{}")).isTrue();
        assertThat(stateOf(held)).isEqualTo(new Done("{}", definitions.now()));
    }

    @Test
    void what_is_given_back_is_taken_over_at_once() {
        LeasedSimulation held = simulations.begin(ACME, order);

        simulations.release(held);

        assertThat(abandoned.takeOver()).map(LeasedSimulation::id).contains(held.id());
    }

    @Test
    void what_never_comes_to_an_end_is_seen_to_have_failed() {
        LeasedSimulation held = simulations.begin(ACME, order);
        for (int attempt = 2; attempt <= AbandonedSimulations.MAX_ATTEMPTS; attempt++) {
            definitions.pass(Simulations.LEASE);
            assertThat(abandoned.takeOver()).isPresent();
        }
        definitions.pass(Simulations.LEASE);

        Optional<LeasedSimulation> again = abandoned.takeOver();

        assertThat(again).isEmpty();
        assertThat(stateOf(held))
                .isEqualTo(new Failed(0, "was begun 3 times and never came to an end", definitions.now()));
    }

    @Test
    void forecasts_are_swept_out_after_a_week_and_nothing_that_runs() {
        LeasedSimulation done = simulations.begin(ACME, order);
        simulations.done(done, "{}");
        LeasedSimulation running = simulations.begin(ACME, order);
        definitions.pass(AbandonedSimulations.KEPT);
        int early = abandoned.sweep();
        definitions.pass(Duration.ofMillis(1));

        int swept = abandoned.sweep();

        assertThat(early).isZero();
        assertThat(swept).isEqualTo(1);
        assertThat(simulations.find(ACME, done.id())).isEmpty();
        assertThat(simulations.find(ACME, running.id())).isPresent();
    }

    private SimulationState stateOf(LeasedSimulation simulation) {
        return simulations.find(ACME, simulation.id()).orElseThrow().state();
    }
}
