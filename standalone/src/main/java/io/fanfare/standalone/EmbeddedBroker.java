package io.fanfare.standalone;

import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/** One real KRaft node, broker and controller in one, with its log in the data folder. Topics are not created by accident. */
final class EmbeddedBroker implements Part {

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
        }
        var broker = new KafkaRaftServer(KafkaConfig.fromProps(asProperties(configuration())), Time.SYSTEM);
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

    private void format() throws Exception {
        try (var quiet = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(quiet)
                    .setNodeId(1)
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
        String controller = "127.0.0.1:" + ports.controller();
        Map<String, String> config = new HashMap<>();
        config.put("process.roles", "broker,controller");
        config.put("node.id", "1");
        config.put("listeners", plaintext + ",CONTROLLER://" + controller);
        config.put("advertised.listeners", plaintext + ",CONTROLLER://" + controller);
        config.put("controller.quorum.voters", "1@" + controller);
        config.put("controller.listener.names", "CONTROLLER");
        config.put("inter.broker.listener.name", "PLAINTEXT");
        config.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        config.put("log.dirs", log.toString());
        config.put("auto.create.topics.enable", "false");
        config.put("default.replication.factor", "1");
        config.put("offsets.topic.replication.factor", "1");
        config.put("offsets.topic.num.partitions", "4");
        config.put("transaction.state.log.replication.factor", "1");
        config.put("transaction.state.log.min.isr", "1");
        config.put("transaction.state.log.num.partitions", "4");
        config.put("share.coordinator.state.topic.replication.factor", "1");
        config.put("share.coordinator.state.topic.min.isr", "1");
        config.put("share.coordinator.state.topic.num.partitions", "1");
        config.put("group.initial.rebalance.delay.ms", "0");
        // After kill -9 the controller does not let the broker in before its last session has ended; the default is
        // nine
        // seconds. The two share a process, so nothing but that process can come between them.
        config.put("broker.session.timeout.ms", "4000");
        config.put("broker.heartbeat.interval.ms", "1000");
        // The default dedupe buffer alone takes 128 MB of a heap of one gigabyte.
        config.put("log.cleaner.dedupe.buffer.size", Integer.toString(16 << 20));
        config.put("num.network.threads", "2");
        config.put("num.io.threads", "4");
        config.put("background.threads", "2");
        config.put("num.recovery.threads.per.data.dir", "2");
        return config;
    }

    private static Properties asProperties(Map<String, String> config) {
        var properties = new Properties();
        properties.putAll(config);
        return properties;
    }
}
