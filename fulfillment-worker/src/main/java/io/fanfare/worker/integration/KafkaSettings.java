package io.fanfare.worker.integration;

import org.springframework.boot.context.properties.ConfigurationProperties;

/** @param bootstrap brokers to begin with, {@code host:port,…} */
@ConfigurationProperties("fanfare.kafka")
record KafkaSettings(String bootstrap) {

    KafkaSettings {
        if (bootstrap.isBlank()) {
            throw new IllegalArgumentException(
                    "fanfare.kafka.bootstrap is '%s', expected host:port".formatted(bootstrap));
        }
    }
}
