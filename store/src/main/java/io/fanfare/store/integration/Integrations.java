package io.fanfare.store.integration;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;

import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.MerchantId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.events.IntegrationConfigured;
import io.fanfare.schemas.Topics;
import io.fanfare.store.Database;
import io.fanfare.store.Page;
import io.fanfare.store.UtcTimes;
import io.fanfare.store.identity.Ids;
import io.fanfare.store.outbox.Outbox;
import io.fanfare.store.outbox.OutboxEvent;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The outbound integrations of all tenants; each method sees those of one tenant only. */
public final class Integrations {

    /** How many a tenant may have. Concurrent creations can exceed it by a few. */
    public static final int MAX_PER_TENANT = 100;

    private static final int MAX_REASON_LENGTH = 500;

    private final Database database;
    private final Outbox outbox;
    private final Ids ids;
    private final Clock clock;

    /** What became of a wish to create an integration. */
    public sealed interface Creation {
        record Created(Integration integration) implements Creation {}

        /** The tenant has as many as it may have. */
        record TooMany(int limit) implements Creation {}
    }

    public Integrations(Database database, Outbox outbox, Ids ids, Clock clock) {
        this.database = database;
        this.outbox = outbox;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Creates and announces it, in one transaction.
     *
     * @param traceparent of the request; null where none
     */
    public Creation create(TenantId tenant, IntegrationDraft draft, @Nullable String traceparent) {
        var integration = new Integration(
                new IntegrationId(ids.mint("intg_")),
                tenant,
                draft.merchant(),
                draft.campaign(),
                draft.type(),
                draft.events(),
                draft.endpoint(),
                draft.status(),
                null,
                1,
                now());
        return database.inTransaction(() -> {
            if (count(tenant) >= MAX_PER_TENANT) {
                return new Creation.TooMany(MAX_PER_TENANT);
            }
            insert(integration);
            announce(integration, integration.createdAt(), traceparent);
            return new Creation.Created(integration);
        });
    }

    public Optional<Integration> find(TenantId tenant, IntegrationId id) {
        return database.jdbc()
                .sql("""
                        select * from integration
                        where tenant_id = :tenant and integration_id = :id
                        """)
                .param("tenant", tenant.value())
                .param("id", id.value())
                .query(Integrations::integration)
                .optional();
    }

    /**
     * Newest first.
     *
     * @param before continue behind this integration; null = from the newest
     */
    public Page<Integration> list(TenantId tenant, @Nullable IntegrationId before, int limit) {
        return Page.of(
                limit,
                atMost -> database.jdbc()
                        .sql("""
                        select * from integration
                        where tenant_id = :tenant and (cast(:before as char) is null or integration_id < :before)
                        order by integration_id desc
                        limit :limit
                        """)
                        .param("tenant", tenant.value())
                        .param("before", before == null ? null : before.value())
                        .param("limit", atMost)
                        .query(Integrations::integration)
                        .list());
    }

    /** All that are active, at most {@link #MAX_PER_TENANT} or a few more. */
    public List<Integration> active(TenantId tenant) {
        return database.jdbc()
                .sql("""
                        select * from integration
                        where tenant_id = :tenant and status = 'active'
                        order by integration_id
                        """)
                .param("tenant", tenant.value())
                .query(Integrations::integration)
                .list();
    }

    /** The active ones that are to be told of such an event in this scope. */
    public List<Integration> subscribed(
            TenantId tenant, EventType type, @Nullable MerchantId ofMerchant, @Nullable CampaignId ofCampaign) {
        return active(tenant).stream()
                .filter(integration -> integration.wants(type, ofMerchant, ofCampaign))
                .toList();
    }

    /**
     * Disables an active one whose endpoint is gone, and announces that.
     *
     * @return whether it was active until now
     */
    public boolean disable(TenantId tenant, IntegrationId id, String reason) {
        return database.inTransaction(() -> {
            int changed = database.jdbc()
                    .sql("""
                            update integration
                            set status = 'disabled', status_reason = :reason, revision = revision + 1
                            where tenant_id = :tenant and integration_id = :id and status = 'active'
                            """)
                    .param("tenant", tenant.value())
                    .param("id", id.value())
                    .param("reason", Text.limited(reason, MAX_REASON_LENGTH))
                    .update();
            if (changed == 0) {
                return false;
            }
            announce(find(tenant, id).orElseThrow(), now(), null);
            return true;
        });
    }

    private long count(TenantId tenant) {
        return database.jdbc()
                .sql("select count(*) from integration where tenant_id = :tenant")
                .param("tenant", tenant.value())
                .query(Long.class)
                .single();
    }

    private void insert(Integration integration) {
        database.jdbc()
                .sql("""
                        insert into integration (integration_id, tenant_id, merchant_id, campaign_id, type, events, url,
                            secret, status, revision, created_at)
                        values (:id, :tenant, :merchant, :campaign, :type, :events, :url,
                            :secret, :status, :revision, :createdAt)
                        """)
                .param("id", integration.id().value())
                .param("tenant", integration.tenant().value())
                .param(
                        "merchant",
                        integration.narrowedToMerchant().map(MerchantId::value).orElse(null))
                .param(
                        "campaign",
                        integration.narrowedToCampaign().map(CampaignId::value).orElse(null))
                .param("type", integration.type().word())
                .param(
                        "events",
                        integration.events().stream().map(EventType::word).collect(joining(",")))
                .param("url", integration.endpoint().url().toString())
                .param(
                        "secret",
                        integration.endpoint().secret().map(WebhookSecret::text).orElse(null))
                .param("status", integration.status().word())
                .param("revision", integration.revision())
                .param("createdAt", UtcTimes.column(integration.createdAt()))
                .update();
    }

    /**
     * What the topic of definitions is to hold of the tenant's integrations: of each the current revision, no other is kept. When
     * it was made is not kept either, so it is told with the time of the integration's creation.
     */
    public List<OutboxEvent<IntegrationConfigured>> facts(TenantId tenant) {
        return database
                .jdbc()
                .sql("select * from integration where tenant_id = :tenant order by integration_id")
                .param("tenant", tenant.value())
                .query(Integrations::integration)
                .list()
                .stream()
                .map(integration -> fact(integration, integration.createdAt(), null))
                .toList();
    }

    private void announce(Integration integration, Instant occurredAt, @Nullable String traceparent) {
        outbox.write(fact(integration, occurredAt, traceparent));
    }

    private static OutboxEvent<IntegrationConfigured> fact(
            Integration integration, Instant occurredAt, @Nullable String traceparent) {
        String key = Topics.definitionKey(
                integration.tenant().value(), "integration", integration.id().value(), integration.revision());
        var revision = IntegrationConfigured.newBuilder()
                .setTenantId(integration.tenant().value())
                .setCampaignId(
                        integration.narrowedToCampaign().map(CampaignId::value).orElse(null))
                .setIntegrationId(integration.id().value())
                .setRevision(integration.revision())
                .setType(integration.type().word())
                .setEvents(integration.events().stream().map(EventType::word).toList())
                .setStatus(integration.status().word())
                .setOccurredAt(occurredAt)
                .build();
        return OutboxEvent.keyed(integration.tenant(), Topics.CONFIG, key, revision, traceparent, occurredAt);
    }

    private Instant now() {
        return UtcTimes.toMillis(clock.instant());
    }

    private static Integration integration(ResultSet row, int rowNumber) throws SQLException {
        String merchant = row.getString("merchant_id");
        String campaign = row.getString("campaign_id");
        String secret = row.getString("secret");
        return new Integration(
                new IntegrationId(row.getString("integration_id")),
                new TenantId(row.getString("tenant_id")),
                merchant == null ? null : new MerchantId(merchant),
                campaign == null ? null : new CampaignId(campaign),
                IntegrationType.ofWord(row.getString("type")).orElseThrow(),
                Arrays.stream(row.getString("events").split(",", -1))
                        .map(word -> EventType.ofWord(word).orElseThrow())
                        .collect(toCollection(() -> EnumSet.noneOf(EventType.class))),
                new WebhookEndpoint(
                        URI.create(row.getString("url")), secret == null ? null : new WebhookSecret(secret)),
                IntegrationStatus.ofWord(row.getString("status")).orElseThrow(),
                row.getString("status_reason"),
                row.getLong("revision"),
                UtcTimes.instant(row.getObject("created_at", LocalDateTime.class)));
    }
}
