package io.fanfare.edge.health;

import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.context.annotation.Bean;

@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
class HealthAutoConfiguration {

    @Bean
    HealthRoutes healthRoutes(ApplicationAvailability availability, ObjectProvider<ReadinessCheck> checks) {
        List<ReadinessCheck> all = checks.orderedStream().toList();
        return new HealthRoutes(availability, all);
    }
}
