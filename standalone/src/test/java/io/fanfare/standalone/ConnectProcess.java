package io.fanfare.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.connectors.ConnectorDefinition;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.connect.cli.ConnectDistributed;

/**
 * A worker of Kafka Connect as operators run it: a process of its own, with a properties file, secrets in its environment, plugins on
 * {@code plugin.path} and none on its classpath.
 */
final class ConnectProcess {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Process process;
    private final URI url;
    private final HttpClient http = HttpClient.newHttpClient();

    private ConnectProcess(Process process, URI url) {
        this.process = process;
        this.url = url;
    }

    /** Starts one, and returns when it has joined its group. */
    static ConnectProcess start(Path folder, int port, Map<String, String> environment) throws Exception {
        URI url = URI.create("http://127.0.0.1:" + port);
        Path properties = folder.resolve("connect.properties");
        Files.writeString(properties, """
                bootstrap.servers=%s
                group.id=relay
                listeners=%s
                plugin.path=%s
                exactly.once.source.support=enabled
                config.storage.topic=relay-configs
                offset.storage.topic=relay-offsets
                status.storage.topic=relay-status
                config.storage.replication.factor=1
                offset.storage.replication.factor=1
                status.storage.replication.factor=1
                offset.storage.partitions=1
                status.storage.partitions=1
                key.converter=org.apache.kafka.connect.json.JsonConverter
                value.converter=org.apache.kafka.connect.json.JsonConverter
                topic.creation.enable=false
                session.timeout.ms=6000
                heartbeat.interval.ms=2000
                scheduled.rebalance.max.delay.ms=0
                config.providers=env
                config.providers.env.class=org.apache.kafka.common.config.provider.EnvVarConfigProvider
                """.formatted(
                environment.get("FANFARE_KAFKA_BOOTSTRAP"), url, System.getProperty("fanfare.connect.plugins")));
        var start = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-cp",
                classpath(),
                ConnectDistributed.class.getName(),
                properties.toString());
        start.environment().putAll(environment);
        start.redirectErrorStream(true);
        start.redirectOutput(ProcessBuilder.Redirect.appendTo(
                Path.of("target", "connect-process.log").toFile()));
        var worker = new ConnectProcess(start.start(), url);
        worker.await("/health", "", PATIENCE, answer -> answer.statusCode() == 200);
        return worker;
    }

    /** This test's own, less what a plugin brings along. */
    private static String classpath() {
        List<String> plugins = List.of("debezium-", "mariadb-java-client-");
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> plugins.stream()
                        .noneMatch(plugin ->
                                Path.of(entry).getFileName().toString().startsWith(plugin)))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Posts a connector as it is shipped. */
    void post(String json) throws IOException, InterruptedException {
        try (InputStream shipped = ConnectorDefinition.class.getResourceAsStream(json)) {
            assertThat(shipped).as(json).isNotNull();
            String body = new String(shipped.readAllBytes(), StandardCharsets.UTF_8);
            await("/connectors", body, PATIENCE, answer -> answer.statusCode() == 201);
        }
    }

    void awaitRunning(String connector, Duration patience) throws IOException, InterruptedException {
        await(
                "/connectors/" + connector + "/status",
                "",
                patience,
                answer -> answer.body().matches(".*\"tasks\":\\[\\{[^]]*\"state\":\"RUNNING\".*"));
    }

    private void await(String path, String body, Duration patience, Predicate<HttpResponse<String>> enough)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url.resolve(path))
                .header("Content-Type", "application/json")
                .method(body.isEmpty() ? "GET" : "POST", BodyPublishers.ofString(body))
                .build();
        long deadline = System.nanoTime() + patience.toNanos();
        String last = "nothing";
        while (System.nanoTime() < deadline) {
            assertThat(process.isAlive())
                    .as("the worker runs, see connect-process.log")
                    .isTrue();
            try {
                HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
                if (enough.test(answer)) {
                    return;
                }
                last = answer.body();
            } catch (ConnectException notListeningYet) {
                last = notListeningYet.toString();
            }
            process.waitFor(100, TimeUnit.MILLISECONDS);
        }
        throw new AssertionError("%s answered %s to the last".formatted(path, last));
    }

    /** In order, as an operator would: what was sent is committed. */
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("Connect did not stop");
        }
        http.close();
    }
}
