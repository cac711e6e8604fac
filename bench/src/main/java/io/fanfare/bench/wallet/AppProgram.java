package io.fanfare.bench.wallet;

import io.fanfare.streams.runtime.KafkaSettings;
import io.fanfare.streams.runtime.RestoredState;
import io.fanfare.streams.runtime.RunningApp;
import io.fanfare.streams.runtime.StreamsRuntime;
import io.fanfare.streams.runtime.StreamsSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.streams.StreamsConfig;

/**
 * One stream app in a process of its own, as the service would run it. It says {@code restoring <records> <of>} while its state comes
 * back and {@code running} when all of it is there, and ends in order with its standard input.
 */
final class AppProgram {

    private static final String OVERRIDES = "fanfare.streams.overrides.";
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final int LOOKS_PER_LINE = 50;

    private AppProgram() {}

    /** @param words contender, bootstrap, application id, state directory, processing guarantee */
    public static void main(String... words) throws IOException {
        RunningApp app = app(words);
        app.start();
        for (int look = 0; !app.isServing(); look++) {
            if (app.hasFailed()) {
                System.exit(1);
            }
            RestoredState restored = app.restored();
            if (restored.total() > 0 && look % LOOKS_PER_LINE == 0) {
                System.out.println("restoring %d %d".formatted(restored.restored(), restored.total()));
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
        System.out.println("running");
        System.in.readAllBytes();
        app.stop();
        System.exit(0);
    }

    /** Kafka Streams settings to try out, as the service takes them. */
    private static Map<String, String> overrides() {
        Map<String, String> overrides = new HashMap<>();
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith(OVERRIDES))
                .forEach(name -> overrides.put(name.substring(OVERRIDES.length()), System.getProperty(name)));
        return overrides;
    }

    private static RunningApp app(String... words) {
        Map<String, String> overrides = overrides();
        overrides.put(StreamsConfig.APPLICATION_ID_CONFIG, words[2]);
        overrides.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, words[4]);
        var settings =
                new StreamsSettings(Path.of(words[3]), "127.0.0.1:8082", 1, 0, 1, Duration.ofSeconds(60), overrides);
        var runtime =
                new StreamsRuntime(new KafkaSettings(words[1]), settings, Schemas.known(), new SimpleMeterRegistry());
        return runtime.run(Contender.of(words[0]).app());
    }
}
