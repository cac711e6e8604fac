package io.fanfare.edge.caller;

import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(TrustSettings.class)
class CallerAutoConfiguration {

    /** By the machine's clock: tokens come from and go to others, who do not follow when the platform's time is moved. */
    @Bean
    Tokens tokens(TrustSettings settings) {
        return new Tokens(settings.signingKey(), Clock.systemUTC());
    }

    @Bean
    ServiceTokens serviceTokens(Tokens tokens) {
        return new ServiceTokens(tokens);
    }

    @Bean
    DeclaredRoutes declaredRoutes(ObjectProvider<RequestMappingHandlerMapping> mappings) {
        return new DeclaredRoutes(mappings);
    }

    @Bean
    Credentials credentials(TrustSettings settings, Tokens tokens) {
        return new Credentials(settings.devMode(), tokens);
    }

    @Bean
    WebMvcConfigurer callersInControllers(Credentials credentials) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new RouteGate(credentials)).order(Ordered.HIGHEST_PRECEDENCE);
            }

            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new CallerArgument(credentials));
            }
        };
    }
}
