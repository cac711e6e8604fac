package io.fanfare.worker.integration;

import io.fanfare.store.integration.Attempt;
import io.fanfare.store.integration.AttemptOutcome;
import io.fanfare.store.integration.Integration;
import io.fanfare.store.integration.Integrations;
import io.fanfare.store.integration.LeasedDelivery;
import io.fanfare.store.integration.WebhookDeliveries;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedRuntimeException;

/**
 * One attempt from the lease to the record of what came of it, without a transaction across the remote call. When the
 * process dies in between, the lease ends and the delivery is sent again under the same id.
 */
final class Delivering {

    private static final Logger LOG = LoggerFactory.getLogger(Delivering.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final WebhookSender sender;
    private final Integrations integrations;
    private final WebhookDeliveries deliveries;
    private final RetryPolicy retries;
    private final DoubleSupplier draws;
    private final DeliveryMetrics metrics;
    private final Clock clock;

    /** @param draws from 0 to 1, for the random part of waits */
    Delivering(
            WebhookSender sender,
            Integrations integrations,
            WebhookDeliveries deliveries,
            RetryPolicy retries,
            DoubleSupplier draws,
            DeliveryMetrics metrics,
            Clock clock) {
        this.sender = sender;
        this.integrations = integrations;
        this.deliveries = deliveries;
        this.retries = retries;
        this.draws = draws;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Attempts one delivery.
     *
     * @return whether the endpoint lives, so that others may be attempted
     */
    boolean attempt(Integration integration, LeasedDelivery delivery) throws InterruptedException {
        Instant startedAt = clock.instant();
        long start = System.nanoTime();
        SendResult result = send(integration, delivery);
        var took = Duration.ofNanos(System.nanoTime() - start);
        Verdict verdict = retries.judge(result, delivery.attempt(), draws.getAsDouble());
        conclude(delivery, attempt(startedAt, took, result, verdict), outcome(verdict));
        if (verdict instanceof Verdict.EndpointGone(String why)) {
            disable(integration, why);
        }
        return !RetryPolicy.isTrouble(result);
    }

    private SendResult send(Integration integration, LeasedDelivery delivery) throws InterruptedException {
        try {
            return sender.send(integration.endpoint(), delivery);
        } catch (RuntimeException e) {
            LOG.error("sending {} to {} failed in an unexpected way", delivery.eventId(), integration.id(), e);
            return new SendResult.Unreachable(
                    "nothing was sent: " + e.getClass().getSimpleName());
        }
    }

    /** While the database does not answer, the outcome is kept and tried again for as long as the lease can last. */
    private void conclude(LeasedDelivery delivery, Attempt attempt, AttemptOutcome outcome)
            throws InterruptedException {
        long giveUpAt = System.nanoTime() + WebhookDeliveries.LEASE.toNanos();
        while (true) {
            try {
                boolean recorded = deliveries.conclude(delivery, attempt, outcome);
                count(delivery, attempt, outcome, recorded);
                return;
            } catch (NestedRuntimeException e) {
                if (System.nanoTime() > giveUpAt) {
                    throw e;
                }
                LOG.warn("the outcome of {} cannot be recorded now: {}", delivery.eventId(), e.getMessage());
                Thread.sleep(PAUSE);
            }
        }
    }

    private void count(LeasedDelivery delivery, Attempt attempt, AttemptOutcome outcome, boolean recorded) {
        if (!recorded) {
            metrics.lostLease();
            LOG.warn(
                    "{} was taken over by somebody else before attempt {} ended",
                    delivery.eventId(),
                    delivery.attempt());
            return;
        }
        metrics.attempted(outcome, attempt.took());
        if (outcome instanceof AttemptOutcome.Dead) {
            LOG.warn("{} for {} is dead: {}", delivery.eventId(), delivery.integration(), attempt.detail());
        }
    }

    private void disable(Integration integration, String why) {
        if (integrations.disable(integration.tenant(), integration.id(), "the endpoint " + why)) {
            metrics.disabledEndpoint();
            LOG.warn("{} is disabled: its endpoint {}", integration.id(), why);
        }
    }

    private AttemptOutcome outcome(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Accepted _ -> new AttemptOutcome.Delivered();
            case Verdict.TryAgain later ->
                new AttemptOutcome.Retry(clock.instant().plus(later.in()));
            case Verdict.GiveUp _, Verdict.EndpointGone _ -> new AttemptOutcome.Dead();
        };
    }

    private static Attempt attempt(Instant startedAt, Duration took, SendResult result, Verdict verdict) {
        @Nullable Integer status = null;
        String response = "";
        if (result instanceof SendResult.Answered answered) {
            status = answered.status();
            response = answered.beginning();
        }
        return new Attempt(startedAt, took, status, verdict.why(), response);
    }
}
