package io.fanfare.store;

import static io.fanfare.store.Definitions.ACME;
import static io.fanfare.store.Definitions.RIVAL;
import static io.fanfare.store.redemption.MilestoneShop.ADA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fanfare.engine.campaign.WalletScope;
import io.fanfare.engine.game.GameId;
import io.fanfare.engine.game.GameRules;
import io.fanfare.engine.game.GameStatus;
import io.fanfare.engine.game.OnUnavailable;
import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.milestone.MilestoneId;
import io.fanfare.engine.milestone.MilestoneMode;
import io.fanfare.engine.play.Unavailability;
import io.fanfare.engine.prize.AwardConstraints;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.prize.PrizeType;
import io.fanfare.engine.reward.Redemption;
import io.fanfare.engine.shape.Shapes.PartNames;
import io.fanfare.engine.wallet.ScopeKey;
import io.fanfare.events.CampaignConfigured;
import io.fanfare.events.GameConfigured;
import io.fanfare.events.MilestonesConfigured;
import io.fanfare.events.PrizeConfigured;
import io.fanfare.store.award.AwardKey;
import io.fanfare.store.campaign.CampaignDefinition;
import io.fanfare.store.campaign.CampaignSettings;
import io.fanfare.store.campaign.CampaignStatus;
import io.fanfare.store.campaign.Campaigns;
import io.fanfare.store.game.GameDefinition;
import io.fanfare.store.game.GameRecord;
import io.fanfare.store.game.Games;
import io.fanfare.store.granting.Earned;
import io.fanfare.store.granting.Grant;
import io.fanfare.store.granting.Granting;
import io.fanfare.store.leaderboard.LeaderboardDefinition;
import io.fanfare.store.leaderboard.Leaderboards;
import io.fanfare.store.outbox.OutboxEvent;
import io.fanfare.store.prize.PrizeDefinition;
import io.fanfare.store.prize.Prizes;
import io.fanfare.store.prize.Stock;
import io.fanfare.store.redemption.MilestoneShop;
import io.fanfare.store.redemption.RedemptionRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** What is deleted is not found any more, tells the topics so, and takes nothing away from what came of it. */
@OnEveryDatabase
class DeletionIT {

    private final StoreServer server;
    private final Definitions definitions;
    private final Games games;
    private final Prizes prizes;
    private final Campaigns campaigns;

    DeletionIT(StoreServer server) {
        this.server = server;
        this.definitions = new Definitions(server);
        this.games = new Games(definitions.database(), definitions.outbox(), definitions.ids(), definitions.clock());
        this.prizes = new Prizes(definitions.database(), definitions.outbox(), definitions.ids(), definitions.clock());
        this.campaigns =
                new Campaigns(definitions.database(), definitions.outbox(), definitions.ids(), definitions.clock());
    }

    @Test
    void a_game_ends_in_a_last_revision_that_is_told_and_told_again() {
        GameRecord game = games.create(ACME, wheel(GameStatus.PAUSED, "{}"), null);
        definitions.pass(Duration.ofMinutes(1));

        Deletion deletion = games.delete(ACME, game.id(), null);

        assertThat(deletion).isEqualTo(new Deletion.Deleted(definitions.now()));
        assertThat(games.find(ACME, game.id())).isEmpty();
        assertThat(games.findPlayable(ACME, game.id())).isEmpty();
        assertThat(games.list(ACME, null, 10).items()).isEmpty();
        assertThat(games.replace(ACME, game.id(), wheel(GameStatus.ACTIVE, "{}"), null))
                .isEmpty();
        assertThat(games.find(ACME, game.id(), 1)).contains(game);
        assertThat(games.findOrDeleted(ACME, game.id()))
                .map(last -> last.definition().status())
                .contains(GameStatus.ENDED);
        assertThat(definitions.published())
                .map(GameConfigured.class::cast)
                .extracting(GameConfigured::getRevision, GameConfigured::getDeleted)
                .containsExactly(tuple(1L, false), tuple(2L, true));
        assertThat(games.facts(ACME)).map(OutboxEvent::record).isEqualTo(definitions.published());
    }

