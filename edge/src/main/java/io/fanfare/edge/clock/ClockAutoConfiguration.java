package io.fanfare.edge.clock;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Clock;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * The one {@code Clock} of a service: what happens in the game happens at its time. Leases, pauses, lags and credentials concern
 * machines, and whoever keeps those takes {@code Clock.systemUTC()}.
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(ClockSettings.class)
class ClockAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Clock clock(ClockSettings settings) {
        Path file = settings.clockFile();
        return file == null ? Clock.systemUTC() : new DevelopmentClock(Clock.systemUTC(), file, System::nanoTime);
    }

    @Bean
    @ConditionalOnProperty("fanfare.dev.clock-file")
    ClockRoute clockRoute(Clock clock, ClockSettings settings) {
        return new ClockRoute(clock, requireNonNull(settings.clockFile(), "the property is there"));
    }
}
