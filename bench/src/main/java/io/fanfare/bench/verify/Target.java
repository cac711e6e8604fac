package io.fanfare.bench.verify;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * Where the platform is.
 *
 * @param registry the Confluent API base
 * @param state where {@code /state/v1} is asked
 */
public record Target(String jdbcUrl, String user, String password, String bootstrap, URI registry, URI state) {

    private static final int API = 8080;
    private static final int REGISTRY = 8081;
    private static final int STATE = 8082;
    private static final int KAFKA = 9092;
    private static final int POSTGRES = 15_432;
    private static final String RUN_FILE = "run/platform.properties";
    private static final String CLUSTER_RUN_FILE = "run/play-api-1.properties";

    /** The platform of {@code ./fanfare up}, with the API on this port and all else beside it. */
    public static Target atPort(int api) {
        int by = api - API;
        return new Target(
                "jdbc:postgresql://127.0.0.1:%d/fanfare".formatted(POSTGRES + by),
                "fanfare",
                "fanfare",
                "127.0.0.1:" + (KAFKA + by),
                URI.create("http://127.0.0.1:%d/apis/ccompat/v7".formatted(REGISTRY + by)),
                URI.create("http://127.0.0.1:" + (STATE + by)));
    }

    /** The platform, in one process or many, that keeps its data in a folder; the default ports where none has run there. */
    static Target in(Path data) throws IOException {
        Path cluster = data.resolve(CLUSTER_RUN_FILE);
        if (Files.exists(cluster)) {
            return atPort(URI.create(read(cluster).getProperty("address", "")).getPort());
        }
        Path file = data.resolve(RUN_FILE);
        return Files.exists(file) ? atPort(apiPort(read(file), file)) : atPort(API);
    }

    private static Properties read(Path file) throws IOException {
        var lines = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            lines.load(in);
        }
        return lines;
    }

    private static int apiPort(Properties lines, Path file) throws IOException {
        int parts = Integer.parseInt(lines.getProperty("parts", "0"));
        for (int i = 0; i < parts; i++) {
            if (lines.getProperty("part." + i + ".name", "")
                    .toLowerCase(Locale.ROOT)
                    .equals("play api")) {
                return URI.create(lines.getProperty("part." + i + ".address", ""))
                        .getPort();
            }
        }
        throw new IOException("%s names no Play API".formatted(file));
    }

    /** The same, but where the environment says otherwise, in the names that the services know. */
    Target with(Map<String, String> environment) {
        return new Target(
                environment.getOrDefault("FANFARE_DB_URL", jdbcUrl),
                environment.getOrDefault("FANFARE_DB_USER", user),
                environment.getOrDefault("FANFARE_DB_PASSWORD", password),
                environment.getOrDefault("FANFARE_KAFKA_BOOTSTRAP", bootstrap),
                URI.create(environment.getOrDefault("FANFARE_REGISTRY_URL", registry.toString())),
                URI.create(environment.getOrDefault("FANFARE_STATE_URL", state.toString())));
    }

    /** The password stays out of logs. */
    @Override
    public String toString() {
        return "Target[%s@%s, kafka %s, registry %s, state %s]".formatted(user, jdbcUrl, bootstrap, registry, state);
    }
}
