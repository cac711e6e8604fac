package io.fanfare.standalone;

import io.fanfare.connectors.ConnectorDefinition;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A part that is not a service and has no program of its own, as a process of a cluster. */
enum MemberProgram {
    BROKER,
    CONNECT;

    private static final Logger LOG = LoggerFactory.getLogger(MemberProgram.class);
    private static final Duration RELAY_PATIENCE = Duration.ofMinutes(2);

    /** Starts it and stays until the process is asked to end. */
    void runIn(DataDir dir, Ports ports) throws Exception {
        Infrastructure infrastructure = Infrastructure.in(dir, ports);
        Part part = switch (this) {
            case BROKER -> infrastructure.broker();
            case CONNECT -> infrastructure.connect();
        };
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(part), "stop"));
        part.start();
        switch (this) {
            case BROKER -> {}
            case CONNECT ->
                infrastructure.connect().running().apply(ConnectorDefinition.outboxOnPostgresql(), RELAY_PATIENCE);
        }
        LOG.info("{} is up", part.name());
        new CountDownLatch(1).await();
    }

    private static void stop(Part part) {
        try {
            part.stop();
            LOG.info("{} is down", part.name());
        } catch (Exception e) {
            LOG.error("{} did not stop cleanly", part.name(), e);
        }
    }
}
