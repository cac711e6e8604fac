package io.fanfare.store.integration;

import io.fanfare.engine.identity.TenantId;
import io.fanfare.store.Database;
import io.fanfare.store.Dialect;
import io.fanfare.store.UtcTimes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What endpoints are owed. A delivery is taken under a lease; whoever holds the lease says what became of the attempt, and a
 * lease that ends without a word (a crash) makes the delivery due again.
 */
public final class WebhookDeliveries {

    /** How long a delivery stays taken when nobody renews it. */
    public static final Duration LEASE = Duration.ofSeconds(60);

    private final Database database;
    private final Clock clock;

    /** A delivery as an operator sees it. */
    public record Delivery(
            long deliveryId,
            IntegrationId integration,
            UUID eventId,
            EventType type,
            DeliveryState state,
            int attempts,
            Instant dueAt,
            @Nullable String lastError) {}

    /** A line of the attempts log. */
    public record LoggedAttempt(int number, String outcome, Attempt attempt) {}

    public WebhookDeliveries(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Writes them down, all or none, due at once; those that are there already stay as they are.
     *
     * @return how many were new
     */
    public int add(List<NewDelivery> deliveries) {
        if (deliveries.isEmpty()) {
            return 0;
        }
        return OpenDeliveries.insert(database, deliveries, clock.instant());
    }

    /** Takes what is due for one endpoint, the longest due first, passing over what others are taking. */
    public List<LeasedDelivery> lease(TenantId tenant, IntegrationId integration, int limit) {
        Instant now = clock.instant();
        UUID lease = UUID.randomUUID();
        Dialect dialect = database.dialect();
        return database.inTransaction(() -> {
            List<LeasedDelivery> due = database.jdbc()
                    .sql("""
                            select * from webhook_delivery
                            where tenant_id = :tenant and integration_id = :integration and %s
                            order by %s, delivery_id
                            limit :limit
                            for update skip locked
                            """.formatted(OpenDeliveries.due(dialect), OpenDeliveries.dueAt(dialect)))
                    .param("tenant", tenant.value())
                    .param("integration", integration.value())
                    .param("now", UtcTimes.column(now))
                    .param("limit", limit)
                    .query((row, _) -> leased(row, lease))
                    .list();
            if (!due.isEmpty()) {
                database.jdbc()
                        .sql("""
                                update webhook_delivery
                                set state = 'processing', attempts = attempts + 1, lease = :lease, due_at = :until
                                where delivery_id in (:ids)
                                """)
                        .param("lease", lease)
                        .param("until", UtcTimes.column(now.plus(LEASE)))
                        .param(
                                "ids",
                                due.stream().map(LeasedDelivery::deliveryId).toList())
                        .update();
            }
            return due;
        });
    }

    /** Lets those that are still held under their lease be held for another full one. */
    public void renew(Collection<LeasedDelivery> held) {
        LocalDateTime until = UtcTimes.column(clock.instant().plus(LEASE));
        List<@Nullable Object[]> rows = held.stream()
                .map(delivery -> new @Nullable Object[] {until, delivery.deliveryId(), delivery.lease()})
                .toList();
        database.batch("""
                update webhook_delivery set due_at = ?
                where delivery_id = ? and lease = ? and state = 'processing'
                """, rows);
    }

    /**
     * Says what became of an attempt.
     *
     * @return false where the lease was lost meanwhile: then nothing was written, and the new holder decides
     */
    public boolean conclude(LeasedDelivery delivery, Attempt attempt, AttemptOutcome outcome) {
        return database.inTransaction(() -> {
            boolean stillHeld = moveOn(delivery, attempt, outcome) == 1;
            if (stillHeld) {
                log(delivery, attempt, outcome);
            }
            return stillHeld;
        });
    }

    /** The deliveries of an integration, newest first. */
    public List<Delivery> ofIntegration(TenantId tenant, IntegrationId integration, int limit) {
        return database.jdbc()
                .sql("""
                        select * from webhook_delivery
                        where tenant_id = :tenant and integration_id = :integration
                        order by delivery_id desc
                        limit :limit
                        """)
                .param("tenant", tenant.value())
                .param("integration", integration.value())
                .param("limit", limit)
                .query((row, _) -> new Delivery(
                        row.getLong("delivery_id"),
                        integration,
                        row.getObject("event_id", UUID.class),
                        EventType.ofWord(row.getString("event_type")).orElseThrow(),
                        DeliveryState.ofWord(row.getString("state")),
                        row.getInt("attempts"),
                        UtcTimes.instant(row.getObject("due_at", LocalDateTime.class)),
                        row.getString("last_error")))
                .list();
    }

    /** What was tried for a delivery, in order. */
    public List<LoggedAttempt> attempts(TenantId tenant, long deliveryId) {
        return database.jdbc()
                .sql("""
                        select a.* from webhook_attempt a
                        join webhook_delivery d on d.delivery_id = a.delivery_id
                        where d.tenant_id = :tenant and a.delivery_id = :id
                        order by a.attempt
                        """)
                .param("tenant", tenant.value())
                .param("id", deliveryId)
                .query((row, _) -> new LoggedAttempt(
                        row.getInt("attempt"),
                        row.getString("outcome"),
                        new Attempt(
                                UtcTimes.instant(row.getObject("started_at", LocalDateTime.class)),
                                Duration.ofMillis(row.getLong("duration_ms")),
                                row.getObject("http_status", Integer.class),
                                row.getString("detail"),
                                row.getString("response"))))
                .list();
    }

    private int moveOn(LeasedDelivery delivery, Attempt attempt, AttemptOutcome outcome) {
        Instant now = clock.instant();
        return database.jdbc()
                .sql("""
                        update webhook_delivery
                        set state = :state, due_at = :dueAt, lease = null, last_error = :error, finished_at = :finishedAt
                        where delivery_id = :id and lease = :lease and state = 'processing'
                        """)
                .param("state", stateAfter(outcome).word())
                .param("dueAt", UtcTimes.column(outcome instanceof AttemptOutcome.Retry(Instant at) ? at : now))
                .param("error", outcome instanceof AttemptOutcome.Delivered ? null : attempt.detail())
                .param("finishedAt", outcome instanceof AttemptOutcome.Retry ? null : UtcTimes.column(now))
                .param("id", delivery.deliveryId())
                .param("lease", delivery.lease())
                .update();
    }

    private void log(LeasedDelivery delivery, Attempt attempt, AttemptOutcome outcome) {
        database.jdbc()
                .sql("""
                        insert into webhook_attempt (delivery_id, attempt, started_at, duration_ms, outcome, http_status,
                            detail, response)
                        values (:id, :attempt, :startedAt, :duration, :outcome, :status, :detail, :response)
                        """)
                .param("id", delivery.deliveryId())
                .param("attempt", delivery.attempt())
                .param("startedAt", UtcTimes.column(attempt.startedAt()))
                .param("duration", attempt.took().toMillis())
                .param("outcome", outcome.word())
                .param("status", attempt.httpStatus())
                .param("detail", attempt.detail())
                .param("response", attempt.response())
                .update();
    }

    private static DeliveryState stateAfter(AttemptOutcome outcome) {
        return switch (outcome) {
            case AttemptOutcome.Delivered() -> DeliveryState.DELIVERED;
            case AttemptOutcome.Retry _ -> DeliveryState.RETRYING;
            case AttemptOutcome.Dead() -> DeliveryState.DEAD;
        };
    }

    private static LeasedDelivery leased(ResultSet row, UUID lease) throws SQLException {
        return new LeasedDelivery(
                row.getLong("delivery_id"),
                new TenantId(row.getString("tenant_id")),
                new IntegrationId(row.getString("integration_id")),
                row.getObject("event_id", UUID.class),
                EventType.ofWord(row.getString("event_type")).orElseThrow(),
                row.getString("body"),
                row.getString("traceparent"),
                row.getInt("attempts") + 1,
                lease);
    }
}
