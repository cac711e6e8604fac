package io.fanfare.worker.sink;

import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("fanfare.dev-mode")
@EnableConfigurationProperties(SinkSettings.class)
class SinkConfiguration {

    @Bean
    WebhookSink webhookSink(Clock clock) {
        return new WebhookSink(clock);
    }
}
