package io.fanfare.play;

import io.fanfare.schemas.wire.ConfluentRegistry;
import io.fanfare.schemas.wire.SchemaRegistry;
import java.util.function.BooleanSupplier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RegistrySettings.class)
class RegistryConfiguration {

    @Bean
    @ConditionalOnMissingBean(SchemaRegistry.class)
    ConfluentRegistry confluentRegistry(RegistrySettings settings) {
        return new ConfluentRegistry(settings.url());
    }

    @Bean
    RegisteredSchemas registeredSchemas(SchemaRegistry registry) {
        BooleanSupplier answers = registry instanceof ConfluentRegistry confluent ? confluent::isReachable : () -> true;
        return new RegisteredSchemas(registry, answers);
    }
}
