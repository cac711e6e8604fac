package io.fanfare.edge.clock;

import io.fanfare.edge.answer.Envelope;
import io.fanfare.edge.caller.Public;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What time it is here, and where that is set: development mode only. */
@RestController
final class ClockRoute {

    private final Clock clock;
    private final Path file;

    ClockRoute(Clock clock, Path file) {
        this.clock = clock;
        this.file = file;
    }

    /**
     * This service's time.
     *
     * @param now to the millisecond, RFC 3339
     * @param ahead of the machine's clock, as an ISO duration; {@code PT0S} where another clock was put in its place
     * @param file on this machine, which says so
     */
    record ClockView(String now, String ahead, String file) {}

    @Public
    @GetMapping("/dev/clock")
    Envelope<ClockView> clock() {
        Instant now = Instant.ofEpochMilli(clock.millis());
        String ahead = clock instanceof DevelopmentClock moved ? moved.ahead().toString() : "PT0S";
        return Envelope.ok(new ClockView(now.toString(), ahead, file.toString()));
    }
}
