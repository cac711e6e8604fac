package io.fanfare.store.integration;

import io.fanfare.engine.identity.TenantId;
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
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What endpoints are owed. A delivery is taken under a lease; whoever holds the lease says what became of the attempt, and a
 * lease that ends without a word (a crash) makes the delivery due again.
 */
public final class WebhookDeliveries {

    /** How long a delivery stays taken when nobody renews it. */
    public static final Duration LEASE = Duration.ofSeconds(60);

    private final JdbcClient jdbc;
    private final NamedParameterJdbcOperations batches;
    private final TransactionTemplate transaction;
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

    public WebhookDeliveries(
            JdbcClient jdbc,
            NamedParameterJdbcOperations batches,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.transaction = new TransactionTemplate(transactions);
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
        LocalDateTime now = UtcColumn.write(clock.instant());
        var rows = deliveries.stream()
                .map(delivery -> new MapSqlParameterSource()
                        .addValue("tenant", delivery.tenant().value())
                        .addValue("integration", delivery.integration().value())
                        .addValue("event", delivery.eventId())
                        .addValue("type", delivery.type().word())
                        .addValue("body", delivery.body())
                        .addValue("traceparent", delivery.traceparent())
                        .addValue("now", now))
                .toArray(MapSqlParameterSource[]::new);
        Integer added = transaction.execute(_ -> {
            int[] counts = batches.batchUpdate("""
                    insert into webhook_delivery (tenant_id, integration_id, event_id, event_type, body, traceparent, state,
                        due_at, created_at)
                    values (:tenant, :integration, :event, :type, :body, :traceparent, 'pending', :now, :now)
                    on conflict (integration_id, event_id) do nothing
                    """, rows);
            int sum = 0;
            for (int count : counts) {
                sum += count;
            }
            return sum;
        });
        return added == null ? 0 : added;
    }

    /** Takes what is due for one endpoint, the longest due first, passing over what others are taking. */
    public List<LeasedDelivery> lease(TenantId tenant, IntegrationId integration, int limit) {
        Instant now = clock.instant();
        UUID lease = UUID.randomUUID();
        List<LeasedDelivery> leased = transaction.execute(_ -> {
            List<LeasedDelivery> due = jdbc.sql("""
                            select * from webhook_delivery
                            where tenant_id = :tenant and integration_id = :integration
                                and state in ('pending', 'processing', 'retrying') and due_at <= :now
                            order by due_at, delivery_id
                            limit :limit
                            for update skip locked
                            """)
                    .param("tenant", tenant.value())
                    .param("integration", integration.value())
                    .param("now", UtcColumn.write(now))
                    .param("limit", limit)
                    .query((row, _) -> leased(row, lease))
                    .list();
            if (!due.isEmpty()) {
                jdbc.sql("""
                                update webhook_delivery
                                set state = 'processing', attempts = attempts + 1, lease = :lease, due_at = :until
                                where delivery_id in (:ids)
                                """)
                        .param("lease", lease)
                        .param("until", UtcColumn.write(now.plus(LEASE)))
                        .param(
                                "ids",
                                due.stream().map(LeasedDelivery::deliveryId).toList())
                        .update();
            }
            return due;
        });
        return leased == null ? List.of() : leased;
    }

    /** Lets those that are still held under their lease be held for another full one. */
    public void renew(Collection<LeasedDelivery> held) {
        LocalDateTime until = UtcColumn.write(clock.instant().plus(LEASE));
        var rows = held.stream()
                .map(delivery -> new MapSqlParameterSource()
                        .addValue("id", delivery.deliveryId())
                        .addValue("lease", delivery.lease())
                        .addValue("until", until))
                .toArray(MapSqlParameterSource[]::new);
        if (rows.length > 0) {
            batches.batchUpdate("""
                    update webhook_delivery set due_at = :until
                    where delivery_id = :id and lease = :lease and state = 'processing'
                    """, rows);
        }
    }

    /**
     * Says what became of an attempt.
     *
     * @return false where the lease was lost meanwhile: then nothing was written, and the new holder decides
     */
    public boolean conclude(LeasedDelivery delivery, Attempt attempt, AttemptOutcome outcome) {
        return Boolean.TRUE.equals(transaction.execute(_ -> {
            boolean stillHeld = moveOn(delivery, attempt, outcome) == 1;
            if (stillHeld) {
                log(delivery, attempt, outcome);
            }
            return stillHeld;
        }));
    }

    /** The deliveries of an integration, newest first. */
    public List<Delivery> ofIntegration(TenantId tenant, IntegrationId integration, int limit) {
        return jdbc.sql("""
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
                        UtcColumn.read(row, "due_at"),
                        row.getString("last_error")))
                .list();
    }

    /** What was tried for a delivery, in order. */
    public List<LoggedAttempt> attempts(TenantId tenant, long deliveryId) {
        return jdbc.sql("""
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
                                UtcColumn.read(row, "started_at"),
                                Duration.ofMillis(row.getLong("duration_ms")),
                                row.getObject("http_status", Integer.class),
                                row.getString("detail"),
                                row.getString("response"))))
                .list();
    }

    private int moveOn(LeasedDelivery delivery, Attempt attempt, AttemptOutcome outcome) {
        Instant now = clock.instant();
        return jdbc.sql("""
                        update webhook_delivery
                        set state = :state, due_at = :dueAt, lease = null, last_error = :error, finished_at = :finishedAt
                        where delivery_id = :id and lease = :lease and state = 'processing'
                        """)
                .param("state", stateAfter(outcome).word())
                .param("dueAt", UtcColumn.write(outcome instanceof AttemptOutcome.Retry(Instant at) ? at : now))
                .param("error", outcome instanceof AttemptOutcome.Delivered ? null : attempt.detail())
                .param("finishedAt", outcome instanceof AttemptOutcome.Retry ? null : UtcColumn.write(now))
                .param("id", delivery.deliveryId())
                .param("lease", delivery.lease())
                .update();
    }

    private void log(LeasedDelivery delivery, Attempt attempt, AttemptOutcome outcome) {
        jdbc.sql("""
                        insert into webhook_attempt (delivery_id, attempt, started_at, duration_ms, outcome, http_status,
                            detail, response)
                        values (:id, :attempt, :startedAt, :duration, :outcome, :status, :detail, :response)
                        """)
                .param("id", delivery.deliveryId())
                .param("attempt", delivery.attempt())
                .param("startedAt", UtcColumn.write(attempt.startedAt()))
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
