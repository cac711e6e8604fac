package io.fanfare.standalone;

import io.fanfare.play.PlayApi;
import io.fanfare.streams.StreamProcessors;
import io.fanfare.worker.FulfillmentWorker;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.context.ConfigurableApplicationContext;

/** A service that runs as a process of its own, and what it must be told before it starts. */
enum ServiceProgram {
    PLAY_API("play-api"),
    STREAMS("streams"),
    WORKER("worker");

    private final String word;

    ServiceProgram(String word) {
        this.word = word;
    }

    /** A variable of the environment, and what it says. */
    private record Needed(String variable, String what) {}

    private static final List<Needed> DATABASE = List.of(
            new Needed("FANFARE_DB_URL", "the database, such as jdbc:postgresql://127.0.0.1:15432/fanfare"),
            new Needed("FANFARE_DB_USER", "its user"),
            new Needed("FANFARE_DB_PASSWORD", "and the password"));
    private static final Needed KAFKA = new Needed("FANFARE_KAFKA_BOOTSTRAP", "brokers, such as 127.0.0.1:9092");
    private static final Needed REGISTRY =
            new Needed("FANFARE_REGISTRY_URL", "the registry, such as http://127.0.0.1:8081/apis/ccompat/v7");
    private static final Needed STATE = new Needed(
            "FANFARE_STATE_URL", "every stream processor, such as http://127.0.0.1:8082,http://127.0.0.1:8087");
    private static final List<Needed> PLACE = List.of(
            new Needed("FANFARE_STREAMS_STATE_DIR", "a folder of this instance alone, kept between its runs"),
            new Needed(
                    "FANFARE_STREAMS_APPLICATION_SERVER",
                    "host:port under which the other instances reach this one, such as 127.0.0.1:8082"));
    private static final Needed SECRET = new Needed(
            "FANFARE_JWT_SECRET",
            "at least 32 bytes, the same for all services (or FANFARE_DEV_MODE=true, never in production)");

    /** On the command line. */
    String word() {
        return word;
    }

    static Optional<ServiceProgram> named(String word) {
        return Arrays.stream(values())
                .filter(program -> program.word.equals(word))
                .findFirst();
    }

    /** One line per variable that is missing, with what it is for. */
    List<String> missing(Map<String, String> environment) {
        boolean devMode = Boolean.parseBoolean(environment.get("FANFARE_DEV_MODE"));
        return Stream.concat(needed(environment), devMode ? Stream.empty() : Stream.of(SECRET))
                .filter(needed ->
                        environment.getOrDefault(needed.variable(), "").isBlank())
                .map(needed -> needed.variable() + ": " + needed.what())
                .toList();
    }

    private Stream<Needed> needed(Map<String, String> environment) {
        return switch (this) {
            case PLAY_API ->
                Stream.concat(
                        Stream.concat(DATABASE.stream(), isOnMariaDb(environment) ? Stream.of(KAFKA) : Stream.empty()),
                        Stream.of(REGISTRY, STATE));
            case STREAMS -> Stream.concat(Stream.of(KAFKA, REGISTRY), PLACE.stream());
            case WORKER -> Stream.concat(DATABASE.stream(), Stream.of(KAFKA, REGISTRY));
        };
    }

    /** Where the relay is heard rather than seen. */
    private static boolean isOnMariaDb(Map<String, String> environment) {
        return environment.getOrDefault("FANFARE_DB_URL", "").startsWith("jdbc:mariadb:");
    }

    /** Starts it in this process on what the environment says; whoever calls it closes the context. */
    ConfigurableApplicationContext start() {
        Map<String, Object> settings = ServiceSettings.onSharedClasspath(this);
        return switch (this) {
            case PLAY_API -> PlayApi.start(settings);
            case STREAMS -> StreamProcessors.start(settings);
            case WORKER -> FulfillmentWorker.start(settings);
        };
    }
}
