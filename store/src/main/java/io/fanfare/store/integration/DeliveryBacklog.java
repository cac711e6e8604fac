package io.fanfare.store.integration;

import io.fanfare.engine.identity.TenantId;
import io.fanfare.store.AcrossTenants;
import io.fanfare.store.Database;
import io.fanfare.store.UtcTimes;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What is still to be delivered, for those who share out the work and watch over it. */
@AcrossTenants("one worker serves them all")
public final class DeliveryBacklog {

    private static final int MAX_ENDPOINTS = 1_000;

    private final Database database;
    private final Clock clock;

    /** An active integration that has something to be delivered now. */
    public record DueEndpoint(TenantId tenant, IntegrationId integration) {}

    public DeliveryBacklog(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Endpoints that something is due for, at most a thousand.
     *
     * @param except those that can take nothing now, so that they do not hide others
     */
    public List<DueEndpoint> dueEndpoints(Set<IntegrationId> except) {
        return database.jdbc()
                .sql("""
                        select i.tenant_id, i.integration_id from integration i
                        where i.status = 'active'
                            and i.integration_id not in (:except)
                            and exists (
                                select 1 from webhook_delivery d
                                where d.integration_id = i.integration_id and %s)
                        limit :limit
                        """.formatted(OpenDeliveries.due(database.dialect())))
                .param("except", notEmpty(except))
                .param("now", UtcTimes.column(clock.instant()))
                .param("limit", MAX_ENDPOINTS)
                .query((row, _) -> new DueEndpoint(
                        new TenantId(row.getString("tenant_id")), new IntegrationId(row.getString("integration_id"))))
                .list();
    }

    /** A list in SQL holds something; no integration is called nothing. */
    private static List<String> notEmpty(Set<IntegrationId> ids) {
        return Stream.concat(Stream.of(""), ids.stream().map(IntegrationId::value))
                .toList();
    }

    /** How many there are in each state in which something is still to be done, by us or by staff. */
    public Map<DeliveryState, Long> unfinished() {
        var counts = new EnumMap<DeliveryState, Long>(DeliveryState.class);
        for (DeliveryState state : DeliveryState.values()) {
            if (state != DeliveryState.DELIVERED) {
                counts.put(state, 0L);
            }
        }
        database.jdbc()
                .sql("""
                        select state, count(*) as deliveries from webhook_delivery
                        where state in ('pending', 'processing', 'retrying', 'dead')
                        group by state
                        """)
                .query((row, _) -> counts.put(DeliveryState.ofWord(row.getString("state")), row.getLong("deliveries")))
                .list();
        return counts;
    }
}
