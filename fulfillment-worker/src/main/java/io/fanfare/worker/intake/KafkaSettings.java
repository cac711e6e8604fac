package io.fanfare.worker.intake;

import org.springframework.boot.context.properties.ConfigurationProperties;

/** @param bootstrap brokers to begin with, {@code host:port,…} */
@ConfigurationProperties("fanfare.kafka")
public record KafkaSettings(String bootstrap) {

    public KafkaSettings {
        if (bootstrap.isBlank()) {
            throw new IllegalArgumentException(
                    "fanfare.kafka.bootstrap is '%s', expected host:port".formatted(bootstrap));
        }
    }
}
