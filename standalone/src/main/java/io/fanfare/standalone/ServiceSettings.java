package io.fanfare.standalone;

import io.fanfare.standalone.demo.DemoSeed;
import java.util.HashMap;
import java.util.Map;

/** What the services are told when they run in one process on these parts; names as in a distributed deployment. */
record ServiceSettings(DataDir dir, Ports ports, Infrastructure infrastructure, int partitions) {

    /** That other services brought to the shared classpath. */
    private static final String DATA_SOURCE = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration";

    Map<String, Object> api() {
        Map<String, Object> settings = common(ports.api());
        settings.put("fanfare.front.streams-port", ports.streams());
        settings.put("fanfare.front.worker-port", ports.worker());
        return settings;
    }

    Map<String, Object> worker() {
        Map<String, Object> settings = common(ports.worker());
        settings.put("fanfare.dev.webhooks.secret", DemoSeed.WEBHOOK_SECRET);
        withoutApiDocumentation(settings);
        return settings;
    }

    Map<String, Object> streams() {
        Map<String, Object> settings = common(ports.streams());
        settings.put("fanfare.streams.state-dir", dir.root().resolve("streams"));
        settings.put("fanfare.streams.application-server", "127.0.0.1:" + ports.streams());
        // Spring would look for a database here too.
        settings.put("spring.autoconfigure.exclude", DATA_SOURCE);
        withoutApiDocumentation(settings);
        return settings;
    }

    /** What any service needs to be told, whatever else it is told, because it shares a classpath with the others. */
    static Map<String, Object> onSharedClasspath(ServiceProgram service) {
        Map<String, Object> settings = new HashMap<>();
        switch (service) {
            case PLAY_API -> {}
            case WORKER -> withoutApiDocumentation(settings);
            case STREAMS -> {
                settings.put("spring.autoconfigure.exclude", DATA_SOURCE);
                withoutApiDocumentation(settings);
            }
        }
        underOurControl(settings);
        return settings;
    }

    /** Only the API describes itself. */
    private static void withoutApiDocumentation(Map<String, Object> settings) {
        settings.put("springdoc.api-docs.enabled", false);
        settings.put("springdoc.swagger-ui.enabled", false);
    }

    private Map<String, Object> common(int port) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("fanfare.dev-mode", true);
        settings.put("fanfare.dev.clock-file", dir.root().resolve("clock").toString());
        settings.put("fanfare.db.url", infrastructure.postgres().jdbcUrl());
        settings.put("fanfare.db.user", DurablePostgres.USER);
        settings.put("fanfare.db.password", DurablePostgres.PASSWORD);
        settings.put("fanfare.kafka.bootstrap", infrastructure.broker().bootstrap());
        settings.put("fanfare.registry.url", infrastructure.registry().url());
        settings.put("fanfare.state.url", "http://127.0.0.1:" + ports.streams());
        settings.put("fanfare.topics.partitions", partitions);
        settings.put("server.address", "127.0.0.1");
        settings.put("server.port", port);
        underOurControl(settings);
        return settings;
    }

    private static void underOurControl(Map<String, Object> settings) {
        // Who starts the services stops them, in order; the hooks of their contexts would race with that.
        settings.put("spring.main.register-shutdown-hook", false);
        settings.put("spring.main.banner-mode", "off");
        settings.put("spring.jmx.enabled", false);
    }
}
