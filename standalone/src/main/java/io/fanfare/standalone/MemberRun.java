package io.fanfare.standalone;

import io.fanfare.connectors.ConnectorDefinition;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Broker or Connect as this process of a cluster, until it is asked to end. */
final class MemberRun {

    private static final Logger LOG = LoggerFactory.getLogger(MemberRun.class);
    private static final Duration RELAY_PATIENCE = Duration.ofMinutes(2);

    private MemberRun() {}

    static void stay(MemberProgram program, DataDir dir, Ports ports) throws InterruptedException {
        Infrastructure infrastructure = Infrastructure.in(dir, ports);
        Part part = switch (program) {
            case BROKER -> infrastructure.broker();
            case CONNECT -> infrastructure.connect();
        };
        try {
            part.start();
            switch (program) {
                case BROKER -> {}
                case CONNECT ->
                    infrastructure.connect().running().apply(ConnectorDefinition.outboxOnPostgresql(), RELAY_PATIENCE);
            }
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            LOG.error("{} did not start", part.name(), e);
            throw new CannotStart(part.name() + " did not start: " + e.getMessage(), e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(part), "stop"));
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
