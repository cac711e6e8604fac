package io.fanfare.streams.rebuild;

import io.fanfare.schemas.wire.SchemaRegistry;
import io.fanfare.streams.runtime.KafkaSettings;
import io.fanfare.streams.runtime.RunningApp;
import io.fanfare.streams.runtime.StreamsApp;
import io.fanfare.streams.telling.Cut;
import io.fanfare.streams.telling.Telling;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Follows the rebuilds of an app on this instance, and takes the steps that follow. Whichever instance sees that a step is due writes
 * it; they all write the same. A process that dies finds on its next start where the rebuild is.
 *
 * <ol>
 *   <li>Replaying: the next generation runs beside the live one and tells nothing, until it has all but caught up.
 *   <li>Switching: every instance answers from the next generation and stops the live one. Nothing is told meanwhile.
 *   <li>When the last one has left the group, its position is the cut; from there on the next generation tells, and is live.
 * </ol>
 */
public final class Rebuilding implements SmartLifecycle, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Rebuilding.class);
    private static final Duration PAUSE = Duration.ofMillis(250);
    /** So few records are caught up with in a moment. */
    private static final long NEARLY = 1_000;

    private final String name;
    private final String source;
    private final KafkaSettings kafka;
    private final SchemaRegistry registry;
    private final Factory factory;
    private final Map<Integer, Cut> cuts = new ConcurrentHashMap<>();
    private @Nullable GenerationLog log;
    private @Nullable Groups groups;
    private @Nullable RunningApp app;
    private volatile boolean following;
    private volatile @Nullable Thread follower;
    /** The live generation whose predecessors have left nothing behind. */
    private int tidied = 1;

    /** Makes a generation of the app. */
    @FunctionalInterface
    public interface Factory {
        StreamsApp app(int generation, Telling telling);
    }

    /**
     * Of one app.
     *
     * @param name of the app
     * @param source the topic that its state is made of
     */
    public Rebuilding(String name, String source, KafkaSettings kafka, SchemaRegistry registry, Factory factory) {
        this.name = name;
        this.source = source;
        this.kafka = kafka;
        this.registry = registry;
        this.factory = factory;
    }

    /** The app as it is where it was never rebuilt. */
    public StreamsApp first() {
        return factory.app(1, new First());
    }

    /** What this instance is to run when it starts. Asked when the topics are there. */
    public StreamsApp current() {
        Generation now = log().current();
        StreamsApp current = generation(now.current(), now);
        cut(now);
        return current;
    }

    /** To be called before the start. */
    public void follow(RunningApp running) {
        app = running;
    }

    @Override
    public void start() {
        following = true;
        follower = Thread.ofPlatform().name("rebuilds of " + name).start(this::steps);
    }

    @Override
    public void stop() {
        following = false;
        Thread thread = follower;
        if (thread != null) {
            thread.interrupt();
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return following;
    }

    @Override
    public void close() {
        stop();
        closeClients();
    }

    private synchronized void closeClients() {
        if (log != null) {
            log.close();
        }
        if (groups != null) {
            groups.close();
        }
    }

    private void steps() {
        while (following && !Thread.currentThread().isInterrupted()) {
            try {
                RunningApp running = app;
                if (running != null && running.isRunning()) {
                    step(running, log().current());
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | RuntimeException e) {
                // Nothing may end this thread but stopping: an instance that does not follow would run a generation
                // that was replaced.
                LOG.warn("{}: the next step of the rebuild has to wait", name, e);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private void step(RunningApp running, Generation now) throws InterruptedException, ExecutionException {
        if (now.replaying().isPresent()) {
            replay(running, now, now.replaying().get());
            return;
        }
        running.beginNext(generation(now.current(), now));
        running.switchToNext();
        if (now.switching()) {
            String old = id(now.live());
            if (groups().isEmpty(old)) {
                log().write(now.takenOver(groups().position(old)));
            }
        } else {
            cut(now);
            tidy(now);
        }
    }

    private void replay(RunningApp running, Generation now, int building)
            throws InterruptedException, ExecutionException {
        running.beginNext(generation(building, now));
        long there = sum(groups().committed(id(now.live())));
        long done = sum(groups().committed(id(building)));
        if (running.isNextServing() && there - done <= NEARLY) {
            LOG.info("{}: generation {} has caught up and takes over from {}", name, building, now.live());
            log().write(now.caughtUp());
        }
    }

    /** The live generation tells from its cut on. */
    private void cut(Generation now) {
        Cut cut = cuts.get(now.live());
        if (cut != null && !cut.isLive()) {
            cut.at(now.cut());
            LOG.info("{}: generation {} is live, and tells from {} on", name, now.live(), now.cut());
        }
    }

    /** Once in the life of this process, for whoever should have done it may have died. */
    private void tidy(Generation now) throws InterruptedException, ExecutionException {
        if (now.live() > tidied) {
            for (int before = 1; before < now.live(); before++) {
                groups().forgetState(id(before));
            }
            tidied = now.live();
        }
    }

    private StreamsApp generation(int number, Generation now) {
        if (number == 1) {
            return first();
        }
        String old = id(now.live() < number ? now.live() : number - 1);
        Cut cut =
                cuts.computeIfAbsent(number, _ -> new Cut(source, () -> requireCurrent(number), () -> committed(old)));
        return factory.app(number, cut);
    }

    /** The first generation has told everything, until it is replaced. */
    private final class First implements Telling {

        @Override
        public void begin() {
            requireCurrent(1);
        }

        @Override
        public boolean of(String topic, int partition, long offset) {
            return true;
        }

        @Override
        public boolean isLive() {
            return true;
        }
    }

    /**
     * Who has joined the group of a generation and then finds that it still is to run, is waited for before it is replaced; who finds
     * otherwise must not do anything.
     */
    private void requireCurrent(int number) {
        Generation now = log().current();
        if (number < now.current()) {
            throw new IllegalStateException(
                    "generation %d of %s was replaced by %d".formatted(number, name, now.current()));
        }
    }

    private Map<Integer, Long> committed(String group) {
        try {
            return groups().committed(group);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the offsets of %s cannot be read".formatted(group), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the offsets of %s were read".formatted(group), e);
        }
    }

    private String id(int generation) {
        return StreamsApp.applicationId(name, generation);
    }

    private static long sum(Map<Integer, Long> offsets) {
        return offsets.values().stream().mapToLong(Long::longValue).sum();
    }

    private synchronized GenerationLog log() {
        if (log == null) {
            log = new GenerationLog(name, kafka.bootstrap(), registry, Clock.systemUTC());
        }
        return log;
    }

    private synchronized Groups groups() {
        if (groups == null) {
            groups = new Groups(kafka.bootstrap(), source);
        }
        return groups;
    }
}
