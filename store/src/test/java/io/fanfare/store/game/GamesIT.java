package io.fanfare.store.game;

import static io.fanfare.store.Definitions.ACME;
import static io.fanfare.store.Definitions.RIVAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.engine.campaign.CampaignTerms;
import io.fanfare.engine.campaign.CampaignTerms.Stage;
import io.fanfare.engine.campaign.Schedule;
import io.fanfare.engine.campaign.Schedule.Opening;
import io.fanfare.engine.campaign.WalletScope;
import io.fanfare.engine.game.GameId;
import io.fanfare.engine.game.GameRules;
import io.fanfare.engine.game.GameStatus;
import io.fanfare.engine.game.OnUnavailable;
import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.MerchantId;
import io.fanfare.engine.milestone.Milestone;
import io.fanfare.engine.milestone.MilestoneId;
import io.fanfare.engine.milestone.MilestoneMode;
import io.fanfare.engine.milestone.Milestones;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.shape.Shapes.PartNames;
import io.fanfare.engine.wallet.Currency;
import io.fanfare.events.ConfiguredMilestone;
import io.fanfare.events.GameConfigured;
import io.fanfare.events.MilestonesConfigured;
import io.fanfare.store.Definitions;
import io.fanfare.store.OnEveryDatabase;
import io.fanfare.store.Page;
import io.fanfare.store.StoreServer;
import io.fanfare.store.campaign.CampaignDefinition;
import io.fanfare.store.campaign.CampaignSettings;
import io.fanfare.store.campaign.CampaignStatus;
import io.fanfare.store.campaign.Campaigns;
import io.fanfare.store.outbox.OutboxEvent;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class GamesIT {

    private static final Schedule WEEKDAYS = new Schedule(
            List.of(new Opening(
                    EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), LocalTime.of(8, 0), LocalTime.of(18, 30))),
            ZoneId.of("Europe/Berlin"));

    private final Definitions definitions;
    private final Games games;

    GamesIT(StoreServer server) {
        this.definitions = new Definitions(server);
        this.games = new Games(definitions.database(), definitions.outbox(), definitions.ids(), definitions.clock());
    }

    @Test
    void a_game_is_found_as_it_was_created() {
        GameRecord created = games.create(ACME, wheel("Spring wheel"), null);

        assertThat(created.revision()).isEqualTo(1);
        assertThat(created.definition()).isEqualTo(wheel("Spring wheel"));
        assertThat(games.find(ACME, created.id())).contains(created);
    }

    @Test
    void a_game_is_played_under_what_its_campaign_says_now() {
        var campaigns =
                new Campaigns(definitions.database(), definitions.outbox(), definitions.ids(), definitions.clock());
        GameRecord alone = games.create(ACME, wheel("Wheel of a campaign that nobody described"), null);
        CampaignId spring =
                campaigns.create(ACME, campaign(CampaignStatus.DRAFT, 0), null).id();
        GameRecord game = games.create(ACME, wheelOf(spring), null);
        campaigns.replace(ACME, spring, campaign(CampaignStatus.ACTIVE, 500), null);

        CampaignTerms terms =
                games.findPlayable(ACME, game.id()).map(PlayableGame::terms).orElseThrow();

        assertThat(terms).isEqualTo(new CampaignTerms(Stage.RUNNING, null, null, WEEKDAYS, 4, 2, 500));
        assertThat(games.findPlayable(ACME, game.id())).map(PlayableGame::game).contains(game);
        assertThat(games.findPlayable(ACME, alone.id()))
                .map(PlayableGame::terms)
                .contains(CampaignTerms.OPEN);
        assertThat(games.findPlayable(RIVAL, game.id())).isEmpty();
    }

    @Test
    void a_game_with_nothing_that_can_be_left_out_is_found_too() {
        var bare = new GameDefinition(
                null,
                null,
                "Bare",
                "spin_wheel",
                new PartNames("none", "basic", "probability"),
                GameStatus.DRAFT,
                GameRules.NONE,
                "{}",
                "{}",
                "{}",
                OnUnavailable.NO_WIN,
                WalletScope.TENANT);

        GameRecord created = games.create(ACME, bare, null);

        assertThat(games.find(ACME, created.id())).contains(created);
    }

    @Test
    void another_tenant_neither_sees_nor_changes_it() {
        GameId id = games.create(ACME, wheel("Spring wheel"), null).id();

        assertThat(games.find(RIVAL, id)).isEmpty();
        assertThat(games.find(RIVAL, id, 1)).isEmpty();
        assertThat(games.replace(RIVAL, id, wheel("Stolen wheel"), null)).isEmpty();
        assertThat(games.list(RIVAL, null, 10).items()).isEmpty();
        assertThat(games.find(ACME, id)).map(GameRecord::revision).contains(1L);
    }

    @Test
    void a_change_is_a_new_revision_and_the_old_one_stays() {
        GameRecord first = games.create(ACME, wheel("Spring wheel"), null);
        definitions.pass(Duration.ofMinutes(1));

        GameRecord second =
                games.replace(ACME, first.id(), wheel("Summer wheel"), null).orElseThrow();

        assertThat(second.revision()).isEqualTo(2);
        assertThat(second.createdAt()).isEqualTo(first.createdAt());
        assertThat(second.updatedAt()).isEqualTo(definitions.now());
        assertThat(games.find(ACME, first.id())).contains(second);
        assertThat(games.find(ACME, first.id(), 1)).contains(first);
        assertThat(games.find(ACME, first.id(), 2)).contains(second);
    }

    @Test
    void every_revision_is_published_without_odds() {
        GameId id = games.create(ACME, wheel("Spring wheel"), "00-trace").id();
        games.replace(ACME, id, wheel("Summer wheel"), null);

        assertThat(definitions.publishedKeys()).containsExactly("acme/game/" + id + "/1", "acme/game/" + id + "/2");
        GameConfigured published = (GameConfigured) definitions.published().getLast();
        assertThat(published.getName()).isEqualTo("Summer wheel");
        assertThat(published.getCampaignId()).isEqualTo("camp_spring");
        assertThat(published.getRevision()).isEqualTo(2);
        assertThat(published.getStatus()).isEqualTo("active");
        assertThat(published.toString()).doesNotContain("odds");
    }

    @Test
    void the_list_is_paged_from_the_newest() {
        List<GameRecord> created = Stream.of("One", "Two", "Three")
                .map(name -> games.create(ACME, wheel(name), null))
                .toList();

        Page<GameRecord> first = games.list(ACME, null, 2);
        Page<GameRecord> second = games.list(ACME, first.items().getLast().id(), 2);

        assertThat(first.items()).containsExactly(created.get(2), created.get(1));
        assertThat(first.hasMore()).isTrue();
        assertThat(second.items()).containsExactly(created.getFirst());
        assertThat(second.hasMore()).isFalse();
    }

    private static CampaignDefinition campaign(CampaignStatus status, long budget) {
        var settings = new CampaignSettings(false, List.of(), List.of(), 4, 2, WalletScope.CAMPAIGN);
        return new CampaignDefinition(
                null, "Spring", status, null, null, List.of(), List.of(), List.of(), settings, budget, WEEKDAYS);
    }

    @Test
    void milestones_are_told_with_the_revision_that_has_them_and_take_effect_a_little_later() {
        GameRecord created = games.create(ACME, wheelWith(milestones(100)), null);

        assertThat(games.find(ACME, created.id())).contains(created);
        assertThat(definitions.publishedKeys())
                .containsExactly(
                        "acme/game/%s/1".formatted(created.id()), "acme/milestones/%s/1".formatted(created.id()));
        MilestonesConfigured told =
                (MilestonesConfigured) definitions.published().getLast();
        assertThat(told.getScopeKey()).isEqualTo("camp_spring");
        assertThat(told.getMode()).isEqualTo("cumulative_unlock");
        assertThat(told.getAutoGrant()).isTrue();
        assertThat(told.getMilestones()).containsExactly(new ConfiguredMilestone("gold", 100L, "prize_1"));
        assertThat(told.getEffectiveAt()).isEqualTo(definitions.now().plus(Games.MILESTONES_LEAD));
    }

    @Test
    void milestones_that_are_taken_away_are_told_as_none_once_and_for_all_revisions_after() {
        GameRecord game = games.create(ACME, wheelWith(milestones(100)), null);
        games.replace(ACME, game.id(), wheelWith(milestones(50)), null);
        games.replace(ACME, game.id(), wheel("Spring wheel"), null);
        games.replace(ACME, game.id(), wheel("Summer wheel"), null);

        List<Integer> told = definitions.published().stream()
                .filter(MilestonesConfigured.class::isInstance)
                .map(MilestonesConfigured.class::cast)
                .map(configured -> configured.getMilestones().size())
                .toList();

        assertThat(told).containsExactly(1, 1, 0, 0);
        assertThat(games.find(ACME, game.id())).map(GameRecord::definition).contains(wheel("Summer wheel"));
        assertThat(games.milestoneFacts(ACME))
                .map(OutboxEvent::record)
                .isEqualTo(definitions.published().stream()
                        .filter(MilestonesConfigured.class::isInstance)
                        .toList());
    }

    @Test
    void a_game_that_never_had_milestones_tells_of_none() {
        games.create(ACME, wheel("Spring wheel"), null);

        assertThat(games.milestoneFacts(ACME)).isEmpty();
        assertThat(definitions.published()).hasSize(1);
    }

    private static Milestones milestones(long threshold) {
        return new Milestones(
                new Currency("points"),
                MilestoneMode.CUMULATIVE_UNLOCK,
                true,
                List.of(new Milestone(new MilestoneId("gold"), threshold, new PrizeId("prize_1"))));
    }

    private static GameDefinition wheelWith(Milestones milestones) {
        GameDefinition plain = wheel("Spring wheel");
        return new GameDefinition(
                plain.merchant(),
                plain.campaign(),
                plain.name(),
                plain.type(),
                plain.parts(),
                plain.status(),
                plain.rules(),
                plain.handlerConfig(),
                plain.validatorConfig(),
                plain.ui(),
                plain.onUnavailable(),
                plain.walletScope(),
                milestones);
    }

    private static GameDefinition wheel(String name) {
        return wheel(new CampaignId("camp_spring"), name);
    }

    private static GameDefinition wheelOf(CampaignId campaign) {
        return wheel(campaign, "Spring wheel");
    }

    private static GameDefinition wheel(CampaignId campaign, String name) {
        return new GameDefinition(
                new MerchantId("merch_1"),
                campaign,
                name,
                "spin_wheel",
                new PartNames("none", "basic", "probability"),
                GameStatus.ACTIVE,
                new GameRules(
                        3,
                        1,
                        true,
                        Instant.parse("2026-01-01T00:00:00Z"),
                        Instant.parse("2026-12-31T23:59:59.999Z"),
                        true),
                "{\"prizes\":[{\"odds\":1}]}",
                "{\"min_duration_ms\":100}",
                "{\"theme\":\"spring\"}",
                OnUnavailable.FAIL,
                WalletScope.CAMPAIGN);
    }
}
