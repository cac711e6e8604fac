package io.fanfare.play.relay;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Where the outbox is, the registry that its records are written with, and where they arrive.
 *
 * @param registry the Confluent API base
 * @param bootstrap brokers, {@code host:port,…}; nobody is asked there with PostgreSQL
 */
record RepublishTarget(String jdbcUrl, String user, String password, URI registry, String bootstrap) {

    private static final String USUAL_BROKER = "127.0.0.1:9092";
    private static final String RUN_FILE = "run/platform.properties";
    private static final String REGISTRY_API = "/apis/ccompat/v7";

    /**
     * As the platform on this folder says; the environment overrides it, in the names of the services.
     *
     * @throws IOException where neither says it
     */
    static RepublishTarget of(Path data, Map<String, String> environment) throws IOException {
        Properties run = run(data);
        String database = environment.get("FANFARE_DB_URL");
        String registry = environment.get("FANFARE_REGISTRY_URL");
        return new RepublishTarget(
                database == null ? "jdbc:" + part(run, data, "postgresql") : database,
                environment.getOrDefault("FANFARE_DB_USER", "fanfare"),
                environment.getOrDefault("FANFARE_DB_PASSWORD", "fanfare"),
                URI.create(registry == null ? part(run, data, "schema registry") + REGISTRY_API : registry),
                environment.getOrDefault("FANFARE_KAFKA_BOOTSTRAP", USUAL_BROKER));
    }

    private static Properties run(Path data) throws IOException {
        var lines = new Properties();
        Path file = data.resolve(RUN_FILE);
        if (Files.exists(file)) {
            try (Reader in = Files.newBufferedReader(file)) {
                lines.load(in);
            }
        }
        return lines;
    }

    private static String part(Properties run, Path data, String name) throws IOException {
        int parts = Integer.parseInt(run.getProperty("parts", "0"));
        for (int i = 0; i < parts; i++) {
            @Nullable String part = run.getProperty("part." + i + ".name");
            if (part != null && part.toLowerCase(Locale.ROOT).startsWith(name)) {
                return run.getProperty("part." + i + ".address", "");
            }
        }
        throw new IOException(
                "no platform runs on %s; name another folder with --data, or set FANFARE_DB_URL and".formatted(data)
                        + " FANFARE_REGISTRY_URL");
    }

    /** The password stays out of logs. */
    @Override
    public String toString() {
        return "RepublishTarget[%s@%s, registry %s]".formatted(user, jdbcUrl, registry);
    }
}
