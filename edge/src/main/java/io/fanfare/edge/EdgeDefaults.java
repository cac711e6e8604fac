package io.fanfare.edge;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** How our services run unless their own configuration says otherwise. */
final class EdgeDefaults implements EnvironmentPostProcessor {

    private static final Map<String, Object> DEFAULTS = Map.ofEntries(
            Map.entry("server.shutdown", "graceful"),
            Map.entry("spring.lifecycle.timeout-per-shutdown-phase", "10s"),
            Map.entry("spring.threads.virtual.enabled", "true"),
            // An open connection costs some 20 KB.
            Map.entry("server.tomcat.max-connections", "4096"),
            // A crowd comes at once, and a connection that finds no room in the queue is dropped without a word.
            Map.entry("server.tomcat.accept-count", "4096"),
            // To end a connection and begin the next one costs more than a request.
            Map.entry("server.tomcat.max-keep-alive-requests", "100000"),
            Map.entry("spring.mvc.formcontent.filter.enabled", "false"),
            Map.entry("spring.main.banner-mode", "off"),
            Map.entry("spring.jmx.enabled", "false"),
            Map.entry("server.tomcat.mbeanregistry.enabled", "false"),
            Map.entry("spring.web.error.include-message", "never"),
            Map.entry("spring.web.error.include-stacktrace", "never"),
            Map.entry("logging.pattern.correlation", "[%X{trace_id:-}] "),
            // In standalone the services share a classpath; only one of them shows the API's documents.
            Map.entry("springdoc.api-docs.enabled", "false"),
            Map.entry("springdoc.swagger-ui.enabled", "false"),
            Map.entry("management.endpoints.web.base-path", "/"),
            Map.entry("management.endpoints.web.discovery.enabled", "false"),
            Map.entry("management.endpoints.web.exposure.include", "prometheus"),
            Map.entry("management.endpoints.web.path-mapping.prometheus", "metrics"),
            Map.entry("management.endpoints.jmx.exposure.exclude", "*"),
            Map.entry("management.metrics.distribution.percentiles-histogram.http.server.requests", "true"),
            Map.entry("management.prometheus.metrics.export.enabled", "true"));

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        environment.getPropertySources().addLast(new MapPropertySource("fanfare edge defaults", DEFAULTS));
    }
}
