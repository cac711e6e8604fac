package io.fanfare.worker;

import java.util.Map;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The worker as a process of its own, or as a part of a larger one. */
@SpringBootApplication(proxyBeanMethods = false)
public final class FulfillmentWorker {

    private FulfillmentWorker() {}

    /**
     * Starts the worker inside of this process. Whoever calls it closes the context, which stops the intake, lets what is
     * being delivered finish, and leaves the consumer group.
     *
     * @param properties overrides of {@code fulfillment-worker.yml} and the environment
     */
    public static ConfigurableApplicationContext start(Map<String, Object> properties) {
        String[] overrides = properties.entrySet().stream()
                .map(property -> "--%s=%s".formatted(property.getKey(), property.getValue()))
                .toArray(String[]::new);
        return application().registerShutdownHook(false).run(overrides);
    }

    public static void main(String... args) {
        application().run(args);
    }

    private static SpringApplicationBuilder application() {
        // Services share one classpath in standalone: each reads a file of its own.
        return new SpringApplicationBuilder(FulfillmentWorker.class)
                .main(FulfillmentWorker.class)
                .properties(Map.of("spring.config.name", "fulfillment-worker"));
    }
}