    @Test
    void deleting_again_changes_nothing() throws Exception {
        GameId game = games.create(ACME, wheel(GameStatus.DRAFT, "{}"), null).id();
        PrizeId mug = mug();
        CampaignId spring =
                campaigns.create(ACME, campaign(CampaignStatus.DRAFT), null).id();
        Instant then = definitions.now();
        List<Callable<Deletion>> twenty = Collections.nCopies(20, () -> games.delete(ACME, game, null));

        List<Deletion> deletions = MilestoneShop.allAtOnce(twenty);
        prizes.delete(ACME, mug, null);
        campaigns.delete(ACME, spring, null);
        int published = definitions.published().size();
        definitions.pass(Duration.ofHours(1));

        assertThat(deletions).containsOnly(new Deletion.Deleted(then));
        assertThat(games.delete(ACME, game, null)).isEqualTo(new Deletion.Deleted(then));
        assertThat(prizes.delete(ACME, mug, null)).isEqualTo(new Deletion.Deleted(then));
        assertThat(campaigns.delete(ACME, spring, null)).isEqualTo(new Deletion.Deleted(then));
        assertThat(definitions.published()).hasSize(published).hasSize(6);
    }

    @Test
    void what_can_be_played_is_not_deleted() {
        GameId game = games.create(ACME, wheel(GameStatus.ACTIVE, "{}"), null).id();
        CampaignId spring =
                campaigns.create(ACME, campaign(CampaignStatus.ACTIVE), null).id();

        assertThat(games.delete(ACME, game, null)).isEqualTo(new Deletion.Active());
        assertThat(campaigns.delete(ACME, spring, null)).isEqualTo(new Deletion.Active());
        assertThat(games.find(ACME, game)).isPresent();
        assertThat(campaigns.find(ACME, spring)).isPresent();
    }

    @Test
    void another_tenants_things_are_not_there() {
        GameId game = games.create(ACME, wheel(GameStatus.DRAFT, "{}"), null).id();
        PrizeId mug = mug();
        CampaignId spring =
                campaigns.create(ACME, campaign(CampaignStatus.DRAFT), null).id();

        assertThat(games.delete(RIVAL, game, null)).isEqualTo(new Deletion.NotFound());
        assertThat(prizes.delete(RIVAL, mug, null)).isEqualTo(new Deletion.NotFound());
        assertThat(campaigns.delete(RIVAL, spring, null)).isEqualTo(new Deletion.NotFound());
    }

    @Test
    void a_campaign_goes_after_its_games() {
        CampaignId spring =
                campaigns.create(ACME, campaign(CampaignStatus.PAUSED), null).id();
        GameId game = games.create(ACME, wheel(GameStatus.PAUSED, "{}").in(spring), null)
                .id();

        assertThat(campaigns.delete(ACME, spring, null)).isEqualTo(new Deletion.InUse(List.of(game.value())));
        games.delete(ACME, game, null);
        assertThat(campaigns.delete(ACME, spring, null)).isEqualTo(new Deletion.Deleted(definitions.now()));

        assertThat(campaigns.find(ACME, spring)).isEmpty();
        assertThat(campaigns.list(ACME, null, 10).items()).isEmpty();
        assertThat(campaigns.replace(ACME, spring, campaign(CampaignStatus.ACTIVE), null))
                .isEmpty();
        assertThat(games.findPlayed(ACME, game, 1, definitions.now())).isPresent();
        CampaignConfigured last = (CampaignConfigured) definitions.published().getLast();
        assertThat(last.getDeleted()).isTrue();
        assertThat(last.getStatus()).isEqualTo("ended");
        assertThat(campaigns.facts(ACME)).map(OutboxEvent::record).last().isEqualTo(last);
    }

    @Test
    void a_prize_goes_when_nothing_offers_it() {
        PrizeId mug = mug();
        GameId game = games.create(
                        ACME, wheel(GameStatus.PAUSED, "{\"prizes\":[{\"prize_id\":\"%s\"}]}".formatted(mug)), null)
                .id();
        GameId other = games.create(
                        ACME, wheel(GameStatus.ACTIVE, "{\"prizes\":[{\"prize_id\":\"%s9\"}]}".formatted(mug)), null)
                .id();

        assertThat(prizes.delete(ACME, mug, null)).isEqualTo(new Deletion.InUse(List.of(game.value())));
        games.delete(ACME, game, null);
        assertThat(prizes.delete(ACME, mug, null)).isEqualTo(new Deletion.Deleted(definitions.now()));

        assertThat(games.find(ACME, other)).isPresent();
        assertThat(prizes.find(ACME, mug)).isEmpty();
        assertThat(held(mug)).isEmpty();
        assertThat(prizes.findAll(ACME, List.of(mug))).containsOnlyKeys(mug);
        assertThat(prizes.list(ACME, null, 10).items()).isEmpty();
        assertThat(prizes.summarize(ACME, null, 10).items()).isEmpty();
        PrizeConfigured last = (PrizeConfigured) definitions.published().getLast();
        assertThat(last.getDeleted()).isTrue();
        assertThat(last.getRevision()).isEqualTo(2);
        assertThat(prizes.facts(ACME)).map(OutboxEvent::record).containsExactly(last);
    }

