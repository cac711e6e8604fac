package io.fanfare.connectors;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigData;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.provider.ConfigProvider;

/**
 * Answers {@code ${env:NAME}} of a connector configuration from the settings of this worker.
 *
 * <p>On a Connect cluster the name {@code env} is bound to Kafka's own {@code EnvVarConfigProvider}. A JVM cannot change its
 * own environment, and several platforms may run side by side in one, so the embedded worker binds the same name to this
 * class: the connector's JSON stays the same to the letter. Connect makes the instance, hence public with a public
 * constructor.
 */
public final class WorkerEnvironment implements ConfigProvider {

    private Map<String, String> variables = Map.of();

    /** Called by Connect. */
    public WorkerEnvironment() {}

    @Override
    public void configure(Map<String, ?> parameters) {
        Map<String, String> read = new HashMap<>();
        parameters.forEach((name, value) -> read.put(name, String.valueOf(value)));
        variables = Map.copyOf(read);
    }

    @Override
    public ConfigData get(String path) {
        return new ConfigData(variables);
    }

    @Override
    public ConfigData get(String path, Set<String> keys) {
        Map<String, String> found = new HashMap<>();
        for (String key : keys) {
            String value = variables.get(key);
            if (value == null) {
                // Connect would otherwise pass the placeholder on as if it were a host name.
                throw new ConfigException(
                        "${env:" + key + "} is not set for this worker, which knows only " + variables.keySet());
            }
            found.put(key, value);
        }
        return new ConfigData(found);
    }

    @Override
    public void close() {}
}
