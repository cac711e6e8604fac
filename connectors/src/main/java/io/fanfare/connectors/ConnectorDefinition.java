package io.fanfare.connectors;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;

/** A connector as it is posted to {@code POST /connectors}: its name and its settings, placeholders and all. */
public record ConnectorDefinition(String name, Map<String, String> config) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public ConnectorDefinition {
        Objects.requireNonNull(name, "name");
        if (name.isBlank()) {
            throw new IllegalArgumentException("a connector needs a name");
        }
        config = Map.copyOf(config);
    }

    /** The relay from PostgreSQL's table {@code outbox} to the topics. */
    public static ConnectorDefinition outboxOnPostgresql() {
        return read("outbox-postgresql.json");
    }

    /**
     * The same from MariaDB's. Its plugin is of another version than that of PostgreSQL, and runs on workers that do not have that
     * one on their classpath, as the embedded one does.
     */
    public static ConnectorDefinition outboxOnMariaDb() {
        return read("outbox-mariadb.json");
    }

    /** The topic on which the relay proves that it is alive. Connect does not create it, brokers must not. */
    public String heartbeatTopic() {
        return setting("topic.heartbeat.prefix") + "." + setting("topic.prefix");
    }

    String setting(String key) {
        String value = config.get(key);
        if (value == null) {
            throw new IllegalArgumentException("connector " + name + " has no setting " + key);
        }
        return value;
    }

    String json() {
        try {
            return JSON.writeValueAsString(Map.of("name", name, "config", config));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ConnectorDefinition read(String resource) {
        try (InputStream in = ConnectorDefinition.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is not on the classpath");
            }
            JsonNode root = JSON.readTree(in);
            return new ConnectorDefinition(
                    root.required("name").asText(),
                    JSON.convertValue(root.required("config"), new TypeReference<Map<String, String>>() {}));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }
}
