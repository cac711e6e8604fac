package io.fanfare.store.prize;

import static io.fanfare.store.Definitions.ACME;
import static io.fanfare.store.Definitions.RIVAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.engine.game.GameId;
import io.fanfare.engine.game.GameRules;
import io.fanfare.engine.game.GameStatus;
import io.fanfare.engine.game.OnUnavailable;
import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.milestone.RedemptionId;
import io.fanfare.engine.play.PlayId;
import io.fanfare.engine.prize.AwardId;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.prize.PrizeType;
import io.fanfare.engine.prize.RewardId;
import io.fanfare.engine.reward.RewardState;
import io.fanfare.engine.reward.RewardStep;
import io.fanfare.engine.shape.Shapes.PartNames;
import io.fanfare.engine.wallet.ScopeKey;
import io.fanfare.store.Definitions;
import io.fanfare.store.OnEveryDatabase;
import io.fanfare.store.StoreServer;
import io.fanfare.store.game.GameDefinition;
import io.fanfare.store.game.Games;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class WinnersIT {

    private static final PlayerId ADA = new PlayerId("ada");
    private static final CampaignId SPRING = new CampaignId("camp_spring");
    private static final CampaignId AUTUMN = new CampaignId("camp_autumn");
    private static final PrizeId MUG = new PrizeId("prize_mug");
    private static final PrizeId TRIP = new PrizeId("prize_trip");

    private final Definitions definitions;
    private final Games games;
    private final Rewards rewards;
    private final Minting minting;
    private final Winners winners;

    WinnersIT(StoreServer server) {
        this.definitions = new Definitions(server);
        this.games = new Games(definitions.database(), definitions.outbox(), definitions.ids(), definitions.clock());
        this.rewards = new Rewards(definitions.database(), definitions.outbox(), definitions.clock());
        this.minting = new Minting(definitions.database(), definitions.outbox());
        this.winners = new Winners(definitions.database());
    }

    @Test
    void what_was_won_is_told_from_the_newest_however_it_was_won() {
        GameId wheel = game(SPRING);
        GameId cards = game(SPRING);
        RewardId first = won(wheel, MUG, new RewardCause.OfPlay(new PlayId("play_1")));
        RewardId second = won(cards, MUG, new RewardCause.OfRedemption(new RedemptionId("rdm_1")));
        RewardId third = won(ACME, wheel, TRIP, PrizeType.PHYSICAL);
        RewardId fourth = won(wheel, MUG);

        List<RewardRecord> newest = winners.newest(ACME, SPRING);

        assertThat(newest).extracting(RewardRecord::id).containsExactly(fourth, third, second, first);
        assertThat(newest.getFirst().player()).isEqualTo(ADA);
        assertThat(newest.getFirst().state().wonAt()).isEqualTo(definitions.now());
    }

    @Test
    void what_was_revoked_is_not_told_and_what_expired_is() {
        GameId wheel = game(SPRING);
        RewardId expired = won(wheel, MUG);
        RewardId revoked = won(wheel, MUG);
        RewardId claimed = won(wheel, MUG);
        rewards.claim(ACME, ADA, claimed, null);
        rewards.step(ACME, revoked, new RewardStep.Revoke(false), new Actor("olga", "not a customer", null));
        definitions.pass(Duration.ofHours(2));
        new RewardExpiry(definitions.database(), definitions.outbox(), definitions.clock()).sweep(10);

        assertThat(rewards.find(ACME, expired).orElseThrow().state()).isInstanceOf(RewardState.Expired.class);
        assertThat(told(SPRING)).containsExactly(claimed, expired);
    }

    @Test
    void neither_credits_nor_consolations_are_told() {
        GameId wheel = game(SPRING);
        won(ACME, wheel, MUG, PrizeType.POINTS);
        won(ACME, wheel, MUG, PrizeType.LUCKY_ITEM);
        won(ACME, wheel, MUG, PrizeType.NONE);
        RewardId parcel = won(ACME, wheel, MUG, PrizeType.PHYSICAL);

        assertThat(told(SPRING)).containsExactly(parcel);
    }

    @Test
    void nobody_elses_winners_are_told() {
        GameId wheel = game(SPRING);
        GameId elsewhere = game(AUTUMN);
        RewardId mine = won(wheel, MUG);
        RewardId theirs = won(elsewhere, MUG);
        won(RIVAL, wheel, MUG, PrizeType.VOUCHER);

        assertThat(told(SPRING)).containsExactly(mine);
        assertThat(told(AUTUMN)).containsExactly(theirs);
        assertThat(told(new CampaignId("camp_without_games"))).isEmpty();
        assertThat(winners.newest(RIVAL, SPRING)).isEmpty();
    }

    @Test
    void a_game_that_moves_takes_no_winners_along() {
        GameId wheel = game(SPRING);
        won(wheel, MUG);
        moves(wheel, AUTUMN);
        RewardId there = won(wheel, MUG);

        assertThat(told(SPRING)).isEmpty();
        assertThat(told(AUTUMN)).containsExactly(there);

        moves(wheel, null);
        won(wheel, MUG);
        moves(wheel, SPRING);
        RewardId back = won(wheel, MUG);
        moves(wheel, SPRING);

        assertThat(told(SPRING)).containsExactly(back);
        assertThat(told(AUTUMN)).isEmpty();
    }

    @Test
    void no_more_are_told_than_anybody_wants_to_read() {
        GameId wheel = game(SPRING);
        List<RewardId> all = IntStream.rangeClosed(0, Winners.MOST_WINNERS)
                .mapToObj(_ -> won(wheel, MUG))
                .toList();

        assertThat(told(SPRING)).isEqualTo(all.subList(1, all.size()).reversed());
    }

    @Test
    void neither_drafts_nor_deleted_games_are_told_of() {
        GameId drafted = game(SPRING);
        GameId deleted = game(SPRING);
        GameId ended = game(SPRING);
        won(drafted, MUG);
        won(deleted, MUG);
        RewardId last = won(ended, MUG);
        games.replace(ACME, drafted, wheel(SPRING, GameStatus.DRAFT), null);
        games.replace(ACME, deleted, wheel(SPRING, GameStatus.ENDED), null);
        games.replace(ACME, ended, wheel(SPRING, GameStatus.ENDED), null);
        games.delete(ACME, deleted, null);

        assertThat(told(SPRING)).containsExactly(last);
    }

    private List<RewardId> told(CampaignId campaign) {
        return winners.newest(ACME, campaign).stream().map(RewardRecord::id).toList();
    }

    private RewardId won(GameId game, PrizeId prize) {
        return won(ACME, game, prize, PrizeType.VOUCHER);
    }

    private RewardId won(GameId game, PrizeId prize, RewardCause cause) {
        return won(ACME, game, prize, PrizeType.VOUCHER, cause);
    }

    private RewardId won(TenantId tenant, GameId game, PrizeId prize, PrizeType type) {
        return won(tenant, game, prize, type, new RewardCause.OfAward(new AwardId("award_1")));
    }

    private RewardId won(TenantId tenant, GameId game, PrizeId prize, PrizeType type, RewardCause cause) {
        var state = new RewardState.Won(definitions.now(), definitions.now().plus(Duration.ofHours(1)));
        var reward = new NewReward(
                tenant, definitions.ids().reward(), ADA, prize, game, cause, 0, "Mug", null, type, 1, 500, null, state);
        var origin = new Minting.Origin(null, null, new ScopeKey("camp_spring"), null);
        definitions.database().inTransaction(() -> minting.mint(reward, origin));
        return reward.id();
    }

    private GameId game(@Nullable CampaignId campaign) {
        return games.create(ACME, wheel(campaign, GameStatus.ACTIVE), null).id();
    }

    private void moves(GameId game, @Nullable CampaignId campaign) {
        definitions.pass(Duration.ofMinutes(1));
        assertThat(games.replace(ACME, game, wheel(campaign, GameStatus.ACTIVE), null))
                .isPresent();
    }

    private static GameDefinition wheel(@Nullable CampaignId campaign, GameStatus status) {
        return new GameDefinition(
                null,
                campaign,
                "Wheel",
                "spin_wheel",
                new PartNames("none", "basic", "probability"),
                status,
                GameRules.NONE,
                "{}",
                "{}",
                "{}",
                OnUnavailable.NO_WIN,
                null);
    }
}
