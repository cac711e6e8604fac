package io.fanfare.play.play;

import io.fanfare.edge.caller.Credentials;
import io.fanfare.play.idempotency.ClaimsItself;
import io.fanfare.store.Database;
import io.fanfare.store.play.NumberedPlays;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class PlayConfiguration {

    @Bean
    NumberedPlays numberedPlays(Database database) {
        return new NumberedPlays(database);
    }

    @Bean
    FilterRegistrationBean<RankingsFilter> rankingsFilter(
            Credentials credentials, NumberedPlays plays, PlayRankings rankings, JsonMapper json) {
        var registration = new FilterRegistrationBean<>(new RankingsFilter(credentials, plays, rankings, json));
        // Around what keeps answers, behind the limit on bodies.
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 15);
        return registration;
    }

    @Bean
    ClaimsItself startClaimsItself() {
        return ClaimsItself.at("/api/v1/games/{id}/start");
    }

    @Bean
    ClaimsItself playClaimsItself() {
        return ClaimsItself.at("/api/v1/games/{id}/play");
    }
}
