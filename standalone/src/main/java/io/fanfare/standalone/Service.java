package io.fanfare.standalone;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** See {@link Part#service}. */
final class Service implements Part {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final String name;
    private final URI address;
    private final URI probe;
    private final List<Part> needs;
    private final Callable<? extends AutoCloseable> start;
    private @Nullable AutoCloseable running;

    Service(String name, URI address, URI probe, List<Part> needs, Callable<? extends AutoCloseable> start) {
        this.name = name;
        this.address = address;
        this.probe = probe;
        this.needs = List.copyOf(needs);
        this.start = start;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Part> needs() {
        return needs;
    }

    @Override
    public void start() throws Exception {
        AutoCloseable started = start.call();
        try {
            awaitWell();
        } catch (RuntimeException | InterruptedException e) {
            started.close();
            throw e;
        }
        running = started;
    }

    private void awaitWell() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!Probe.isWell(probe)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(probe + " has not answered 200 within " + PATIENCE.toSeconds() + " s");
            }
            TimeUnit.MILLISECONDS.sleep(250);
        }
    }

    @Override
    public void stop() throws Exception {
        if (running != null) {
            running.close();
        }
    }

    @Override
    public Optional<URI> address() {
        return Optional.of(address);
    }

    @Override
    public Optional<URI> probe() {
        return Optional.of(probe);
    }
}
