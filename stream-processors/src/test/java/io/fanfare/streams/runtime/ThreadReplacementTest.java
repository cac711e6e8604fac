package io.fanfare.streams.runtime;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.schemas.wire.SchemaRegistry.RegistryUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class ThreadReplacementTest {

    private final Hands clock = new Hands();
    private final ThreadReplacement replacement = new ThreadReplacement("wallets", clock);

    @Test
    void replaces_a_thread_that_died() {
        assertThat(replacement.handle(new IllegalStateException("bug"))).isEqualTo(REPLACE_THREAD);
    }

    @Test
    void stops_an_app_whose_threads_keep_dying() {
        for (int death = 1; death <= 5; death++) {
            replacement.handle(new IllegalStateException("bug"));
        }

        assertThat(replacement.handle(new IllegalStateException("bug"))).isEqualTo(SHUTDOWN_CLIENT);
    }

    @Test
    void forgets_deaths_of_more_than_a_minute_ago() {
        for (int death = 1; death <= 5; death++) {
            replacement.handle(new IllegalStateException("bug"));
        }
        clock.now = clock.now.plus(Duration.ofSeconds(61));

        assertThat(replacement.handle(new IllegalStateException("bug"))).isEqualTo(REPLACE_THREAD);
    }

    @Test
    void never_stops_an_app_for_a_silent_registry() {
        var silent = new StreamsException("reading failed", new RegistryUnavailable("silent"));
        for (int death = 1; death <= 100; death++) {
            replacement.handle(silent);
        }

        assertThat(replacement.handle(silent)).isEqualTo(REPLACE_THREAD);
    }

    private static final class Hands extends Clock {
        private Instant now = Instant.parse("2026-05-01T12:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
