package io.fanfare.store.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.MerchantId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.schemas.wire.SchemaRegistry;
import io.fanfare.store.OnEveryDatabase;
import io.fanfare.store.Page;
import io.fanfare.store.StoreServer;
import io.fanfare.store.integration.Integrations.Creation;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class IntegrationsIT {

    private static final TenantId STRANGER = new TenantId("linus");

    private final TenantId tenant = new TenantId("ada-" + UUID.randomUUID());
    private final SettableClock clock = new SettableClock();
    private final IntegrationsDatabase database;
    private final Integrations integrations;

    private static final class SilentRegistry implements SchemaRegistry {

        @Override
        public int register(String subject, Schema schema) {
            throw new RegistryUnavailable("silent");
        }

        @Override
        public Schema schema(int id) {
            throw new RegistryUnavailable("silent");
        }
    }

    IntegrationsIT(StoreServer server) {
        this.database = new IntegrationsDatabase(server.shared());
        this.integrations = database.integrations(clock);
    }

    @Test
    void one_that_was_created_is_found_as_it_was_and_was_announced() {
        Integration created = created(draft(null, null, EventType.PLAY_COMPLETED, EventType.PRIZE_WON));

        assertThat(integrations.find(tenant, created.id())).contains(created);
        assertThat(database.announced(created.id())).singleElement().satisfies(revision -> {
            assertThat(revision.getIntegrationId()).isEqualTo(created.id().value());
            assertThat(revision.getRevision()).isEqualTo(1);
            assertThat(revision.getEvents()).containsExactly("play_completed", "prize_won");
            assertThat(revision.toString()).doesNotContain("ada.example").doesNotContain("correct-horse");
        });
    }

    @Test
    void another_tenant_sees_none_of_it() {
        Integration created = created(draft(null, null, EventType.PLAY_COMPLETED));

        assertThat(integrations.find(STRANGER, created.id())).isEmpty();
        assertThat(integrations.list(STRANGER, null, 100).items()).isEmpty();
        assertThat(integrations.active(STRANGER)).isEmpty();
        assertThat(integrations.disable(STRANGER, created.id(), "not yours")).isFalse();
        assertThat(integrations.find(tenant, created.id())).contains(created);
    }

    @Test
    void one_that_could_not_be_announced_was_not_created() {
        var silenced = database.integrations(new SilentRegistry(), clock);
        var grace = new TenantId("grace-" + UUID.randomUUID());

        assertThatThrownBy(() -> silenced.create(grace, draft(null, null, EventType.PRIZE_WON), null))
                .isInstanceOf(SchemaRegistry.RegistryUnavailable.class);

        assertThat(integrations.active(grace)).isEmpty();
    }

    @Test
    void pages_go_from_new_to_old() {
        var grace = new TenantId("grace-" + UUID.randomUUID());
        var ids = new ArrayList<IntegrationId>();
        for (int i = 0; i < 3; i++) {
            ids.addFirst(created(grace, draft(null, null, EventType.PRIZE_WON)).id());
        }

        Page<Integration> first = integrations.list(grace, null, 2);
        Page<Integration> second =
                integrations.list(grace, first.items().getLast().id(), 2);

        assertThat(first.hasMore()).isTrue();
        assertThat(first.items()).extracting(Integration::id).containsExactlyElementsOf(ids.subList(0, 2));
        assertThat(second.hasMore()).isFalse();
        assertThat(second.items()).extracting(Integration::id).containsExactly(ids.getLast());
    }

    @Test
    void subscribed_are_the_active_ones_of_the_type_whose_scope_holds_the_event() {
        var grace = new TenantId("grace-" + UUID.randomUUID());
        var spring = new CampaignId("camp_spring");
        var shop = new MerchantId("merch_shop");
        var everything = created(grace, draft(null, null, EventType.PRIZE_WON));
        var ofSpring = created(grace, draft(null, spring, EventType.PRIZE_WON));
        var ofShop = created(grace, draft(shop, null, EventType.PRIZE_WON));
        created(grace, draft(null, null, EventType.QUEST_COMPLETED));
        var gone = created(grace, draft(null, null, EventType.PRIZE_WON));
        integrations.disable(grace, gone.id(), "410 Gone");

        assertThat(integrations.subscribed(grace, EventType.PRIZE_WON, null, null))
                .containsExactly(everything);
        assertThat(integrations.subscribed(grace, EventType.PRIZE_WON, null, spring))
                .containsExactly(everything, ofSpring);
        assertThat(integrations.subscribed(grace, EventType.PRIZE_WON, shop, new CampaignId("camp_autumn")))
                .containsExactly(everything, ofShop);
    }

    @Test
    void disabling_is_a_revision_that_happens_once() {
        Integration created = created(draft(null, null, EventType.PLAY_COMPLETED));

        boolean first = integrations.disable(tenant, created.id(), "410 Gone");
        boolean second = integrations.disable(tenant, created.id(), "410 Gone");

        assertThat(first).isTrue();
        assertThat(second).isFalse();
        assertThat(integrations.find(tenant, created.id())).hasValueSatisfying(disabled -> {
            assertThat(disabled.status()).isEqualTo(IntegrationStatus.DISABLED);
            assertThat(disabled.statusReason()).isEqualTo("410 Gone");
            assertThat(disabled.revision()).isEqualTo(2);
        });
        assertThat(database.announced(created.id())).hasSize(2).last().satisfies(revision -> {
            assertThat(revision.getRevision()).isEqualTo(2);
            assertThat(revision.getStatus()).isEqualTo("disabled");
        });
    }

    @Test
    void a_tenant_has_a_limited_number_of_them() {
        var grace = new TenantId("grace-" + UUID.randomUUID());
        for (int i = 0; i < Integrations.MAX_PER_TENANT; i++) {
            created(grace, draft(null, null, EventType.PRIZE_WON));
        }

        Creation oneMore = integrations.create(grace, draft(null, null, EventType.PRIZE_WON), null);

        assertThat(oneMore).isEqualTo(new Creation.TooMany(Integrations.MAX_PER_TENANT));
    }

    private Integration created(IntegrationDraft draft) {
        return created(tenant, draft);
    }

    private Integration created(TenantId owner, IntegrationDraft draft) {
        return switch (integrations.create(owner, draft, null)) {
            case Creation.Created(Integration integration) -> integration;
            case Creation.TooMany tooMany -> throw new AssertionError(tooMany);
        };
    }

    private static IntegrationDraft draft(
            @Nullable MerchantId merchant, @Nullable CampaignId campaign, EventType first, EventType... others) {
        Set<EventType> events = EnumSet.of(first, others);
        var endpoint =
                new WebhookEndpoint(URI.create("https://ada.example/hook"), new WebhookSecret("correct-horse-battery"));
        return new IntegrationDraft(
                merchant, campaign, IntegrationType.WEBHOOK, events, endpoint, IntegrationStatus.ACTIVE);
    }
}
