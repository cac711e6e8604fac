package io.fanfare.streams.runtime;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One generation of an app at work in this process. */
record AppClient(StreamsApp app, KafkaStreams streams, RestoreProgress restoring) {

    private static final Logger LOG = LoggerFactory.getLogger(AppClient.class);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(30);

    static AppClient start(StreamsApp app, Map<String, Object> config, Topology topology) {
        var properties = new Properties();
        properties.putAll(config);
        var restoring = new RestoreProgress(app.label());
        var client = new KafkaStreams(topology, properties);
        client.setUncaughtExceptionHandler(new ThreadReplacement(app.label(), Clock.systemUTC()));
        client.setGlobalStateRestoreListener(restoring);
        client.setStateListener((now, before) -> LOG.info("{}: {} (was {})", app.label(), now, before));
        client.start();
        return new AppClient(app, client, restoring);
    }

    boolean isServing() {
        return streams.state() == State.RUNNING;
    }

    void close() {
        // Without leaving the group the next start waits for the session of this one to expire.
        boolean closed = streams.close(CloseOptions.groupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(CLOSE_WITHIN));
        if (!closed) {
            LOG.warn("{}: not closed within {}; what is uncommitted will be done again", app.label(), CLOSE_WITHIN);
        }
    }

    /** Closes it for good: nobody will run this generation again. */
    void retire() {
        close();
        streams.cleanUp();
    }
}
