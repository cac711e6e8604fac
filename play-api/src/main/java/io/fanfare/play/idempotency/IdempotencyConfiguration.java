package io.fanfare.play.idempotency;

import io.fanfare.edge.answer.RefusalWriter;
import io.fanfare.edge.caller.Credentials;
import io.fanfare.store.idempotency.Idempotency;
import java.util.List;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration(proxyBeanMethods = false)
class IdempotencyConfiguration implements WebMvcConfigurer {

    @Bean
    FilterRegistrationBean<IdempotencyFilter> idempotencyFilter(
            Credentials credentials,
            Idempotency idempotency,
            RefusalWriter refusals,
            KeptAnswers answers,
            List<ClaimsItself> claimingRoutes) {
        var registration = new FilterRegistrationBean<>(
                new IdempotencyFilter(credentials, idempotency, refusals, answers, claimingRoutes));
        // Behind the limit on bodies: what is read here has a bound.
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 20);
        return registration;
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new RequestKeyArgument());
    }
}
