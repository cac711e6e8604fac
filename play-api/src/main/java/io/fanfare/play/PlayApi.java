package io.fanfare.play;

import java.util.Map;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The API as a process of its own, or as a part of a larger one. It keeps no state: any number of them may run. */
@SpringBootApplication(proxyBeanMethods = false)
public class PlayApi {

    /**
     * Starts it inside of this process. Whoever calls it closes the context, which answers what is under way and takes nothing
     * new.
     *
     * @param properties overrides of {@code play-api.yml} and the environment
     */
    public static ConfigurableApplicationContext start(Map<String, Object> properties) {
        return application().registerShutdownHook(false).run(arguments(properties));
    }

    public static void main(String... args) {
        application().run(args);
    }

    static SpringApplicationBuilder application() {
        // Services share one classpath in standalone: each reads a file of its own.
        return new SpringApplicationBuilder(PlayApi.class)
                .main(PlayApi.class)
                .properties(Map.of("spring.config.name", "play-api"));
    }

    static String[] arguments(Map<String, Object> properties) {
        return properties.entrySet().stream()
                .map(property -> "--%s=%s".formatted(property.getKey(), property.getValue()))
                .toArray(String[]::new);
    }
}
