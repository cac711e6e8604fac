package io.fanfare.play.play;

import io.fanfare.play.idempotency.ClaimsItself;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class PlayConfiguration {

    @Bean
    ClaimsItself startClaimsItself() {
        return ClaimsItself.at("/api/v1/games/{id}/start");
    }

    @Bean
    ClaimsItself playClaimsItself() {
        return ClaimsItself.at("/api/v1/games/{id}/play");
    }
}
