package io.fanfare.streams.runtime;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.streams.state.HostInfo;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What all stream apps of this process share.
 *
 * @param stateDir where state survives a restart; one process per directory
 * @param applicationServer {@code host:port} under which other instances reach this one's queries
 * @param threads stream threads of each app
 * @param standbys further copies of each piece of state on other instances
 * @param replication copies of each internal topic
 * @param startPatience how long to wait for topics and registry before giving up
 * @param overrides Kafka Streams settings as they are, for what has no name here
 */
@ConfigurationProperties("fanfare.streams")
public record StreamsSettings(
        Path stateDir,
        String applicationServer,
        @DefaultValue("1") int threads,
        @DefaultValue("0") int standbys,
        @DefaultValue("1") int replication,
        @DefaultValue("60s") Duration startPatience,
        @DefaultValue Map<String, String> overrides) {

    public StreamsSettings {
        overrides = Map.copyOf(overrides);
        if (HostInfo.buildFromEndpoint(applicationServer) == null) {
            throw new IllegalArgumentException(
                    "fanfare.streams.application-server is '%s', expected host:port".formatted(applicationServer));
        }
        if (threads < 1 || threads > 64) {
            throw new IllegalArgumentException("fanfare.streams.threads is %d, expected 1 to 64".formatted(threads));
        }
        if (standbys < 0) {
            throw new IllegalArgumentException(
                    "fanfare.streams.standbys is %d, expected 0 or more".formatted(standbys));
        }
    }

    /** This instance, as the others know it. */
    public HostInfo self() {
        return HostInfo.buildFromEndpoint(applicationServer);
    }
}
