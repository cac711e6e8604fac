package io.fanfare.play.relay;

import io.fanfare.edge.topic.HeartbeatTopic;
import io.fanfare.store.Database;
import io.fanfare.store.outbox.HeardHeartbeats;
import io.fanfare.store.outbox.HeartbeatLag;
import io.fanfare.store.outbox.RelayLag;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({RelaySettings.class, KafkaSettings.class})
class RelayConfiguration {

    /** Is closed with the service. */
    private record HeardOnTopic(HeartbeatTopic topic) implements HeardHeartbeats, AutoCloseable {

        @Override
        public Optional<Instant> latest() {
            return topic.latest();
        }

        @Override
        public void close() {
            topic.close();
        }
    }

    @Bean
    @ConditionalOnMissingBean
    HeardHeartbeats heardHeartbeats(Database database, RelaySettings settings, KafkaSettings kafka) {
        return switch (database.dialect()) {
            case POSTGRESQL -> Optional::empty;
            case MARIADB ->
                new HeardOnTopic(HeartbeatTopic.opened(kafka.bootstrap(), List.of(settings.heartbeatTopic())));
        };
    }

    @Bean
    @ConditionalOnMissingBean
    RelayWatch relayWatch(Database database, HeardHeartbeats heartbeats, RelaySettings settings) {
        return switch (database.dialect()) {
            case POSTGRESQL -> new RelayLag(database, RelayLag.SLOT, settings.maxLag())::state;
            case MARIADB -> new HeartbeatLag(database, heartbeats, settings.maxLag())::state;
        };
    }

    @Bean
    RelayAlarm relayAlarm(RelayWatch relay, MeterRegistry meters) {
        return new RelayAlarm(relay, meters);
    }

    @Bean
    WebMvcConfigurer backPressure(RelayWatch relay) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new BackPressure(relay)).addPathPatterns("/api/**");
            }
        };
    }
}
