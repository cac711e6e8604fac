package io.fanfare.edge.answer;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.http.server.observation.ServerRequestObservationConvention;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

@AutoConfiguration(beforeName = "org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(HttpSettings.class)
class AnswerAutoConfiguration {

    private static final Set<MediaType> OTHER_TREES =
            Set.of(MediaType.APPLICATION_YAML, MediaType.APPLICATION_XML, MediaType.APPLICATION_CBOR);

    /** The JSON of the contract: snake_case, and nothing that is unknown, doubled or of the wrong type passes. */
    @Bean
    JsonMapperBuilderCustomizer jsonOfTheContract() {
        return json -> json.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .addModule(new EngineTypesInJson())
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION);
    }

    /**
     * Bodies are JSON. What a library brings along to read others (the API's description needs YAML) would pass by everything
     * that is said about JSON above.
     */
    @Bean
    WebMvcConfigurer jsonAlone() {
        return new WebMvcConfigurer() {
            @Override
            public void configureMessageConverters(HttpMessageConverters.ServerBuilder converters) {
                converters.configureMessageConvertersList(
                        list -> list.removeIf(AnswerAutoConfiguration::isForAnotherTree));
            }
        };
    }

    private static boolean isForAnotherTree(HttpMessageConverter<?> converter) {
        return converter.getSupportedMediaTypes().stream().anyMatch(OTHER_TREES::contains);
    }

    @Bean
    RefusalWriter refusalWriter(JsonMapper json) {
        return new RefusalWriter(json);
    }

    @Bean
    RefusalAdvice refusalAdvice(RefusalWriter writer) {
        return new RefusalAdvice(writer);
    }

    @Bean
    ErrorRoute errorRoute(RefusalWriter writer) {
        return new ErrorRoute(writer);
    }

    @Bean
    FilterRegistrationBean<BodyLimitFilter> bodyLimitFilter(HttpSettings settings, RefusalWriter writer) {
        var registration = new FilterRegistrationBean<>(
                new BodyLimitFilter(settings.maxBody().toBytes(), writer));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
        return registration;
    }

    @Bean
    FilterRegistrationBean<InFlightFilter> inFlightFilter(
            HttpSettings settings, RefusalWriter writer, MeterRegistry meters) {
        var registration = new FilterRegistrationBean<>(new InFlightFilter(settings.maxInFlight(), writer, meters));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 5);
        return registration;
    }

    @Bean
    ServerRequestObservationConvention reasonInMetrics() {
        return new ReasonInMetrics();
    }
}