    @Test
    void a_prize_of_a_leaderboard_stays_as_long_as_the_board() {
        var boards =
                new Leaderboards(definitions.database(), definitions.outbox(), definitions.ids(), definitions.clock());
        PrizeId mug = mug();
        var tiers = "{\"prize_tiers\":[{\"from_rank\":1,\"to_rank\":1,\"prize_id\":\"%s\"}]}".formatted(mug);
        var board =
                boards.create(ACME, new LeaderboardDefinition(null, "Spring", "total_plays", "unique", tiers), null);

        assertThat(prizes.delete(ACME, mug, null))
                .isEqualTo(new Deletion.InUse(List.of(board.id().value())));
        boards.delete(ACME, board.id(), null);
        assertThat(prizes.delete(ACME, mug, null)).isInstanceOf(Deletion.Deleted.class);
    }

    @Test
    void milestones_of_a_deleted_game_are_told_as_none_and_what_was_reached_before_is_granted_still() {
        var shop = new MilestoneShop(server, MilestoneMode.CUMULATIVE_UNLOCK);
        Games theirs = games(shop);
        theirs.replace(ACME, shop.game().id(), paused(shop.game()), null);

        theirs.delete(ACME, shop.game().id(), null);
        Grant grant = granting(shop).grant(earned(shop));

        assertThat(grant).isInstanceOf(Grant.Granted.class);
        assertThat(shop.rewardsOf(ADA)).hasSize(1);
        assertThat(theirs.milestoneFacts(ACME))
                .map(OutboxEvent::record)
                .last()
                .extracting(MilestonesConfigured::getMilestones)
                .isEqualTo(List.of());
    }

    @Test
    void a_prize_that_is_promised_stays_until_the_promise_is_kept() {
        var shop = new MilestoneShop(server, MilestoneMode.SPEND_EXCHANGE);
        RedemptionRecord redemption = shop.reserved(ADA);
        Games theirs = games(shop);
        theirs.replace(ACME, shop.game().id(), paused(shop.game()), null);
        theirs.delete(ACME, shop.game().id(), null);

        Deletion tooEarly = prizes(shop).delete(ACME, shop.prize(), null);
        shop.redemptions().accept(redemption.key(), redemption.walletNumber(), 0L);
        Deletion afterwards = prizes(shop).delete(ACME, shop.prize(), null);

        assertThat(tooEarly)
                .isEqualTo(new Deletion.InUse(List.of(redemption.key().id().value())));
        assertThat(afterwards).isInstanceOf(Deletion.Deleted.class);
        assertThat(shop.rewardsOf(ADA)).hasSize(1);
    }

    @Test
    void a_prize_that_was_earned_in_vain_stays_until_somebody_gets_it() {
        var shop = new MilestoneShop(server, MilestoneMode.CUMULATIVE_UNLOCK);
        prizes(shop).changeStock(ACME, shop.prize(), -3, "sold out");
        Grant grant = granting(shop).grant(earned(shop));
        Games theirs = games(shop);
        theirs.replace(ACME, shop.game().id(), paused(shop.game()), null);
        theirs.delete(ACME, shop.game().id(), null);

        assertThat(grant).isEqualTo(new Grant.Unawarded(Unavailability.OUT_OF_STOCK));
        assertThat(prizes(shop).delete(ACME, shop.prize(), null)).isInstanceOf(Deletion.InUse.class);
    }

    @Test
    void a_prize_is_not_deleted_while_a_game_is_saved_that_awards_it() throws Exception {
        PrizeId mug = mug();
        var game = wheel(GameStatus.ACTIVE, "{\"prizes\":[{\"prize_id\":\"%s\"}]}".formatted(mug));

        Deletion deletion = Overlap.beforeCommit(
                definitions.database(),
                () -> {
                    assertThat(prizes.hold(ACME, List.of(mug))).containsExactly(mug);
                    games.create(ACME, game, null);
                },
                () -> prizes.delete(ACME, mug, null));

        assertThat(deletion).isInstanceOf(Deletion.InUse.class);
    }

