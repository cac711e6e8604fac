package io.fanfare.connectors;

import java.util.Map;
import java.util.Objects;

/** Where the relay finds the outbox, under the names by which the connector's JSON asks for it. The user may replicate. */
public record OutboxDatabase(String host, int port, String name, String user, String password) {

    public OutboxDatabase {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port is " + port + ", expected 1 to 65535");
        }
    }

    Map<String, String> variables() {
        return Map.of(
                "FANFARE_DB_HOST", host,
                "FANFARE_DB_PORT", Integer.toString(port),
                "FANFARE_DB_NAME", name,
                "FANFARE_DB_USER", user,
                "FANFARE_DB_PASSWORD", password);
    }

    /** The password stays out of logs. */
    @Override
    public String toString() {
        return "OutboxDatabase[" + user + "@" + host + ":" + port + "/" + name + "]";
    }
}
