package io.fanfare.worker.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.store.integration.IntegrationId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EndpointGatesTest {

    private static final IntegrationId ADA = new IntegrationId("intg_ada");
    private static final IntegrationId GRACE = new IntegrationId("intg_grace");

    private final SettableClock clock = new SettableClock();
    private final EndpointGates gates = new EndpointGates(4, 6, clock);

    @Test
    void an_endpoint_has_only_so_many_places() {
        assertThat(gates.enter(ADA)).isEqualTo(4);

        assertThat(gates.enter(ADA)).isZero();
        assertThat(gates.shut()).containsExactly(ADA);
        gates.leave(ADA, true);
        assertThat(gates.shut()).isEmpty();
        assertThat(gates.enter(ADA)).isEqualTo(1);
    }

    @Test
    void all_together_have_only_so_many_places() {
        gates.enter(ADA);

        assertThat(gates.enter(GRACE)).isEqualTo(2);
        gates.unused(ADA, 4);
        assertThat(gates.enter(GRACE)).isEqualTo(2);
        assertThat(gates.enter(ADA)).isEqualTo(2);
    }

    @Test
    void an_endpoint_that_keeps_failing_rests_and_others_do_not() {
        fail(ADA, Breaker.FAILURES_TO_OPEN);

        assertThat(gates.enter(ADA)).isZero();
        assertThat(gates.shut()).containsExactly(ADA);
        assertThat(gates.enter(GRACE)).isEqualTo(4);
    }

    @Test
    void an_answer_in_between_starts_the_count_again() {
        fail(ADA, Breaker.FAILURES_TO_OPEN - 1);
        pass(ADA);
        fail(ADA, Breaker.FAILURES_TO_OPEN - 1);

        assertThat(gates.enter(ADA)).isEqualTo(4);
    }

    @Test
    void after_its_rest_one_probe_decides() {
        fail(ADA, Breaker.FAILURES_TO_OPEN);
        clock.goOn(Breaker.FIRST_REST);

        assertThat(gates.enter(ADA)).isEqualTo(1);
        assertThat(gates.enter(ADA)).as("while the probe is under way").isZero();
        gates.leave(ADA, true);
        assertThat(gates.enter(ADA)).isEqualTo(4);
    }

    @Test
    void rests_double_up_to_the_longest() {
        fail(ADA, Breaker.FAILURES_TO_OPEN);
        clock.goOn(Breaker.FIRST_REST);
        fail(ADA, 1);

        clock.goOn(Breaker.FIRST_REST.multipliedBy(2).minusMillis(1));
        assertThat(gates.enter(ADA)).isZero();
        clock.goOn(Duration.ofMillis(1));
        for (int i = 0; i < 20; i++) {
            fail(ADA, 1);
            clock.goOn(Breaker.LONGEST_REST);
        }
        assertThat(gates.enter(ADA)).isEqualTo(1);
    }

    private void fail(IntegrationId endpoint, int times) {
        for (int i = 0; i < times; i++) {
            takeOne(endpoint);
            gates.leave(endpoint, false);
        }
    }

    private void pass(IntegrationId endpoint) {
        takeOne(endpoint);
        gates.leave(endpoint, true);
    }

    private void takeOne(IntegrationId endpoint) {
        int places = gates.enter(endpoint);
        assertThat(places).isPositive();
        gates.unused(endpoint, places - 1);
    }
}
