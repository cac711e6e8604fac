package io.fanfare.play;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** @param url base of the schema registry's Confluent API, such as {@code http://127.0.0.1:8081/apis/ccompat/v7} */
@ConfigurationProperties("fanfare.registry")
record RegistrySettings(URI url) {

    RegistrySettings {
        if (!url.isAbsolute()) {
            throw new IllegalArgumentException("fanfare.registry.url is '%s', expected http(s)://…".formatted(url));
        }
    }
}
