package io.fanfare.play.relay;

import io.fanfare.edge.health.ReadinessCheck;
import io.fanfare.store.outbox.RelayState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Tells people when the relay is not well: in the log when that changes, in the metrics, and as a warning of {@code /readyz}.
 * Never as not ready: an API that may not write still answers questions, and taking it away would not bring the relay back.
 */
final class RelayAlarm implements ReadinessCheck {

    private static final Logger log = LoggerFactory.getLogger(RelayAlarm.class);
    private static final Duration SLOW = Duration.ofSeconds(10);

    private final RelayWatch relay;
    private volatile Condition condition = Condition.of(new RelayState.Healthy(Duration.ZERO));

    /**
     * @param word as in the metrics and in docs/relay.md
     * @param lag null where it is not known
     * @param complaint for people; null where there is nothing to complain about
     */
    private record Condition(
            String word, @Nullable Duration lag, @Nullable String complaint) {

        static Condition of(RelayState state) {
            return switch (state) {
                case RelayState.Healthy(Duration lag)
                when lag.compareTo(SLOW) < 0 -> new Condition("healthy", lag, null);
                case RelayState.Healthy(Duration lag) ->
                    new Condition("slow", lag, "events are published %d s late".formatted(lag.toSeconds()));
                case RelayState.Unattended(Duration lag) ->
                    new Condition(
                            "unattended", lag, "nobody reads the outbox: the connector is paused, stopped or failing");
                case RelayState.Behind(Duration lag) ->
                    new Condition(
                            "behind",
                            lag,
                            "events are published %d s late; writing requests are refused until that is better"
                                    .formatted(lag.toSeconds()));
                case RelayState.InDanger(Duration lag, long bytesLeft) ->
                    new Condition(
                            "in_danger",
                            lag,
                            "%d MB of log are left before the replication slot may be lost; writing requests are refused"
                                    .formatted(Math.max(0, bytesLeft >> 20)));
                case RelayState.SlotLost() ->
                    new Condition(
                            "slot_lost",
                            null,
                            "the replication slot has lost its log; it is dropped as soon as nobody holds it");
                case RelayState.NoSlot() ->
                    new Condition(
                            "no_slot",
                            null,
                            "there is no replication slot: events wait in the outbox until a connector makes one");
                case RelayState.Unheard() ->
                    new Condition(
                            "unheard",
                            null,
                            "no heartbeat of the relay has come back yet: no connector has run, or Kafka does not answer");
            };
        }
    }

    RelayAlarm(RelayWatch relay, MeterRegistry meters) {
        this.relay = relay;
        Gauge.builder("relay_lag", this, RelayAlarm::lagSeconds)
                .description("Age of the oldest event that may not have reached its topic; NaN where it is not known")
                .baseUnit("seconds")
                .register(meters);
        Gauge.builder("relay_alarm", this, alarm -> alarm.condition.complaint() == null ? 0 : 1)
                .description("1 while the relay of the outbox is not well")
                .register(meters);
    }

    /** By everybody who runs the API: each says in its own log and metrics what it would refuse for. */
    @Scheduled(fixedDelay = 5, timeUnit = TimeUnit.SECONDS)
    void look() {
        Condition before = condition;
        Condition now = Condition.of(relay.state());
        condition = now;
        if (now.word().equals(before.word())) {
            return;
        }
        if (now.complaint() == null) {
            log.info("the relay is well again; it was {}", before.word());
        } else {
            log.warn("the relay is {}: {}", now.word(), now.complaint());
        }
    }

    @Override
    public String name() {
        return "relay";
    }

    @Override
    public Readiness check() {
        Condition now = Condition.of(relay.state());
        return now.complaint() == null ? READY : new Readiness.Warning(now.word() + ", " + now.complaint());
    }

    private double lagSeconds() {
        Duration lag = condition.lag();
        return lag == null ? Double.NaN : lag.toMillis() / 1000.0;
    }
}
