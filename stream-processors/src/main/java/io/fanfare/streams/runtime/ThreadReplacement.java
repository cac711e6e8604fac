package io.fanfare.streams.runtime;

import io.fanfare.schemas.wire.SchemaRegistry.RegistryUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces a stream thread that died, because most causes pass. An app whose threads keep dying at once is stopped and
 * shows it in its health; a registry that is silent is never a reason to stop, since it comes back.
 */
final class ThreadReplacement implements StreamsUncaughtExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ThreadReplacement.class);
    private static final int MAX_DEATHS = 5;
    private static final Duration WITHIN = Duration.ofMinutes(1);

    private final String app;
    private final Clock clock;
    private final Deque<Instant> deaths = new ArrayDeque<>();

    ThreadReplacement(String app, Clock clock) {
        this.app = app;
        this.clock = clock;
    }

    @Override
    public StreamThreadExceptionResponse handle(Throwable cause) {
        if (isRegistryUnavailable(cause)) {
            LOG.warn("{}: the schema registry is silent, a thread starts over", app, cause);
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        if (tooManyDeaths()) {
            LOG.error("{}: {} threads died within {}, the app stops", app, MAX_DEATHS + 1, WITHIN, cause);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        LOG.error("{}: a thread died and is replaced", app, cause);
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    private synchronized boolean tooManyDeaths() {
        Instant now = clock.instant();
        deaths.removeIf(death -> death.isBefore(now.minus(WITHIN)));
        deaths.addLast(now);
        return deaths.size() > MAX_DEATHS;
    }

    private static boolean isRegistryUnavailable(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof RegistryUnavailable) {
                return true;
            }
        }
        return false;
    }
}