    @Test
    void a_prize_is_not_held_while_it_is_deleted() throws Exception {
        PrizeId mug = mug();

        Set<PrizeId> held =
                Overlap.beforeCommit(definitions.database(), () -> prizes.delete(ACME, mug, null), () -> held(mug));

        assertThat(held).isEmpty();
    }

    @Test
    void a_campaign_is_not_deleted_while_a_game_is_saved_into_it() throws Exception {
        CampaignId spring =
                campaigns.create(ACME, campaign(CampaignStatus.DRAFT), null).id();

        Deletion deletion = Overlap.beforeCommit(
                definitions.database(),
                () -> {
                    assertThat(campaigns.hold(ACME, spring)).isTrue();
                    games.create(ACME, wheel(GameStatus.ACTIVE, "{}").in(spring), null);
                },
                () -> campaigns.delete(ACME, spring, null));

        assertThat(deletion).isInstanceOf(Deletion.InUse.class);
    }

    @Test
    void a_campaign_is_not_held_while_it_is_deleted() throws Exception {
        CampaignId spring =
                campaigns.create(ACME, campaign(CampaignStatus.DRAFT), null).id();

        boolean held = Overlap.beforeCommit(
                definitions.database(),
                () -> campaigns.delete(ACME, spring, null),
                () -> definitions.database().inTransaction(() -> campaigns.hold(ACME, spring)));

        assertThat(held).isFalse();
        assertThat(definitions
                        .database()
                        .inTransaction(() -> campaigns.hold(ACME, new CampaignId("camp_that_never_was"))))
                .isTrue();
    }

    private Set<PrizeId> held(PrizeId prize) {
        return definitions.database().inTransaction(() -> prizes.hold(ACME, List.of(prize)));
    }

    private PrizeId mug() {
        return prizes.create(
                        ACME,
                        new PrizeDefinition(
                                "Mug",
                                PrizeType.VOUCHER,
                                null,
                                500,
                                AwardConstraints.NONE,
                                false,
                                Redemption.ON_CLAIM,
                                "{}"),
                        Stock.Limited.of(3),
                        null)
                .id();
    }

    private static GameDefinition wheel(GameStatus status, String handlerConfig) {
        return new GameDefinition(
                null,
                null,
                "Wheel",
                "spin_wheel",
                new PartNames("none", "basic", "probability"),
                status,
                GameRules.NONE,
                handlerConfig,
                "{}",
                "{}",
                OnUnavailable.NO_WIN,
                WalletScope.CAMPAIGN);
    }

    private static GameDefinition paused(GameRecord game) {
        GameDefinition was = game.definition();
        return new GameDefinition(
                was.merchant(),
                was.campaign(),
                was.name(),
                was.type(),
                was.parts(),
                GameStatus.PAUSED,
                was.rules(),
                was.handlerConfig(),
                was.validatorConfig(),
                was.ui(),
                was.onUnavailable(),
                was.walletScope(),
                was.milestones());
    }

    private static CampaignDefinition campaign(CampaignStatus status) {
        return new CampaignDefinition(
                null,
                "Spring",
                status,
                null,
                null,
                List.of(),
                List.of(),
                List.of(),
                new CampaignSettings(false, List.of(), List.of(), 0, 0, WalletScope.CAMPAIGN));
    }

    private static Games games(MilestoneShop shop) {
        return new Games(
                shop.database(),
                shop.outbox(),
                shop.definitions().ids(),
                shop.definitions().clock());
    }

    private static Prizes prizes(MilestoneShop shop) {
        return new Prizes(
                shop.database(),
                shop.outbox(),
                shop.definitions().ids(),
                shop.definitions().clock());
    }

    private static Granting granting(MilestoneShop shop) {
        return new Granting(
                shop.database(),
                shop.outbox(),
                shop.definitions().ids(),
                shop.definitions().clock());
    }

    private static Earned earned(MilestoneShop shop) {
        var wallet = new ScopeKey(MilestoneShop.CAMPAIGN.value());
        return new Earned(
                AwardKey.ofMilestone(ACME, wallet, shop.game().id(), new MilestoneId("gold"), ADA),
                shop.game().id(),
                shop.prize(),
                wallet,
                null);
    }
}
