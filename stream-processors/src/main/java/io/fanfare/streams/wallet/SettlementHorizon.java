package io.fanfare.streams.wallet;

import java.time.Duration;
import java.time.Instant;

/**
 * Up to when wallets may be settled without a command. A command that happened before a settlement must not arrive after it,
 * or it would find another wallet than the one it was for; and a replay of old commands must not be overtaken by today's clock.
 *
 * <p>While commands come in, time is what they say it is. When none has come for a while, time is what the relay has proved: what was
 * committed before its latest heartbeat has arrived. While the relay stands still, so does time. Both less {@link #SLACK}, by which clocks
 * of instances and times of commit may differ.
 */
final class SettlementHorizon {

    static final Duration SLACK = Duration.ofSeconds(10);
    static final Duration QUIET = Duration.ofSeconds(30);

    private final RelayProgress relay;
    private Instant lastArrival;
    private Instant latestSeen = Instant.EPOCH;

    /** @param now by the clock, when the task begins */
    SettlementHorizon(RelayProgress relay, Instant now) {
        this.relay = relay;
        lastArrival = now;
    }

    void arrived(Instant occurredAt, Instant now) {
        lastArrival = now;
        latestSeen = later(occurredAt, latestSeen);
    }

    Instant at(Instant now) {
        boolean isQuiet = !now.isBefore(lastArrival.plus(QUIET));
        Instant proved = isQuiet ? later(relay.upTo().orElse(Instant.EPOCH), latestSeen) : latestSeen;
        return (now.isBefore(proved) ? now : proved).minus(SLACK);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
