package io.fanfare.streams.wallet;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param heartbeatTopics on which the relay is heard; those of the connectors that ship with the platform, of which one runs */
@ConfigurationProperties("fanfare.relay")
record RelaySettings(
        @DefaultValue({"fanfare.relay-heartbeats.postgresql", "fanfare.relay-heartbeats.mariadb"})
        List<String> heartbeatTopics) {

    RelaySettings {
        heartbeatTopics = List.copyOf(heartbeatTopics);
    }
}
