package io.fanfare.standalone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Apicurio registry as a child process (it wants to own its JVM), its storage a database of its own in our PostgreSQL.
 * Compatibility is BACKWARD for every subject that does not say otherwise.
 */
final class RegistryProcess implements Part {

    /** Folder of the unpacked registry; the build puts it into standalone/target. */
    static final String HOME_PROPERTY = "fanfare.registry.home";

    private static final Logger LOG = LoggerFactory.getLogger(RegistryProcess.class);
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String JAR = "quarkus-run.jar";

    private final DataDir dir;
    private final Ports ports;
    private final DurablePostgres postgres;
    private final Path log;
    private @Nullable Process process;

    RegistryProcess(DataDir dir, Ports ports, DurablePostgres postgres) {
        this.dir = dir;
        this.ports = ports;
        this.postgres = postgres;
        this.log = dir.folder("logs").resolve("registry.log");
    }

    @Override
    public String name() {
        return "Schema registry";
    }

    @Override
    public List<Part> needs() {
        return List.of(postgres);
    }

    @Override
    public Optional<URI> address() {
        return Optional.of(url());
    }

    @Override
    public Optional<URI> probe() {
        return Optional.of(URI.create(url() + "/subjects"));
    }

    /** Base of the Confluent-compatible API. */
    URI url() {
        return URI.create("http://127.0.0.1:" + ports.registry() + "/apis/ccompat/v7");
    }

    @Override
    public long pid() {
        return process == null ? -1 : process.pid();
    }

    @Override
    public void start() throws Exception {
        Process started = launch();
        process = started;
        try {
            ChildRecord.of(started.toHandle()).write(record(dir.root()));
            awaitReady(started);
            refuseIncompatibleSchemas();
        } catch (IOException | RuntimeException | InterruptedException e) {
            ChildRecord.end(started.toHandle(), Duration.ofSeconds(5));
            throw e;
        }
    }

    @Override
    public void stop() throws Exception {
        if (process != null) {
            if (!ChildRecord.end(process.toHandle(), Duration.ofSeconds(15))) {
                LOG.warn("the schema registry did not end when it was asked to and was killed; see {}", log);
            }
            Files.deleteIfExists(record(dir.root()));
        }
    }

    /**
     * Ends a registry that outlived its platform.
     *
     * @return its pid
     */
    static Optional<Long> endOrphan(Path root) throws IOException, InterruptedException {
        return ChildRecord.endOrphan(record(root), command -> command.contains(JAR));
    }

    private static Path record(Path root) {
        return root.resolve("run").resolve("registry.pid");
    }

    private Process launch() throws IOException {
        Path archive = dir.folder("cds").resolve("registry.jsa");
        List<String> command = new ArrayList<>();
        // A Ctrl-C reaches the whole terminal group; ignored here, and thereby in the child, it is the platform that
        // decides.
        command.addAll(List.of("/bin/sh", "-c", "trap '' INT; exec \"$@\"", "registry"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // A small, mostly idle server: the quick compiler alone halves its start and spares a quarter of its memory.
        command.addAll(List.of("-Xmx160m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xss512k"));
        command.addAll(List.of("-XX:+AutoCreateSharedArchive", "-XX:SharedArchiveFile=" + archive, "-Xlog:cds=off"));
        command.addAll(List.of("-jar", home().resolve(JAR).toString()));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        var environment = builder.environment();
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(ports.registry()));
        environment.put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
        environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(ports.registryManagement()));
        environment.put("APICURIO_STORAGE_KIND", "sql");
        environment.put("APICURIO_STORAGE_SQL_KIND", "postgresql");
        environment.put("APICURIO_DATASOURCE_URL", postgres.jdbcUrl(DurablePostgres.REGISTRY));
        environment.put("APICURIO_DATASOURCE_USERNAME", DurablePostgres.REGISTRY);
        environment.put("APICURIO_DATASOURCE_PASSWORD", DurablePostgres.REGISTRY);
        environment.put("APICURIO_DATASOURCE_JDBC_INITIAL_SIZE", "1");
        environment.put("APICURIO_DATASOURCE_JDBC_MIN_SIZE", "1");
        environment.put("APICURIO_DATASOURCE_JDBC_MAX_SIZE", "8");
        environment.remove("JAVA_TOOL_OPTIONS");
        return builder.start();
    }

    private static Path home() {
        @Nullable String home = System.getProperty(HOME_PROPERTY);
        if (home == null || !Files.exists(Path.of(home, JAR))) {
            throw new CannotStart("the schema registry is not unpacked at " + home + " (-D" + HOME_PROPERTY
                    + "); build with: mvn -Dquick package -pl standalone -am");
        }
        return Path.of(home);
    }

    private void awaitReady(Process started) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            if (!started.isAlive()) {
                throw new IllegalStateException(
                        "the schema registry ended with code " + started.exitValue() + "; see " + log);
            }
            if (answers()) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new IllegalStateException(
                "the schema registry is not ready after " + PATIENCE.toSeconds() + " s; see " + log);
    }

    private boolean answers() throws InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/subjects"))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notListeningYet) {
            return false;
        }
    }

    private void refuseIncompatibleSchemas() throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/config"))
                    .timeout(Duration.ofSeconds(10))
                    .header("Content-Type", "application/json")
                    .PUT(BodyPublishers.ofString("{\"compatibility\":\"BACKWARD\"}"))
                    .build();
            int status = http.send(request, BodyHandlers.discarding()).statusCode();
            if (status != 200) {
                throw new IOException("the schema registry answered " + status + " to compatibility BACKWARD");
            }
        }
    }
}
