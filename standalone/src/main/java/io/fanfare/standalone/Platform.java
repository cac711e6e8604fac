package io.fanfare.standalone;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A list of parts that come up together and go down together. A part starts as soon as all it needs is up; if one fails, what
 * is up is stopped again. Stopping goes through the list from its end, so the list is in order of need.
 */
final class Platform {

    private static final Logger LOG = LoggerFactory.getLogger(Platform.class);

    /** Longer than any part takes to give up by itself. */
    private static final Duration START_PATIENCE = Duration.ofMinutes(2);

    private final List<Part> parts;
    private final Progress progress;
    private final Set<Part> starting = new HashSet<>();
    private final Set<Part> up = new HashSet<>();
    private boolean stopping;

    Platform(List<Part> parts, Progress progress) {
        this.parts = List.copyOf(parts);
        this.progress = progress;
        Set<Part> before = new HashSet<>();
        for (Part part : this.parts) {
            if (!before.containsAll(part.needs())) {
                throw new IllegalArgumentException(part.name() + " stands in the list before something that it needs");
            }
            before.add(part);
        }
    }

    /** Told of every part as it comes up and goes down, by any thread. */
    interface Progress {
        void up(Part part, Duration took);

        void down(Part part, Duration took);

        /** For tests. */
        static Progress silent() {
            return new Progress() {
                @Override
                public void up(Part part, Duration took) {
                    LOG.info("{} up after {} ms", part.name(), took.toMillis());
                }

                @Override
                public void down(Part part, Duration took) {
                    LOG.info("{} down after {} ms", part.name(), took.toMillis());
                }
            };
        }
    }

    List<Part> parts() {
        return parts;
    }

    /**
     * Returns when every part is up.
     *
     * @throws CannotStart naming the first part that failed and why; nothing of the platform runs then
     */
    void start() throws InterruptedException {
        Map<Part, CompletableFuture<@Nullable Void>> starts = new HashMap<>();
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().name("start-", 0).factory())) {
            for (Part part : parts) {
                CompletableFuture<?>[] needed =
                        part.needs().stream().map(starts::get).toArray(CompletableFuture<?>[]::new);
                starts.put(part, CompletableFuture.allOf(needed).thenRunAsync(() -> startPart(part), threads));
            }
            CompletableFuture.allOf(starts.values().toArray(CompletableFuture<?>[]::new))
                    .get();
        } catch (ExecutionException e) {
            stop();
            throw e.getCause() instanceof CannotStart known
                    ? known
                    : new CannotStart("start failed: " + e.getCause(), e);
        }
    }

    private void startPart(Part part) {
        synchronized (this) {
            if (stopping) {
                throw new CannotStart(part.name() + " is not started: the platform is being stopped");
            }
            starting.add(part);
        }
        long from = System.nanoTime();
        try {
            part.start();
            synchronized (this) {
                up.add(part);
            }
        } catch (CannotStart e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        } catch (Exception e) {
            LOG.error("{} did not start", part.name(), e);
            throw new CannotStart(part.name() + " did not start: " + e.getMessage(), e);
        } finally {
            synchronized (this) {
                starting.remove(part);
                notifyAll();
            }
        }
        progress.up(part, Duration.ofNanos(System.nanoTime() - from));
    }

    private void awaitStarting() {
        long deadline = System.nanoTime() + START_PATIENCE.toNanos();
        try {
            while (!starting.isEmpty() && System.nanoTime() < deadline) {
                wait(100);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Part part : starting) {
            LOG.error("{} neither came up nor failed and is left as it is", part.name());
        }
    }

    /** Stops what is up, last part first, once what is on its way up has got there. A part that fails to stop is logged and does not keep the others up. */
    void stop() {
        List<Part> running;
        synchronized (this) {
            stopping = true;
            awaitStarting();
            running = new ArrayList<>(parts.reversed());
            running.retainAll(up);
            up.clear();
        }
        for (Part part : running) {
            long from = System.nanoTime();
            try {
                part.stop();
                progress.down(part, Duration.ofNanos(System.nanoTime() - from));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                LOG.error("{} was interrupted while it stopped", part.name());
            } catch (Exception e) {
                LOG.error("{} did not stop cleanly", part.name(), e);
            }
        }
    }
}
