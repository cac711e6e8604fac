package io.fanfare.store.granting;

import static io.fanfare.engine.milestone.MilestoneMode.CUMULATIVE_UNLOCK;
import static io.fanfare.store.Definitions.ACME;
import static io.fanfare.store.Definitions.RIVAL;
import static io.fanfare.store.redemption.MilestoneShop.ADA;
import static io.fanfare.store.redemption.MilestoneShop.GRACE;
import static io.fanfare.store.redemption.MilestoneShop.allAtOnce;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.milestone.MilestoneId;
import io.fanfare.engine.play.Unavailability;
import io.fanfare.engine.prize.AwardConstraints;
import io.fanfare.engine.prize.AwardId;
import io.fanfare.engine.prize.PrizeType;
import io.fanfare.engine.wallet.ScopeKey;
import io.fanfare.events.RewardGranted;
import io.fanfare.events.WalletCommand;
import io.fanfare.schemas.Topics;
import io.fanfare.store.OnEveryDatabase;
import io.fanfare.store.StoreServer;
import io.fanfare.store.award.AwardKey;
import io.fanfare.store.award.AwardRecord;
import io.fanfare.store.award.AwardState;
import io.fanfare.store.award.Awards;
import io.fanfare.store.prize.PrizeDefinition;
import io.fanfare.store.prize.RewardCause;
import io.fanfare.store.prize.RewardRecord;
import io.fanfare.store.redemption.Ending;
import io.fanfare.store.redemption.MilestoneShop;
import io.fanfare.store.redemption.RedemptionRecord;
import io.fanfare.store.redemption.RedemptionState;
import io.fanfare.store.redemption.Reservation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class GrantingIT {

    private static final ScopeKey WALLET = new ScopeKey(MilestoneShop.CAMPAIGN.value());

    private final StoreServer server;
    private final MilestoneShop shop;
    private final Granting granting;
    private final Awards awards;

    GrantingIT(StoreServer server) {
        this.server = server;
        this.shop = new MilestoneShop(server, CUMULATIVE_UNLOCK);
        this.granting = granting(shop);
        this.awards = new Awards(shop.database());
    }

    @Test
    void what_is_earned_is_granted_once_however_often_it_is_told() throws Exception {
        List<Callable<Grant>> told = IntStream.range(0, 20)
                .<Callable<Grant>>mapToObj(_ -> () -> granting.grant(earned(ADA)))
                .toList();

        List<Grant> grants = allAtOnce(told);

        assertThat(grants).filteredOn(Grant.Granted.class::isInstance).hasSize(1);
        assertThat(grants).filteredOn(Grant.GrantedBefore.class::isInstance).hasSize(19);
        assertThat(shop.remaining()).isEqualTo(2);
        assertThat(shop.rewardsOf(ADA)).singleElement().satisfies(reward -> {
            assertThat(reward.cause()).isInstanceOf(RewardCause.OfAward.class);
            assertThat(reward.code()).isEqualTo("A");
        });
        assertThat(shop.published(Topics.REWARDS.name(), RewardGranted.class)).hasSize(1);
    }

    @Test
    void each_player_gets_one_of_their_own() {
        granting.grant(earned(ADA));
        granting.grant(earned(GRACE));

        assertThat(shop.rewardsOf(ADA)).hasSize(1);
        assertThat(shop.rewardsOf(GRACE)).hasSize(1);
        assertThat(shop.remaining()).isEqualTo(1);
    }

    @Test
    void what_was_granted_cannot_be_redeemed() {
        granting.grant(earned(ADA));

        assertThat(shop.reserve(ADA)).isEqualTo(new Reservation.AlreadyAwarded());
    }

    @Test
    void what_was_redeemed_is_not_granted_again() {
        RedemptionRecord redemption = shop.reserved(ADA);
        shop.redemptions().accept(redemption.key(), redemption.walletNumber(), null);

        Grant grant = granting.grant(earned(ADA));

        assertThat(grant)
                .isEqualTo(new Grant.GrantedBefore(
                        new AwardState.Awarded(redemption.unit().reward())));
        assertThat(shop.rewardsOf(ADA)).hasSize(1);
    }

    @Test
    void what_is_set_aside_for_a_redemption_is_what_is_granted() {
        RedemptionRecord redemption = shop.reserved(ADA);

        Grant grant = granting.grant(earned(ADA));
        Ending refusedLater =
                shop.redemptions().refuse(redemption.key(), redemption.walletNumber(), "BELOW_THRESHOLD", "reversed");

        assertThat(grant).isEqualTo(new Grant.Granted(redemption.unit().reward()));
        assertThat(refusedLater).isInstanceOf(Ending.EndedBefore.class);
        assertThat(shop.redemptions().find(ACME, redemption.key().id()))
                .map(RedemptionRecord::state)
                .contains(new RedemptionState.Granted(shop.definitions().now(), null, null));
        assertThat(shop.rewardsOf(ADA))
                .extracting(RewardRecord::id)
                .containsExactly(redemption.unit().reward());
        assertThat(shop.remaining()).isEqualTo(2);
    }

    @Test
    void redeemed_and_granted_at_the_same_time_there_is_one_reward() throws Exception {
        for (int round = 0; round < 10; round++) {
            var player = new PlayerId("player" + round);
            var own = new MilestoneShop(server, CUMULATIVE_UNLOCK);
            Granting beside = granting(own);
            List<Callable<Object>> both = new ArrayList<>();
            both.add(() -> beside.grant(earned(own, player)));
            both.add(() -> {
                Reservation reservation = own.reserve(player);
                return reservation instanceof Reservation.Reserved(RedemptionRecord redemption)
                        ? own.redemptions().accept(redemption.key(), redemption.walletNumber(), null)
                        : reservation;
            });

            allAtOnce(both);

            assertThat(own.rewardsOf(player)).as("round %d", round).hasSize(1);
            assertThat(own.remaining()).as("round %d", round).isEqualTo(2);
        }
    }

    @Test
    void what_cannot_be_awarded_is_written_down_and_can_be_redeemed_later() {
        for (int buyer = 0; buyer < 3; buyer++) {
            granting.grant(earned(new PlayerId("buyer" + buyer)));
        }

        Grant grant = granting.grant(earned(ADA));
        Grant again = granting.grant(earned(ADA));

        assertThat(grant).isEqualTo(new Grant.Unawarded(Unavailability.OUT_OF_STOCK));
        assertThat(again).isEqualTo(new Grant.GrantedBefore(new AwardState.Unawarded(Unavailability.OUT_OF_STOCK)));
        assertThat(unawarded()).containsExactly(ADA);
        assertThat(awards.unawarded(RIVAL, null, 20).items()).isEmpty();
        assertThat(shop.reserve(ADA)).isInstanceOf(Reservation.PrizeUnavailable.class);
        assertThat(unawarded()).containsExactly(ADA);

        shop.restock();
        shop.moreCodes("D");
        RedemptionRecord redemption = shop.reserved(ADA);
        assertThat(unawarded()).isEmpty();
        shop.redemptions().refuse(redemption.key(), redemption.walletNumber(), "BELOW_THRESHOLD", "reversed");
        assertThat(unawarded()).containsExactly(ADA);
        RedemptionRecord second = shop.reserved(ADA);
        shop.redemptions().accept(second.key(), second.walletNumber(), null);

        assertThat(unawarded()).isEmpty();
        assertThat(shop.rewardsOf(ADA)).hasSize(1);
    }

    @Test
    void what_could_not_be_awarded_is_tried_again_once_for_all_who_try_at_the_same_time() throws Exception {
        AwardId award = earnedInVain();
        shop.restock();
        shop.moreCodes("D");
        List<Callable<Retry>> twenty = Collections.nCopies(20, () -> granting.retry(retry(award)));

        List<Retry> retries = allAtOnce(twenty);

        assertThat(retries).filteredOn(Retry.Granted.class::isInstance).hasSize(1);
        assertThat(retries).filteredOn(Retry.GrantedBefore.class::isInstance).hasSize(19);
        assertThat(shop.rewardsOf(ADA)).singleElement().satisfies(reward -> {
            assertThat(reward.cause()).isEqualTo(new RewardCause.OfAward(award));
            assertThat(reward.code()).isEqualTo("D");
        });
        assertThat(shop.remaining()).isZero();
        assertThat(unawarded()).isEmpty();
        assertThat(shop.published(Topics.REWARDS.name(), RewardGranted.class))
                .last()
                .satisfies(told -> assertThat(told.getCauseId()).isEqualTo(award.value()));
        assertThat(log()).containsExactly("awarded");
    }

    @Test
    void while_the_prize_cannot_be_had_trying_again_changes_nothing_but_the_log() {
        AwardId award = earnedInVain();
        shop.restock();

        Retry retry = granting.retry(retry(award));

        assertThat(retry).isEqualTo(new Retry.StillUnawarded(shop.prize(), Unavailability.NO_CODE));
        assertThat(shop.remaining()).isEqualTo(1);
        assertThat(shop.rewardsOf(ADA)).isEmpty();
        assertThat(unawarded()).containsExactly(ADA);
        assertThat(log()).containsExactly("no_code");
    }

    @Test
    void trying_again_grants_what_a_redemption_has_set_aside_for_what_was_earned() {
        AwardId award = earnedInVain();
        shop.restock();
        shop.moreCodes("D");
        RedemptionRecord redemption = shop.reserved(ADA);

        Retry retry = granting.retry(retry(award));
        Ending later = shop.redemptions().accept(redemption.key(), redemption.walletNumber(), null);

        assertThat(retry).isEqualTo(new Retry.Granted(redemption.unit().reward()));
        assertThat(later).isInstanceOf(Ending.EndedBefore.class);
        assertThat(shop.rewardsOf(ADA)).hasSize(1);
    }

    @Test
    void nothing_is_granted_by_trying_that_nobody_has_earned() {
        AwardId inVain = earnedInVain();
        shop.restock();
        shop.moreCodes("D");
        shop.reserved(GRACE);
        AwardId asked = new AwardId(shop.database()
                .jdbc()
                .sql("select award_id from award where player_id = 'grace'")
                .query((row, _) -> row.getString(1))
                .single());

        assertThat(granting.retry(retry(asked))).isEqualTo(new Retry.NotFound());
        assertThat(granting.retry(retry(new AwardId("award_none")))).isEqualTo(new Retry.NotFound());
        assertThat(granting.retry(new RetryWish(RIVAL, inVain, "linus", "a gift", null)))
                .isEqualTo(new Retry.NotFound());
        assertThat(shop.rewardsOf(GRACE)).isEmpty();
        assertThat(log()).isEmpty();
    }

    @Test
    void points_of_an_award_that_is_tried_again_are_paid_into_the_wallet_that_earned_them() {
        var bonus = new MilestoneShop(
                server,
                CUMULATIVE_UNLOCK,
                new PrizeDefinition("Bonus", PrizeType.POINTS, null, 40, new AwardConstraints(1, 0), false, "{}"));
        Granting beside = granting(bonus);
        beside.grant(earned(bonus, ADA));
        var second = new AwardKey(
                ACME, AwardKey.Cause.MILESTONE, WALLET + "/" + bonus.game().id() + "/silver", ADA);
        beside.grant(new Earned(second, bonus.game().id(), bonus.prize(), WALLET, null));
        AwardId award = new Awards(bonus.database())
                .unawarded(ACME, null, 1)
                .items()
                .getFirst()
                .id();
        bonus.database().jdbc().sql("delete from award_counter").update();

        Retry retry = beside.retry(retry(award));

        assertThat(retry).isInstanceOf(Retry.Granted.class);
        assertThat(bonus.published(Topics.WALLET_COMMANDS.name(), WalletCommand.class))
                .hasSize(2)
                .extracting(WalletCommand::getScopeKey)
                .containsOnly(WALLET.value());
    }

    private AwardId earnedInVain() {
        for (int buyer = 0; buyer < 3; buyer++) {
            granting.grant(earned(new PlayerId("buyer" + buyer)));
        }
        assertThat(granting.grant(earned(ADA))).isEqualTo(new Grant.Unawarded(Unavailability.OUT_OF_STOCK));
        return awards.unawarded(ACME, null, 1).items().getFirst().id();
    }

    private static RetryWish retry(AwardId award) {
        return new RetryWish(ACME, award, "linus", "there is stock again", null);
    }

    private List<String> log() {
        return new RetryLog(shop.database())
                .list(ACME, null, 20).items().stream()
                        .map(RetryLog.Entry::outcome)
                        .toList();
    }

    @Test
    void what_nobody_has_defined_is_unknown() {
        var nowhere = new GameId("game_nowhere");

        Grant grant = granting.grant(new Earned(
                AwardKey.ofMilestone(ACME, WALLET, nowhere, new MilestoneId("gold"), ADA),
                nowhere,
                shop.prize(),
                WALLET,
                null));

        assertThat(grant).isEqualTo(new Grant.Unknown(nowhere, shop.prize()));
        assertThat(shop.count("select count(*) from award")).isZero();
    }

    @Test
    void points_are_paid_into_the_wallet_that_earned_them() {
        var bonus = new MilestoneShop(server, CUMULATIVE_UNLOCK, MilestoneShop.points());

        granting(bonus).grant(earned(bonus, ADA));

        assertThat(bonus.published(Topics.WALLET_COMMANDS.name(), WalletCommand.class))
                .singleElement()
                .satisfies(command -> {
                    assertThat(command.getScopeKey()).isEqualTo(WALLET.value());
                    assertThat(command.getCause().getReason()).isEqualTo("reward");
                });
    }

    private List<PlayerId> unawarded() {
        return awards.unawarded(ACME, null, 20).items().stream()
                .map(AwardRecord::key)
                .map(AwardKey::player)
                .toList();
    }

    private Earned earned(PlayerId player) {
        return earned(shop, player);
    }

    private static Earned earned(MilestoneShop shop, PlayerId player) {
        return new Earned(
                AwardKey.ofMilestone(ACME, WALLET, shop.game().id(), new MilestoneId("gold"), player),
                shop.game().id(),
                shop.prize(),
                WALLET,
                null);
    }

    private static Granting granting(MilestoneShop shop) {
        return new Granting(
                shop.database(),
                shop.outbox(),
                shop.definitions().ids(),
                shop.definitions().clock());
    }
}
