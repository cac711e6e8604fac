package io.fanfare.standalone;

import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.BrokerIdNotRegisteredException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/**
 * One real KRaft node, broker and controller in one, with its log in the data folder. Topics are not created by accident.
 *
 * <p>After {@code kill -9} the controller first runs alone and forgets the broker that died (ADR 0007).
 */
final class EmbeddedBroker implements Part {

    private static final int NODE = 1;

    /** The broker writes it when it has closed its logs and deletes it when it starts. */
    private static final String CLOSED_IN_ORDER = ".kafka_cleanshutdown";

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Ports ports;
    private final Path log;
    private @Nullable KafkaRaftServer server;

    EmbeddedBroker(DataDir dir, Ports ports) {
        this.ports = ports;
        this.log = dir.folder("kafka");
    }

    @Override
    public String name() {
        return "Kafka broker";
    }

    @Override
    public List<Part> needs() {
        return List.of();
    }

    @Override
    public Optional<URI> address() {
        return Optional.of(URI.create("kafka://" + bootstrap()));
    }

    String bootstrap() {
        return "127.0.0.1:" + ports.kafka();
    }

    @Override
    public void start() throws Exception {
        if (!Files.exists(log.resolve("meta.properties"))) {
            format();
        } else if (!Files.exists(log.resolve(CLOSED_IN_ORDER))) {
            forgetTheBrokerThatDied();
        }
        var broker = node(configuration());
        server = broker;
        broker.startup();
    }

    @Override
    public void stop() {
        if (server != null) {
            server.shutdown();
            server.awaitShutdown();
        }
    }

    private void forgetTheBrokerThatDied() throws Exception {
        var controller = node(controllerAlone());
        controller.startup();
        try {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (!isForgotten(deadline)) {
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        } finally {
            controller.shutdown();
            controller.awaitShutdown();
        }
    }

    /** A controller that has not read its log yet knows no version of its metadata, and supports nothing. */
    private boolean isForgotten(long deadline) throws Exception {
        try (var admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_CONTROLLERS_CONFIG, controllerAddress()))) {
            admin.unregisterBroker(NODE).all().get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnsupportedVersionException && System.nanoTime() < deadline) {
                return false;
            }
            if (e.getCause() instanceof BrokerIdNotRegisteredException) {
                return true;
            }
            throw e;
        }
    }

    private static KafkaRaftServer node(Map<String, String> config) {
        return new KafkaRaftServer(KafkaConfig.fromProps(asProperties(config)), Time.SYSTEM);
    }

    private void format() throws Exception {
        try (var quiet = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(quiet)
                    .setNodeId(NODE)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setControllerListenerName("CONTROLLER")
                    .setMetadataLogDirectory(log.toString())
                    .addDirectory(log.toString())
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                    .run();
        }
    }

    private Map<String, String> configuration() {
        String plaintext = "PLAINTEXT://" + bootstrap();
        String controller = "CONTROLLER://" + controllerAddress();
        Map<String, String> config = quorum();
        config.put("process.roles", "broker,controller");
        config.put("listeners", plaintext + "," + controller);
        config.put("advertised.listeners", plaintext + "," + controller);
        config.put("inter.broker.listener.name", "PLAINTEXT");
        // Broker and controller share a process: a late heartbeat tells of a pause of both, and fencing the broker for
        // it would only take its partitions away.
        config.put(
                "broker.session.timeout.ms", Long.toString(Duration.ofHours(1).toMillis()));
        config.put("auto.create.topics.enable", "false");
        // Records carry the time of what they tell, and the development clock may be far ahead of the broker's.
        config.put("log.message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE));
        config.put("default.replication.factor", "1");
        config.put("offsets.topic.replication.factor", "1");
        config.put("offsets.topic.num.partitions", "4");
        config.put("transaction.state.log.replication.factor", "1");
        config.put("transaction.state.log.min.isr", "1");
        config.put("transaction.state.log.num.partitions", "4");
        // Who reads only what is committed waits behind the open transaction of a process that was killed.
        config.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
        config.put("share.coordinator.state.topic.replication.factor", "1");
        config.put("share.coordinator.state.topic.min.isr", "1");
        config.put("share.coordinator.state.topic.num.partitions", "1");
        config.put("group.initial.rebalance.delay.ms", "0");
        // The default dedupe buffer alone takes 128 MB of a heap of one gigabyte.
        config.put("log.cleaner.dedupe.buffer.size", Integer.toString(16 << 20));
        config.put("num.network.threads", "2");
        config.put("num.io.threads", "4");
        config.put("background.threads", "2");
        config.put("num.recovery.threads.per.data.dir", "2");
        return config;
    }

    private Map<String, String> controllerAlone() {
        Map<String, String> config = quorum();
        config.put("process.roles", "controller");
        config.put("listeners", "CONTROLLER://" + controllerAddress());
        return config;
    }

    private Map<String, String> quorum() {
        Map<String, String> config = new HashMap<>();
        config.put("node.id", Integer.toString(NODE));
        config.put("controller.quorum.voters", NODE + "@" + controllerAddress());
        config.put("controller.listener.names", "CONTROLLER");
        config.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        config.put("log.dirs", log.toString());
        return config;
    }

    private String controllerAddress() {
        return "127.0.0.1:" + ports.controller();
    }

    private static Properties asProperties(Map<String, String> config) {
        var properties = new Properties();
        properties.putAll(config);
        return properties;
    }
}
