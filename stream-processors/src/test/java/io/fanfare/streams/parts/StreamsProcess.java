package io.fanfare.streams.parts;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.streams.StreamProcessors;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service in a process of its own, with its port and its state, which it finds again when it is started anew. */
public final class StreamsProcess {

    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = new JsonMapper();
    private final String name;
    private final int port = FreePort.find();
    private final Path state;
    private final Map<String, String> environment;
    private Process process;

    /** What it answered; 503 where it does not listen yet. */
    public record Answer(int status, JsonNode data) {}

    /**
     * Launches it.
     *
     * @param name of its log in {@code target}
     * @param environment beside what every instance is told
     */
    public StreamsProcess(
            String name, Path directory, OneBroker broker, RegistryServer registry, Map<String, String> environment)
            throws IOException {
        this.name = name;
        this.state = directory.resolve(name);
        this.environment = new HashMap<>(environment);
        this.environment.put("FANFARE_KAFKA_BOOTSTRAP", broker.bootstrap());
        this.environment.put("FANFARE_REGISTRY_URL", registry.url());
        launch();
    }

    public void launch() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var builder = new ProcessBuilder(
                        java,
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        StreamProcessors.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        Path.of("target", name + ".log").toFile()));
        builder.environment().putAll(environment);
        builder.environment()
                .putAll(Map.of(
                        "CLASSPATH",
                        System.getProperty("java.class.path"),
                        "SERVER_PORT",
                        Integer.toString(port),
                        "FANFARE_DEV_MODE",
                        "true",
                        "FANFARE_STREAMS_STATE_DIR",
                        state.toString(),
                        "FANFARE_STREAMS_APPLICATION_SERVER",
                        "127.0.0.1:" + port));
        process = builder.start();
    }

    public void kill() throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    /** Asks it as a machine of tenant acme. */
    public Answer get(String route) {
        assertThat(process.isAlive())
                .as("the instance lives; see target/%s.log", name)
                .isTrue();
        URI uri = URI.create("http://127.0.0.1:%d%s".formatted(port, route));
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(20))
                .header("X-Tenant-Id", "acme")
                .header("X-Roles", "machine")
                .build();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() == 503) {
                assertThat(response.headers().firstValue("Retry-After")).isPresent();
            }
            return new Answer(
                    response.statusCode(), json.readTree(response.body()).path("data"));
        } catch (IOException notListeningYet) {
            return new Answer(503, json.createObjectNode());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
