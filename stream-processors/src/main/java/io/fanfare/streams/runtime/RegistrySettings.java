package io.fanfare.streams.runtime;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the schema registry is.
 *
 * @param url base of its Confluent API
 */
@ConfigurationProperties("fanfare.registry")
public record RegistrySettings(URI url) {

    public RegistrySettings {
        if (!url.isAbsolute()) {
            throw new IllegalArgumentException("fanfare.registry.url is '%s', expected an absolute URL".formatted(url));
        }
    }
}
