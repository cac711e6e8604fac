package io.fanfare.worker.integration;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** @param url of the registry's Confluent API */
@ConfigurationProperties("fanfare.registry")
record RegistrySettings(URI url) {

    RegistrySettings {
        if (!url.isAbsolute()) {
            throw new IllegalArgumentException("fanfare.registry.url is '%s', expected http://host…".formatted(url));
        }
    }
}
