package io.fanfare.standalone;

import static java.util.stream.Collectors.toMap;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What each service of a cluster is told: as in one process, but through the environment, and of two of each. */
record ClusterSettings(ServiceSettings alone, ClusterPorts ports) {

    Map<String, String> api(int instance) {
        Map<String, Object> settings = alone.api();
        settings.put("server.port", ports.api(instance));
        settings.put(
                "fanfare.state.url",
                String.join(",", List.of(streamsAddress("http://", 1), streamsAddress("http://", 2))));
        return environment(settings);
    }

    Map<String, String> streams(int instance) {
        Map<String, Object> settings = alone.streams();
        settings.put("server.port", ports.streams(instance));
        settings.put("fanfare.streams.state-dir", alone.dir().root().resolve("streams-" + instance));
        settings.put("fanfare.streams.application-server", streamsAddress("", instance));
        settings.put("fanfare.streams.standbys", 1);
        return environment(settings);
    }

    Map<String, String> worker(int instance) {
        Map<String, Object> settings = alone.worker();
        settings.put("server.port", ports.worker(instance));
        return environment(settings);
    }

    private String streamsAddress(String scheme, int instance) {
        return scheme + "127.0.0.1:" + ports.streams(instance);
    }

    private static Map<String, String> environment(Map<String, Object> settings) {
        return settings.entrySet().stream()
                .collect(toMap(
                        setting -> variable(setting.getKey()),
                        setting -> setting.getValue().toString()));
    }

    /** As Spring reads it from the environment. */
    static String variable(String property) {
        return property.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
