package io.fanfare.bench.play;

import io.fanfare.bench.load.Api;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A play-api in a process of its own, on a database without a relay. It ends with this process. */
final class ApiProcess implements AutoCloseable {

    private static final String MAIN = "io.fanfare.play.PlayApi";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Process process;
    private final URI address;

    private ApiProcess(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /** Returns when it answers that it is ready. */
    static ApiProcess start(Connections database, URI registry, int port, Path log) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-Xss512k",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                MAIN);
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()));
        builder.environment()
                .putAll(Map.of(
                        "FANFARE_DEV_MODE", "true",
                        "FANFARE_DB_URL", database.jdbcUrl(),
                        "FANFARE_DB_USER", database.user(),
                        "FANFARE_DB_PASSWORD", database.password(),
                        "FANFARE_REGISTRY_URL", registry.toString(),
                        "SERVER_PORT", Integer.toString(port)));
        Process process = builder.start();
        var api = new ApiProcess(process, URI.create("http://127.0.0.1:" + port));
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "end of play-api"));
        api.awaitReady(log);
        return api;
    }

    private void awaitReady(Path log) throws IOException {
        Api api = api();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (process.isAlive() && System.nanoTime() < deadline) {
            if (isReady(api)) {
                return;
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
        close();
        throw new IOException("play-api is not ready; see " + log);
    }

    private static boolean isReady(Api api) {
        try {
            return api.get("/readyz").status() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    Api api() {
        return Api.at(List.of(address));
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
