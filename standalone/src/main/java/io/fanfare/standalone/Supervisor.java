package io.fanfare.standalone;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings children back that die while the platform runs: a platform without its database would otherwise live on half dead. The
 * services wait for it meanwhile and say so in {@code /readyz}.
 */
final class Supervisor implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(20);

    private final Map<Child, Revivals> children = new LinkedHashMap<>();
    private final Clock clock;
    private final Consumer<String> teller;
    private final Runnable onRevived;
    private final Consumer<String> onGivenUp;
    private final Thread watch = new Thread(this::watch, "supervisor");

    /**
     * @param children in order of need: what another one needs comes before it
     * @param teller what the person at the terminal should see
     * @param onRevived a child has a new process
     * @param onGivenUp with the reason; called once, and nothing is watched any more
     */
    Supervisor(
            List<Child> children,
            Clock clock,
            Consumer<String> teller,
            Runnable onRevived,
            Consumer<String> onGivenUp) {
        children.forEach(child -> this.children.put(child, new Revivals()));
        this.clock = clock;
        this.teller = teller;
        this.onRevived = onRevived;
        this.onGivenUp = onGivenUp;
        watch.setDaemon(true);
    }

    void start() {
        watch.start();
    }

    /** Returns when nothing is being revived any more: who stops the platform does not want a child to come back. */
    @Override
    public void close() {
        watch.interrupt();
        try {
            watch.join(CLOSE_PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        try {
            boolean goOn = true;
            while (goOn) {
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
                goOn = look();
            }
        } catch (InterruptedException closed) {
            LOG.debug("nothing is watched any more");
        }
    }

    /** False: given up. */
    boolean look() throws InterruptedException {
        for (var entry : children.entrySet()) {
            Child child = entry.getKey();
            if (!child.isAlive()) {
                switch (entry.getValue().foundDead(clock.instant())) {
                    case Revivals.Decision.Wait _ -> {
                        // What needs it waits too.
                        return true;
                    }
                    case Revivals.Decision.Revive revive -> {
                        boolean revived = revive(child, revive.attempt());
                        entry.getValue().attempted(clock.instant());
                        if (!revived) {
                            return true;
                        }
                    }
                    case Revivals.Decision.GiveUp giveUp -> {
                        onGivenUp.accept("%s died again and again and did not come back after %d attempts"
                                .formatted(child.name(), giveUp.attempts()));
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private boolean revive(Child child, int attempt) throws InterruptedException {
        LOG.error("{} has died and is started again, attempt {}", child.name(), attempt);
        teller.accept(child.name() + " has died and is started again");
        Instant from = clock.instant();
        try {
            child.start();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            LOG.error("{} did not come back", child.name(), e);
            teller.accept(child.name() + " did not come back: " + e.getMessage());
            return false;
        }
        long took = Duration.between(from, clock.instant()).toMillis();
        LOG.warn("{} is back after {} ms, pid {}", child.name(), took, child.pid());
        teller.accept("%s is back after %.1f s, pid %d".formatted(child.name(), took / 1000.0, child.pid()));
        onRevived.run();
        return true;
    }
}
