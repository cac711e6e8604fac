package io.fanfare.streams.runtime;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the brokers are.
 *
 * @param bootstrap brokers as {@code host:port}, separated by commas
 */
@ConfigurationProperties("fanfare.kafka")
public record KafkaSettings(String bootstrap) {

    public KafkaSettings {
        if (bootstrap.isBlank()) {
            throw new IllegalArgumentException("fanfare.kafka.bootstrap is empty, expected host:port");
        }
    }
}
