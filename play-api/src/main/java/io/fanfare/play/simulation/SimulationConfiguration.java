package io.fanfare.play.simulation;

import io.fanfare.store.Database;
import io.fanfare.store.identity.Ids;
import io.fanfare.store.simulation.AbandonedSimulations;
import io.fanfare.store.simulation.Shelves;
import io.fanfare.store.simulation.Simulations;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SimulationSettings.class)
class SimulationConfiguration {

    @Bean
    Simulations simulations(Database database, Ids ids, Clock clock) {
        return new Simulations(database, ids, clock);
    }

    @Bean
    AbandonedSimulations abandonedSimulations(Database database, Clock clock) {
        return new AbandonedSimulations(database, clock);
    }

    @Bean
    Shelves shelves(Database database) {
        return new Shelves(database);
    }
}
