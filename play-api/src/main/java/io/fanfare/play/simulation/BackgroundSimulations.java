package io.fanfare.play.simulation;

import io.fanfare.engine.identity.TenantId;
import io.fanfare.store.simulation.AbandonedSimulations;
import io.fanfare.store.simulation.LeasedSimulation;
import io.fanfare.store.simulation.SimulationOrder;
import io.fanfare.store.simulation.Simulations;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs simulations behind the requests, a bounded number at once. Their state is in the database: any instance tells how far one
 * is, and what an instance leaves behind another takes over.
 */
@Component
class BackgroundSimulations implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(BackgroundSimulations.class);
    private static final Duration REPORT_EVERY = Duration.ofMillis(500);
    private static final Duration PATIENCE_AT_THE_END = Duration.ofSeconds(10);

    private final GameSimulation simulation;
    private final Simulations simulations;
    private final AbandonedSimulations abandoned;
    private final JsonMapper json;
    private final Semaphore places;
    private final ExecutorService threads;
    private volatile boolean isStopping;

    BackgroundSimulations(
            GameSimulation simulation,
            Simulations simulations,
            AbandonedSimulations abandoned,
            JsonMapper json,
            SimulationSettings settings) {
        this.simulation = simulation;
        this.simulations = simulations;
        this.abandoned = abandoned;
        this.json = json;
        this.places = new Semaphore(settings.atOnce());
        this.threads = Executors.newFixedThreadPool(
                settings.atOnce(),
                Thread.ofPlatform().name("simulation-", 0).daemon().factory());
    }

    /** The simulation is not this instance's to go on with. */
    private static final class Interrupted extends RuntimeException {
        private Interrupted(String why) {
            super(why);
        }
    }

    /** Begins one; empty where this instance runs as many as it may. */
    Optional<LeasedSimulation> begin(TenantId tenant, SimulationOrder order) {
        if (!places.tryAcquire()) {
            return Optional.empty();
        }
        try {
            LeasedSimulation begun = simulations.begin(tenant, order);
            threads.execute(() -> runAndLeave(begun));
            return Optional.of(begun);
        } catch (RuntimeException e) {
            places.release();
            throw e;
        }
    }

    @Scheduled(fixedDelay = 5, timeUnit = TimeUnit.SECONDS)
    void takeOverAbandoned() {
        boolean mayBeMore = true;
        while (mayBeMore && !isStopping && places.tryAcquire()) {
            Optional<LeasedSimulation> taken = Optional.empty();
            try {
                taken = abandoned.takeOver();
                taken.ifPresent(one -> {
                    log.info("took over {} of {}, attempt {}", one.id(), one.tenant(), one.attempt());
                    threads.execute(() -> runAndLeave(one));
                });
            } finally {
                mayBeMore = taken.isPresent();
                if (!mayBeMore) {
                    places.release();
                }
            }
        }
    }

    @Scheduled(initialDelay = 3, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    void sweepForecasts() {
        log.debug("swept out {} forecasts", abandoned.sweep());
    }

    /** What is under way is given back, for another instance to begin anew. */
    @Override
    public void destroy() throws InterruptedException {
        isStopping = true;
        threads.shutdown();
        if (!threads.awaitTermination(PATIENCE_AT_THE_END.toMillis(), TimeUnit.MILLISECONDS)) {
            log.warn("a simulation did not stop in time; another instance takes it over when its lease is over");
        }
    }

    private void runAndLeave(LeasedSimulation held) {
        try {
            run(held);
        } catch (RuntimeException e) {
            // The database did not even take the failure: the lease will be over, and somebody takes it over.
            log.error("simulation {} of {} could not be concluded", held.id(), held.tenant(), e);
        } finally {
            places.release();
        }
    }

    private void run(LeasedSimulation held) {
        try {
            long begunAt = System.nanoTime();
            ForecastView forecast = simulation.run(held.tenant(), held.order(), reportingTo(held));
            log.info(
                    "simulation {} of {}: {} plays in {} ms",
                    held.id(),
                    held.tenant(),
                    forecast.plays(),
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begunAt));
            if (!simulations.done(held, json.writeValueAsString(forecast))) {
                log.warn("simulation {} of {} was taken over by another instance", held.id(), held.tenant());
            }
        } catch (Interrupted e) {
            log.warn("simulation {} of {} stops: {}", held.id(), held.tenant(), e.getMessage());
            simulations.release(held);
        } catch (RuntimeException e) {
            log.error("simulation {} of {} broke", held.id(), held.tenant(), e);
            simulations.failed(held, "broke; the server's log says why");
        }
    }

    private LongConsumer reportingTo(LeasedSimulation held) {
        return new LongConsumer() {
            private long reportedAt = System.nanoTime() - REPORT_EVERY.toNanos();

            @Override
            public void accept(long played) {
                if (isStopping) {
                    throw new Interrupted("this instance ends");
                }
                long now = System.nanoTime();
                if (now - reportedAt >= REPORT_EVERY.toNanos()) {
                    reportedAt = now;
                    if (!simulations.progress(held, played)) {
                        throw new Interrupted("another instance took it over");
                    }
                }
            }
        };
    }
}
