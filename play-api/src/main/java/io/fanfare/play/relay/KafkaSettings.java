package io.fanfare.play.relay;

import org.springframework.boot.context.properties.ConfigurationProperties;

/** @param bootstrap brokers to begin with, {@code host:port,…}; nobody is asked there with PostgreSQL */
@ConfigurationProperties("fanfare.kafka")
record KafkaSettings(String bootstrap) {

    KafkaSettings {
        if (bootstrap.isBlank()) {
            throw new IllegalArgumentException(
                    "fanfare.kafka.bootstrap is '%s', expected host:port".formatted(bootstrap));
        }
    }
}
