package io.fanfare.worker.integration;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.fanfare.store.integration.IntegrationId;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * How much each endpoint may be given at a time, so that a slow or broken one holds up nobody else. Knows only endpoints
 * that are busy or in trouble.
 */
final class EndpointGates {

    private static final int MAX_KNOWN = 10_000;

    private final int perEndpoint;
    private final int inAll;
    private final Clock clock;
    private final Map<IntegrationId, Gate> gates = new HashMap<>();
    private int inFlight;

    private record Gate(int inFlight, Breaker breaker) {

        static final Gate OPEN = new Gate(0, Breaker.closed());

        boolean isForgettable() {
            return equals(OPEN);
        }
    }

    EndpointGates(int perEndpoint, int inAll, Clock clock) {
        this.perEndpoint = perEndpoint;
        this.inAll = inAll;
        this.clock = clock;
    }

    /** Endpoints that may be given nothing now. */
    synchronized Set<IntegrationId> shut() {
        Instant now = clock.instant();
        return gates.entrySet().stream()
                .filter(gate -> room(gate.getValue(), now) == 0)
                .map(Map.Entry::getKey)
                .collect(toUnmodifiableSet());
    }

    /** Takes as many places for an endpoint as there are; each must be given back by {@link #leave} or {@link #unused}. */
    synchronized int enter(IntegrationId endpoint) {
        Gate gate = gates.getOrDefault(endpoint, Gate.OPEN);
        int granted = room(gate, clock.instant());
        if (granted > 0) {
            put(endpoint, new Gate(gate.inFlight() + granted, gate.breaker()));
            inFlight += granted;
        }
        return granted;
    }

    /** Gives back places that nothing was sent for. */
    synchronized void unused(IntegrationId endpoint, int places) {
        Gate gate = gates.getOrDefault(endpoint, Gate.OPEN);
        inFlight -= places;
        put(endpoint, new Gate(gate.inFlight() - places, gate.breaker()));
    }

    /** Gives back one place. */
    synchronized void leave(IntegrationId endpoint, boolean endpointLives) {
        Gate gate = gates.getOrDefault(endpoint, Gate.OPEN);
        Breaker breaker =
                endpointLives ? gate.breaker().answered() : gate.breaker().failed(clock.instant());
        inFlight--;
        put(endpoint, new Gate(gate.inFlight() - 1, breaker));
    }

    private int room(Gate gate, Instant now) {
        int wanted = Math.min(perEndpoint - gate.inFlight(), inAll - inFlight);
        return Math.max(0, gate.breaker().room(Math.max(0, wanted), gate.inFlight(), now));
    }

    private void put(IntegrationId endpoint, Gate gate) {
        if (gate.isForgettable()) {
            gates.remove(endpoint);
            return;
        }
        gates.put(endpoint, gate);
        if (gates.size() > MAX_KNOWN) {
            // Forgetting that one rests costs a probe, no more.
            gates.entrySet().removeIf(known -> known.getValue().inFlight() == 0);
        }
    }
}
