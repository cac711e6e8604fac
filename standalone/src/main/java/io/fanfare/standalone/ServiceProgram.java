package io.fanfare.standalone;

import io.fanfare.play.PlayApi;
import io.fanfare.streams.StreamProcessors;
import io.fanfare.worker.FulfillmentWorker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.context.ConfigurableApplicationContext;

/** A service that runs as a process of its own, and what it must be told before it starts. */
enum ServiceProgram {
    PLAY_API("play-api", List.of(Needed.DATABASE, Needed.REGISTRY, Needed.STATE), PlayApi::start),
    STREAMS(
            "streams",
            List.of(Needed.KAFKA, Needed.REGISTRY, Needed.STATE_DIR, Needed.APPLICATION_SERVER),
            StreamProcessors::start),
    WORKER("worker", List.of(Needed.DATABASE, Needed.KAFKA, Needed.REGISTRY), FulfillmentWorker::start);

    private final String word;
    private final List<Needed> needed;
    private final Function<Map<String, Object>, ConfigurableApplicationContext> start;

    ServiceProgram(
            String word, List<Needed> needed, Function<Map<String, Object>, ConfigurableApplicationContext> start) {
        this.word = word;
        this.needed = needed;
        this.start = start;
    }

    /** Variables of the environment that belong together, and what they say. */
    private enum Needed {
        DATABASE(Map.of(
                "FANFARE_DB_URL", "the database, such as jdbc:postgresql://127.0.0.1:15432/fanfare",
                "FANFARE_DB_USER", "its user",
                "FANFARE_DB_PASSWORD", "and the password")),
        KAFKA(Map.of("FANFARE_KAFKA_BOOTSTRAP", "brokers, such as 127.0.0.1:9092")),
        REGISTRY(Map.of("FANFARE_REGISTRY_URL", "the registry, such as http://127.0.0.1:8081/apis/ccompat/v7")),
        STATE(Map.of(
                "FANFARE_STATE_URL", "every stream processor, such as http://127.0.0.1:8082,http://127.0.0.1:8087")),
        STATE_DIR(Map.of("FANFARE_STREAMS_STATE_DIR", "a folder of this instance alone, kept between its runs")),
        APPLICATION_SERVER(Map.of(
                "FANFARE_STREAMS_APPLICATION_SERVER",
                "host:port under which the other instances reach this one, such as 127.0.0.1:8082")),
        SECRET(Map.of(
                "FANFARE_JWT_SECRET",
                "at least 32 bytes, the same for all services (or FANFARE_DEV_MODE=true, never in production)"));

        private final Map<String, String> variables;

        Needed(Map<String, String> variables) {
            this.variables = variables;
        }
    }

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
        List<Needed> all = new ArrayList<>(needed);
        if (!Boolean.parseBoolean(environment.get("FANFARE_DEV_MODE"))) {
            all.add(Needed.SECRET);
        }
        return all.stream()
                .flatMap(each -> each.variables.entrySet().stream())
                .filter(variable ->
                        environment.getOrDefault(variable.getKey(), "").isBlank())
                .map(variable -> variable.getKey() + ": " + variable.getValue())
                .sorted()
                .toList();
    }

    /** Starts it in this process on what the environment says; whoever calls it closes the context. */
    ConfigurableApplicationContext start() {
        return start.apply(ServiceSettings.onSharedClasspath(this));
    }
}
