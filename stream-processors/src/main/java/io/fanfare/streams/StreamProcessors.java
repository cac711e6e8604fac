package io.fanfare.streams;

import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts the stream apps and the queries on their state. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class StreamProcessors {

    /** Its own name for the configuration file, because other services may share the classpath. */
    private static final String CONFIG_NAME = "--spring.config.name=stream-processors";

    /**
     * Starts them in this process.
     *
     * @param properties settings by name; they win over environment and configuration file
     */
    public static ConfigurableApplicationContext start(Map<String, Object> properties) {
        Stream<String> settings = properties.entrySet().stream()
                .map(setting -> "--%s=%s".formatted(setting.getKey(), setting.getValue()));
        return run(settings);
    }

    static void main(String[] arguments) {
        run(Stream.of(arguments));
    }

    private static ConfigurableApplicationContext run(Stream<String> arguments) {
        return SpringApplication.run(
                StreamProcessors.class,
                Stream.concat(Stream.of(CONFIG_NAME), arguments).toArray(String[]::new));
    }
}
