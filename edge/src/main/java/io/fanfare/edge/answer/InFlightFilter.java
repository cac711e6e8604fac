package io.fanfare.edge.answer;

import io.fanfare.edge.error.Refused;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Takes only so many requests at a time and refuses the others as UNAVAILABLE before anything was done for them. Probes and
 * metrics always pass: who looks after an overloaded server must be able to see it.
 */
final class InFlightFilter extends OncePerRequestFilter {

    private static final Set<String> ALWAYS_TAKEN = Set.of("/healthz", "/readyz", "/metrics");
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Semaphore places;
    private final RefusalWriter writer;
    private final Counter refused;

    InFlightFilter(int places, RefusalWriter writer, MeterRegistry meters) {
        this.places = new Semaphore(places);
        this.writer = writer;
        this.refused = Counter.builder("requests_refused_by_load")
                .description("requests that found too many others under way")
                .register(meters);
        Gauge.builder("requests_in_flight", () -> places - this.places.availablePermits())
                .description("requests under way")
                .register(meters);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return ALWAYS_TAKEN.contains(request.getRequestURI());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!places.tryAcquire()) {
            refused.increment();
            writer.write(request, response, Refused.unavailable("too many requests are under way", RETRY_AFTER));
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            places.release();
        }
    }
}
