package io.fanfare.play.relay;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param maxLag when the relay is further behind, nothing is written before it has caught up
 * @param heartbeatTopic on which the relay of a MariaDB is heard; plays no part with PostgreSQL
 */
@ConfigurationProperties("fanfare.relay")
public record RelaySettings(
        @DefaultValue("60s") Duration maxLag,
        @DefaultValue(RelaySettings.HEARTBEATS) String heartbeatTopic) {

    /** Of the connector that ships with the platform. */
    static final String HEARTBEATS = "fanfare.relay-heartbeats.mariadb";
}
