package io.fanfare.connectors;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.connect.cli.ConnectDistributed;
import org.apache.kafka.connect.runtime.Connect;
import org.apache.kafka.connect.runtime.distributed.DistributedHerder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker of a distributed Kafka Connect cluster in this JVM.
 *
 * <p>Distributed even when it is alone, because only that mode has exactly-once sources (KIP-618) and keeps connectors and
 * offsets in topics, so a restart goes on where the last run stopped. Connectors reach it as they reach any cluster: as JSON
 * over REST. A connector that fails is restarted with growing pauses, a bounded number of times in a row.
 */
public final class EmbeddedConnect implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedConnect.class);
    private static final Duration START_PATIENCE = Duration.ofSeconds(90);
    private static final Duration WATCH_INTERVAL = Duration.ofSeconds(5);
    private static final String HEARTBEAT_RETENTION_MS =
            Long.toString(Duration.ofDays(1).toMillis());

    private final String bootstrap;
    private final URI url;
    private final Connect<DistributedHerder> worker;
    private final ConnectRest rest;
    private final Map<String, RestartBackoff> watched = new ConcurrentHashMap<>();
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("connector-watch").factory());

    private EmbeddedConnect(String bootstrap, URI url, Connect<DistributedHerder> worker) {
        this.bootstrap = bootstrap;
        this.url = url;
        this.worker = worker;
        this.rest = new ConnectRest(url);
    }

    /**
     * Starts a worker and returns when it has joined its group, so that connectors can be applied.
     *
     * @param bootstrap brokers, {@code host:port,…}
     * @param port of the REST API, on the loopback interface
     * @param database answers the connectors' {@code ${env:…}} placeholders
     * @throws IllegalStateException when the worker has not joined within 90 seconds
     */
    public static EmbeddedConnect start(String bootstrap, int port, OutboxDatabase database)
            throws InterruptedException {
        // Who embeds the worker decides when it stops; Connect's own hook would race with that order.
        Exit.setShutdownHookAdder((name, hook) -> LOG.debug("shutdown hook {} left to the platform", name));
        URI url = URI.create("http://127.0.0.1:" + port);
        var connect = new EmbeddedConnect(
                bootstrap, url, new ConnectDistributed().startConnect(workerConfig(bootstrap, url, database)));
        try {
            connect.awaitJoined();
        } catch (RuntimeException | InterruptedException e) {
            connect.close();
            throw e;
        }
        long period = WATCH_INTERVAL.toMillis();
        var _ = connect.watch.scheduleWithFixedDelay(connect::restartWhatFailed, period, period, TimeUnit.MILLISECONDS);
        return connect;
    }

    /** Base of the REST API. */
    public URI url() {
        return url;
    }

    /**
     * Brings the connector to this definition and returns when it and its task run.
     *
     * @throws IllegalStateException when it does not run within {@code patience}, with the cause that Connect gives
     */
    public void apply(ConnectorDefinition definition, Duration patience) throws InterruptedException {
        createHeartbeatTopic(definition.heartbeatTopic());
        long deadline = System.nanoTime() + patience.toNanos();
        boolean accepted = false;
        ConnectorStatus status = new ConnectorStatus.Absent();
        while (System.nanoTime() < deadline) {
            try {
                accepted = accepted || rest.put(definition);
                status = rest.status(definition.name());
            } catch (IOException e) {
                throw new IllegalStateException("connector " + definition.name() + " was refused", e);
            }
            if (accepted && status instanceof ConnectorStatus.Running) {
                watched.putIfAbsent(definition.name(), new RestartBackoff());
                return;
            }
            if (accepted && status instanceof ConnectorStatus.Failed) {
                // A failure of the previous run is still on record until the task has started once in this one.
                restartFailed(definition.name());
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        throw new IllegalStateException(
                "connector " + definition.name() + " does not run after " + patience.toSeconds() + " s: " + status);
    }

    /**
     * What the cluster says of the connector. A task that retries by itself counts as running.
     *
     * @throws IOException when the worker does not answer
     */
    public ConnectorStatus status(String connector) throws IOException, InterruptedException {
        return rest.status(connector);
    }

    /** Stops the tasks (what they sent is committed), then the worker. */
    @Override
    public void close() {
        watch.shutdownNow();
        worker.stop();
        worker.awaitStop();
        rest.close();
    }

    private void awaitJoined() throws InterruptedException {
        long deadline = System.nanoTime() + START_PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            try {
                if (rest.isHealthy()) {
                    return;
                }
            } catch (IOException e) {
                LOG.debug("worker not ready: {}", e.toString());
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new IllegalStateException("Connect has not joined its group after " + START_PATIENCE.toSeconds() + " s");
    }

    private void restartWhatFailed() {
        watched.forEach((connector, backoff) -> {
            try {
                switch (rest.status(connector)) {
                    case ConnectorStatus.Running _ ->
                        backoff.running(Clock.systemUTC().instant());
                    case ConnectorStatus.Failed failed -> recover(connector, backoff, failed);
                    case ConnectorStatus.Pending _, ConnectorStatus.Absent _ -> {}
                }
            } catch (IOException e) {
                LOG.warn("cannot ask for the status of connector {}: {}", connector, e.toString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void recover(String connector, RestartBackoff backoff, ConnectorStatus.Failed failed)
            throws InterruptedException {
        switch (backoff.failed(Clock.systemUTC().instant())) {
            case RestartBackoff.Decision.Restart restart -> {
                LOG.error("connector {} failed ({}), restart {}", connector, failed.cause(), restart.attempt());
                restartFailed(connector);
            }
            case RestartBackoff.Decision.Wait wait -> LOG.debug("connector {} waits until {}", connector, wait.until());
        }
    }

    private void restartFailed(String connector) throws InterruptedException {
        try {
            if (!rest.restartFailed(connector)) {
                LOG.info("connector {} cannot be restarted during a rebalance", connector);
            }
        } catch (IOException e) {
            LOG.warn("connector {} could not be restarted: {}", connector, e.toString());
        }
    }

    /** Sources do not create topics here: a misspelt topic name in the outbox must show, not make a topic. */
    private void createHeartbeatTopic(String topic) throws InterruptedException {
        var settings = Map.of("retention.ms", HEARTBEAT_RETENTION_MS, "segment.bytes", Integer.toString(16 << 20));
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap))) {
            var heartbeat = new NewTopic(topic, Optional.of(1), Optional.empty()).configs(settings);
            admin.createTopics(List.of(heartbeat)).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException("cannot create topic " + topic, e.getCause());
            }
        }
    }

    private static Map<String, String> workerConfig(String bootstrap, URI url, OutboxDatabase database) {
        Map<String, String> config = new HashMap<>();
        config.put("bootstrap.servers", bootstrap);
        config.put("group.id", "fanfare-connect");
        config.put("listeners", url.toString());
        config.put("exactly.once.source.support", "enabled");
        config.put("config.storage.topic", "fanfare-connect-configs");
        config.put("offset.storage.topic", "fanfare-connect-offsets");
        config.put("status.storage.topic", "fanfare-connect-status");
        config.put("config.storage.replication.factor", "1");
        config.put("offset.storage.replication.factor", "1");
        config.put("status.storage.replication.factor", "1");
        config.put("offset.storage.partitions", "1");
        config.put("status.storage.partitions", "1");
        config.put("key.converter", "org.apache.kafka.connect.json.JsonConverter");
        config.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
        // All plugins are on the classpath: no scan, and no directory from which others could slip in.
        config.put("plugin.discovery", "service_load");
        config.put("topic.creation.enable", "false");
        // After a crash the group waits for the dead member's session; alone, there is nothing else to wait for.
        config.put("session.timeout.ms", "6000");
        config.put("heartbeat.interval.ms", "2000");
        config.put("scheduled.rebalance.max.delay.ms", "0");
        config.put("config.providers", "env");
        config.put("config.providers.env.class", WorkerEnvironment.class.getName());
        database.variables().forEach((name, value) -> config.put("config.providers.env.param." + name, value));
        return config;
    }
}
