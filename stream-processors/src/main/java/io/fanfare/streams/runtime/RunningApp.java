package io.fanfare.streams.runtime;

import io.fanfare.schemas.Topic;
import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.SchemaRegistry;
import io.fanfare.streams.deadletter.DeadLetters;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.state.HostInfo;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** A stream app within this process: it starts after everything else and stops first. */
public final class RunningApp implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(RunningApp.class);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(30);

    private final StreamsApp app;
    private final KafkaSettings kafka;
    private final StreamsSettings settings;
    private final SchemaRegistry registry;
    private final DeadLetters deadLetters;

    private volatile @Nullable KafkaStreams streams;

    RunningApp(
            StreamsApp app,
            KafkaSettings kafka,
            StreamsSettings settings,
            SchemaRegistry registry,
            DeadLetters deadLetters) {
        this.app = app;
        this.kafka = kafka;
        this.settings = settings;
        this.registry = registry;
        this.deadLetters = deadLetters;
    }

    public String name() {
        return app.name();
    }

    /** This instance, as the others of the app know it. */
    public HostInfo self() {
        return settings.self();
    }

    /** The client to ask for state; empty before the start and after the stop. */
    public Optional<KafkaStreams> streams() {
        return Optional.ofNullable(streams);
    }

    /** Whether every piece of state that this instance owns is up to date and being worked on. */
    public boolean isServing() {
        return streams().map(client -> client.state() == State.RUNNING).orElse(false);
    }

    /** Whether it gave up: only a restart of the process helps. */
    public boolean hasFailed() {
        return streams().map(KafkaStreams::state).filter(State.ERROR::equals).isPresent();
    }

    @Override
    public void start() {
        awaitPrerequisites();
        Map<String, Object> config = StreamsProperties.of(app, kafka, settings, deadLetters);
        var properties = new Properties();
        properties.putAll(config);
        var client = new KafkaStreams(app.topology(config, registry), properties);
        client.setUncaughtExceptionHandler(new ThreadReplacement(app.name(), Clock.systemUTC()));
        client.setStateListener((now, before) -> LOG.info("{}: {} (was {})", app.name(), now, before));
        client.start();
        streams = client;
    }

    @Override
    public void stop() {
        KafkaStreams client = streams;
        if (client == null) {
            return;
        }
        streams = null;
        // Without leaving the group the next start waits for the session of this one to expire.
        boolean closed = client.close(CloseOptions.groupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(CLOSE_WITHIN));
        if (!closed) {
            LOG.warn("{}: not closed within {}; what is uncommitted will be done again", app.name(), CLOSE_WITHIN);
        }
    }

    @Override
    public boolean isRunning() {
        return streams != null;
    }

    private void awaitPrerequisites() {
        List<Topic<?, ?>> topics = new ArrayList<>(app.topics());
        topics.add(Topics.DEAD_LETTERS);
        Map<String, Object> config = Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrap());
        try (Admin admin = Admin.create(config)) {
            new Prerequisites(admin, registry, settings.startPatience()).await(topics);
        }
    }
}
