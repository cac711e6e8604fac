package io.fanfare.streams.runtime;

import io.fanfare.schemas.wire.ConfluentRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class RegistryConfiguration {

    @Bean
    ConfluentRegistry schemaRegistry(RegistrySettings settings) {
        return new ConfluentRegistry(settings.url());
    }
}
