package io.fanfare.store.campaign;

import static io.fanfare.store.Definitions.ACME;
import static io.fanfare.store.Definitions.RIVAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanfare.engine.campaign.Schedule;
import io.fanfare.engine.campaign.Schedule.Opening;
import io.fanfare.engine.campaign.WalletScope;
import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.MerchantId;
import io.fanfare.engine.quest.QuestId;
import io.fanfare.events.CampaignConfigured;
import io.fanfare.store.Definitions;
import io.fanfare.store.OnEveryDatabase;
import io.fanfare.store.Page;
import io.fanfare.store.StoreServer;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class CampaignsIT {

    private static final Instant MARCH = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant JUNE = Instant.parse("2026-06-01T00:00:00Z");

    private final Definitions definitions;
    private final Campaigns campaigns;
    private final PublicCampaigns publicCampaigns;

    CampaignsIT(StoreServer server) {
        this.definitions = new Definitions(server);
        this.campaigns =
                new Campaigns(definitions.database(), definitions.outbox(), definitions.ids(), definitions.clock());
        this.publicCampaigns = new PublicCampaigns(definitions.database());
    }

    @Test
    void a_campaign_is_found_as_it_was_created() {
        CampaignRecord created = campaigns.create(ACME, campaign("Spring"), null);

        assertThat(created.id().value()).startsWith("camp_");
        assertThat(created.revision()).isEqualTo(1);
        assertThat(created.definition()).isEqualTo(campaign("Spring"));
        assertThat(campaigns.find(ACME, created.id())).contains(created);
    }

    @Test
    void a_campaign_with_nothing_that_can_be_left_out_is_found_too() {
        CampaignRecord created = campaigns.create(ACME, bare("Bare"), null);

        assertThat(campaigns.find(ACME, created.id())).contains(created);
        CampaignConfigured published = definitions.published(CampaignConfigured.class);
        assertThat(published.getMerchantId()).isNull();
        assertThat(published.getStartDate()).isNull();
        assertThat(published.getEndDate()).isNull();
        assertThat(published.getGames()).isEmpty();
    }

    @Test
    void a_change_is_a_new_revision() {
        CampaignRecord first = campaigns.create(ACME, campaign("Spring"), null);
        definitions.pass(Duration.ofMinutes(1));

        CampaignRecord second =
                campaigns.replace(ACME, first.id(), bare("Summer"), null).orElseThrow();

        assertThat(second.revision()).isEqualTo(2);
        assertThat(second.definition()).isEqualTo(bare("Summer"));
        assertThat(second.createdAt()).isEqualTo(first.createdAt());
        assertThat(second.updatedAt()).isEqualTo(definitions.now());
        assertThat(campaigns.find(ACME, first.id())).contains(second);
    }

    @Test
    void every_revision_is_published() {
        CampaignId id = campaigns.create(ACME, bare("Spring"), null).id();
        campaigns.replace(ACME, id, campaign("Summer"), "00-trace");

        assertThat(definitions.publishedKeys())
                .containsExactly("acme/campaign/" + id + "/1", "acme/campaign/" + id + "/2");
        CampaignConfigured published =
                (CampaignConfigured) definitions.published().getLast();
        assertThat(published.getTenantId()).isEqualTo("acme");
        assertThat(published.getMerchantId()).isEqualTo("merch_1");
        assertThat(published.getCampaignId()).isEqualTo(id.value());
        assertThat(published.getRevision()).isEqualTo(2);
        assertThat(published.getName()).isEqualTo("Summer");
        assertThat(published.getStatus()).isEqualTo("paused");
        assertThat(published.getStartDate()).isEqualTo(MARCH);
        assertThat(published.getEndDate()).isEqualTo(JUNE);
        assertThat(published.getChannels()).containsExactly("website_embed", "qr_code");
        assertThat(published.getGames()).containsExactly("game_2", "game_1");
        assertThat(published.getQuests()).containsExactly("quest_1");
        assertThat(published.getOccurredAt()).isEqualTo(definitions.now());
    }

    @Test
    void a_change_that_fails_publishes_nothing() {
        CampaignId id = campaigns.create(ACME, bare("Spring"), null).id();

        assertThatThrownBy(() -> definitions.database().inTransaction(() -> {
                    campaigns.replace(ACME, id, bare("Summer"), null);
                    throw new IllegalStateException("the request fails after all");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(campaigns.find(ACME, id)).map(CampaignRecord::revision).contains(1L);
        assertThat(definitions.publishedKeys()).containsExactly("acme/campaign/" + id + "/1");
    }

    @Test
    void another_tenant_neither_sees_nor_changes_it() {
        CampaignId id = campaigns.create(ACME, bare("Spring"), null).id();

        assertThat(campaigns.find(RIVAL, id)).isEmpty();
        assertThat(campaigns.replace(RIVAL, id, bare("Stolen"), null)).isEmpty();
        assertThat(campaigns.list(RIVAL, null, 10).items()).isEmpty();
        assertThat(campaigns.find(ACME, id)).map(CampaignRecord::revision).contains(1L);
    }

    @Test
    void anybody_finds_the_current_revision_by_the_id_alone() {
        CampaignRecord spring = campaigns.create(ACME, bare("Spring"), null);
        campaigns.create(RIVAL, bare("Autumn"), null);
        CampaignRecord summer =
                campaigns.replace(ACME, spring.id(), campaign("Summer"), null).orElseThrow();

        assertThat(publicCampaigns.find(spring.id())).contains(summer);
        assertThat(publicCampaigns.find(new CampaignId("camp_none"))).isEmpty();
    }

    @Test
    void the_list_is_paged_from_the_newest() {
        List<CampaignRecord> created = Stream.of("One", "Two", "Three")
                .map(name -> campaigns.create(ACME, bare(name), null))
                .toList();

        Page<CampaignRecord> first = campaigns.list(ACME, null, 2);
        Page<CampaignRecord> second =
                campaigns.list(ACME, first.items().getLast().id(), 2);

        assertThat(first.items()).containsExactly(created.get(2), created.get(1));
        assertThat(first.hasMore()).isTrue();
        assertThat(second.items()).containsExactly(created.getFirst());
        assertThat(second.hasMore()).isFalse();
    }

    @Test
    void what_was_found_is_current_until_it_changes() {
        CampaignRecord spring = campaigns.create(ACME, bare("Spring"), null);
        List<GameId> neverThere = List.of(new GameId("game_none"));
        boolean isCurrent = publicCampaigns.isCurrent(spring, List.of());
        boolean isCurrentWithTheGame = publicCampaigns.isCurrent(spring, neverThere);

        CampaignRecord summer =
                campaigns.replace(ACME, spring.id(), campaign("Summer"), null).orElseThrow();

        assertThat(isCurrent).isTrue();
        assertThat(isCurrentWithTheGame).isFalse();
        assertThat(publicCampaigns.isCurrent(spring, List.of())).isFalse();
        assertThat(publicCampaigns.isCurrent(summer, List.of())).isTrue();
    }

    private static CampaignDefinition bare(String name) {
        return new CampaignDefinition(
                null, name, CampaignStatus.DRAFT, null, null, List.of(), List.of(), List.of(), CampaignSettings.NONE);
    }

    /** With a value for everything, none of them the usual one. */
    private static CampaignDefinition campaign(String name) {
        return new CampaignDefinition(
                new MerchantId("merch_1"),
                name,
                CampaignStatus.PAUSED,
                MARCH,
                JUNE,
                List.of("website_embed", "qr_code"),
                List.of(new GameId("game_2"), new GameId("game_1")),
                List.of(new QuestId("quest_1")),
                new CampaignSettings(
                        true,
                        List.of(AuthMethod.MAGIC_LINK, AuthMethod.OTP),
                        List.of("email", "say \"cheese\""),
                        9,
                        3,
                        WalletScope.MERCHANT),
                250_000,
                new Schedule(
                        List.of(new Opening(
                                Set.of(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), LocalTime.of(9, 30), LocalTime.MIDNIGHT)),
                        ZoneId.of("Europe/Berlin")));
    }
}
