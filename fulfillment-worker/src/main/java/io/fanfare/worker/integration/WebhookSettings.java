package io.fanfare.worker.integration;

import io.fanfare.store.integration.WebhookDeliveries;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How webhooks are delivered.
 *
 * @param maxAttempts after so many, a delivery is dead; the default takes about three hours
 * @param firstWait before the second attempt; each further wait is {@code factor} times as long
 * @param longestWait between two attempts
 * @param perEndpoint how many deliveries an endpoint may be given at a time
 * @param inAll how many deliveries this process has under way at a time
 * @param sweep how often to look for due retries and orphans; new deliveries do not wait for it
 * @param connectTimeout for the connection
 * @param timeout for the whole exchange
 */
@ConfigurationProperties("fanfare.webhooks")
record WebhookSettings(
        @DefaultValue("10") int maxAttempts,
        @DefaultValue("1s") Duration firstWait,
        @DefaultValue("4") int factor,
        @DefaultValue("1h") Duration longestWait,
        @DefaultValue("8") int perEndpoint,
        @DefaultValue("128") int inAll,
        @DefaultValue("1s") Duration sweep,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("15s") Duration timeout) {

    WebhookSettings {
        if (perEndpoint < 1) {
            throw new IllegalArgumentException(
                    "fanfare.webhooks.per-endpoint is %d, expected at least 1".formatted(perEndpoint));
        }
        if (inAll < perEndpoint) {
            throw new IllegalArgumentException(
                    "fanfare.webhooks.in-all is %d, expected at least %d".formatted(inAll, perEndpoint));
        }
        if (sweep.toMillis() < 1) {
            throw new IllegalArgumentException("fanfare.webhooks.sweep is %s, expected at least 1 ms".formatted(sweep));
        }
        Duration most = WebhookDeliveries.LEASE.dividedBy(2);
        if (timeout.toMillis() < 1 || timeout.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "fanfare.webhooks.timeout is %s, expected 1 ms to %s".formatted(timeout, most));
        }
    }

    RetryPolicy retries() {
        return new RetryPolicy(maxAttempts, firstWait, factor, longestWait);
    }
}
