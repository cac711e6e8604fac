package io.fanfare.play.game;

import io.fanfare.engine.shape.Shapes;
import io.fanfare.store.Database;
import io.fanfare.store.play.ClaimedMoments;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DefinitionSettings.class)
class ShapesConfiguration {

    @Bean
    Shapes shapes() {
        return Shapes.builtIn();
    }

    @Bean
    ClaimedMoments claimedMoments(Database database) {
        return new ClaimedMoments(database);
    }
}
