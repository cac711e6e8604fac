package io.fanfare.play.relay;

import io.fanfare.store.Database;
import io.fanfare.store.outbox.RelayLag;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RelaySettings.class)
class RelayConfiguration {

    @Bean
    @ConditionalOnMissingBean
    RelayWatch relayWatch(Database database, RelaySettings settings) {
        return new RelayLag(database, RelayLag.SLOT, settings.maxLag())::state;
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
