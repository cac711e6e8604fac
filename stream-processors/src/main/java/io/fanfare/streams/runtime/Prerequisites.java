package io.fanfare.streams.runtime;

import static java.util.stream.Collectors.joining;

import io.fanfare.schemas.Topic;
import io.fanfare.schemas.wire.SchemaRegistry;
import io.fanfare.schemas.wire.SchemaRegistry.RegistryUnavailable;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What must be there before an app starts: Kafka Streams shuts itself down for ever where a source topic is missing. */
final class Prerequisites {

    private static final Logger LOG = LoggerFactory.getLogger(Prerequisites.class);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final long ANSWER_WITHIN_SECONDS = 10;

    private final Admin admin;
    private final SchemaRegistry registry;
    private final Duration patience;

    Prerequisites(Admin admin, SchemaRegistry registry, Duration patience) {
        this.admin = admin;
        this.registry = registry;
        this.patience = patience;
    }

    /** Something that an app needs was not there in time. */
    static final class Missing extends RuntimeException {
        Missing(String what, Duration patience) {
            super("%s, after waiting for %d s".formatted(what, patience.toSeconds()));
        }
    }

    /**
     * Waits for the topics, and makes their schemas known.
     *
     * @throws Missing where topics or registry are not there in time
     */
    void await(Collection<Topic<?, ?>> topics) {
        long deadline = System.nanoTime() + patience.toNanos();
        String missing = missing(topics);
        String reported = "";
        while (!missing.isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new Missing(missing, patience);
            }
            if (!missing.equals(reported)) {
                LOG.info("waiting: {}", missing);
                reported = missing;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
            if (Thread.interrupted()) {
                throw new Missing("interrupted while waiting: " + missing, patience);
            }
            missing = missing(topics);
        }
    }

    private String missing(Collection<Topic<?, ?>> topics) {
        try {
            Set<String> existing = admin.listTopics().names().get(ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS);
            String absent = topics.stream()
                    .map(Topic::name)
                    .filter(name -> !existing.contains(name))
                    .sorted()
                    .collect(joining(", "));
            if (!absent.isEmpty()) {
                return "topics do not exist: " + absent;
            }
            topics.forEach(
                    topic -> topic.schemas().forEach(schema -> registry.register(topic.subject(schema), schema)));
            return "";
        } catch (RegistryUnavailable e) {
            return "the schema registry does not answer: " + e.getMessage();
        } catch (ExecutionException | TimeoutException e) {
            return "the broker does not answer: " + e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }
}
