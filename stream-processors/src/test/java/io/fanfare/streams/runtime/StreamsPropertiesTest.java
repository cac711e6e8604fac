package io.fanfare.streams.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.schemas.wire.InMemoryRegistry;
import io.fanfare.streams.deadletter.DeadLetters;
import io.fanfare.streams.runtime.StreamsApp.Pace;
import io.fanfare.streams.telling.Telling;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StreamsPropertiesTest {

    @Test
    void an_instance_has_a_name_of_its_own_that_a_group_takes() {
        assertThat(instanceAt("10.0.0.7:8082")).isEqualTo("10.0.0.7-8082-1");
        assertThat(instanceAt("[::1]:8082")).isEqualTo("---1--8082-1");
    }

    /** The name of its first thread's consumer. */
    private static @Nullable Object instanceAt(String applicationServer) {
        var app = new StreamsApp("wallets", List.of(), Pace.LATENCY, (builder, registry) -> {});
        var settings =
                new StreamsSettings(Path.of("state"), applicationServer, 1, 0, 1, Duration.ofSeconds(1), Map.of());
        var deadLetters = new DeadLetters(
                "wallets", new InMemoryRegistry(), new SimpleMeterRegistry(), Clock.systemUTC(), Telling.OF_EVERYTHING);
        Map<String, Object> config =
                StreamsProperties.of(app, new KafkaSettings("127.0.0.1:9092"), settings, deadLetters);
        return new StreamsConfig(config)
                .getMainConsumerConfigs("fanfare-wallets", "client", 1)
                .get("group.instance.id");
    }
}
