package io.fanfare.streams.runtime;

import io.fanfare.schemas.Topic;
import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.SchemaRegistry;
import io.fanfare.streams.deadletter.DeadLetters;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.state.HostInfo;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * A stream app within this process: it starts after everything else and stops first. While its state is rebuilt, the next generation
 * runs beside the one that is asked.
 */
public final class RunningApp implements SmartLifecycle {

    private final StreamsApp app;
    private final Supplier<StreamsApp> current;
    private final Surroundings surroundings;

    private volatile @Nullable AppClient live;
    private volatile @Nullable AppClient next;

    /** What all apps of a process have around them. */
    record Surroundings(KafkaSettings kafka, StreamsSettings settings, SchemaRegistry registry, MeterRegistry meters) {

        DeadLetters deadLetters(StreamsApp app) {
            return new DeadLetters(app.name(), registry, meters, Clock.systemUTC(), app.telling());
        }
    }

    /**
     * An app that is not running yet.
     *
     * @param current which generation to start, asked when its topics are there
     */
    RunningApp(StreamsApp app, Supplier<StreamsApp> current, Surroundings surroundings) {
        this.app = app;
        this.current = current;
        this.surroundings = surroundings;
    }

    public String name() {
        return app.name();
    }

    /** This instance, as the others of the app know it. */
    public HostInfo self() {
        return surroundings.settings().self();
    }

    /** The client to ask for state; empty before the start and after the stop. */
    public Optional<KafkaStreams> streams() {
        return Optional.ofNullable(live).map(AppClient::streams);
    }

    /** Whether every piece of state that this instance owns is up to date and being worked on. */
    public boolean isServing() {
        AppClient client = live;
        return client != null && client.isServing();
    }

    /** Whether it gave up: only a restart of the process helps. */
    public boolean hasFailed() {
        return streams().map(KafkaStreams::state).filter(State.ERROR::equals).isPresent();
    }

    /** How far the state that this instance owns has come back. */
    public RestoredState restored() {
        AppClient client = live;
        return client == null ? new RestoredState(0, 0) : client.restoring().soFar();
    }

    /** The number of the generation that is asked; 0 where none runs. */
    public int generation() {
        AppClient client = live;
        return client == null ? 0 : client.app().generation();
    }

    /** Whether the next generation runs here with its state complete. */
    public boolean isNextServing() {
        AppClient client = next;
        return client != null && client.isServing();
    }

    /** Runs a further generation beside the live one, unless it is the one that runs already. */
    public synchronized void beginNext(StreamsApp generation) {
        AppClient running = live;
        AppClient beside = next;
        if (running == null || running.app().generation() >= generation.generation()) {
            return;
        }
        if (beside != null && beside.app().generation() != generation.generation()) {
            next = null;
            beside.retire();
            beside = null;
        }
        if (beside == null) {
            next = begin(generation);
        }
    }

    /** Has the next generation answer, where there is one, and stops the one before it for good. */
    public synchronized void switchToNext() {
        AppClient old = live;
        AppClient taking = next;
        if (old != null && taking != null) {
            live = taking;
            next = null;
            old.retire();
        }
    }

    @Override
    public synchronized void start() {
        awaitPrerequisites();
        live = begin(current.get());
    }

    @Override
    public synchronized void stop() {
        AppClient beside = next;
        AppClient running = live;
        next = null;
        live = null;
        if (beside != null) {
            beside.close();
        }
        if (running != null) {
            running.close();
        }
    }

    @Override
    public boolean isRunning() {
        return live != null;
    }

    private AppClient begin(StreamsApp generation) {
        Map<String, Object> config = StreamsProperties.of(
                generation, surroundings.kafka(), surroundings.settings(), surroundings.deadLetters(generation));
        return AppClient.start(generation, config, generation.topology(config, surroundings.registry()));
    }

    private void awaitPrerequisites() {
        List<Topic<?, ?>> topics = new ArrayList<>(app.topics());
        topics.add(Topics.DEAD_LETTERS);
        Map<String, Object> config = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, surroundings.kafka().bootstrap());
        try (Admin admin = Admin.create(config)) {
            new Prerequisites(
                            admin,
                            surroundings.registry(),
                            surroundings.settings().startPatience())
                    .await(topics);
        }
    }
}
