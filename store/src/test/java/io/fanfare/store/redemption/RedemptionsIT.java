package io.fanfare.store.redemption;

import static io.fanfare.engine.milestone.MilestoneMode.CUMULATIVE_UNLOCK;
import static io.fanfare.engine.milestone.MilestoneMode.SPEND_EXCHANGE;
import static io.fanfare.store.Definitions.ACME;
import static io.fanfare.store.Definitions.RIVAL;
import static io.fanfare.store.redemption.MilestoneShop.ADA;
import static io.fanfare.store.redemption.MilestoneShop.GRACE;
import static io.fanfare.store.redemption.MilestoneShop.PRICE;
import static io.fanfare.store.redemption.MilestoneShop.allAtOnce;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.engine.play.IdempotencyClaim;
import io.fanfare.engine.play.Unavailability;
import io.fanfare.engine.prize.AwardConstraints;
import io.fanfare.events.RewardGranted;
import io.fanfare.events.WalletAmount;
import io.fanfare.events.WalletCommand;
import io.fanfare.events.WalletCredit;
import io.fanfare.events.WalletRequire;
import io.fanfare.events.WalletSpend;
import io.fanfare.schemas.Topics;
import io.fanfare.store.OnEveryDatabase;
import io.fanfare.store.StoreServer;
import io.fanfare.store.prize.RewardCause;
import io.fanfare.store.prize.RewardRecord;
import io.fanfare.store.redemption.Reservation.KeyKnown;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The saga of a redemption in the tables; the wallet's word is spoken by the test. */
@OnEveryDatabase
class RedemptionsIT {

    private final StoreServer server;

    RedemptionsIT(StoreServer server) {
        this.server = server;
    }

    @Test
    void a_reservation_takes_a_unit_and_a_code_and_asks_the_wallet_for_the_price() {
        var shop = new MilestoneShop(server, SPEND_EXCHANGE);

        RedemptionRecord redemption = shop.reserved(ADA);

        assertThat(redemption.state()).isEqualTo(new RedemptionState.Pending());
        assertThat(shop.remaining()).isEqualTo(2);
        assertThat(shop.freeCodes()).isEqualTo(2);
        assertThat(shop.rewardsOf(ADA)).isEmpty();
        WalletCommand command = onlyCommand(shop);
        assertThat(command.getAction()).isEqualTo(new WalletSpend(List.of(new WalletAmount("points", PRICE))));
        assertThat(command.getSequence()).isEqualTo(redemption.walletNumber());
        assertThat(command.getScopeKey()).isEqualTo(MilestoneShop.CAMPAIGN.value());
        assertThat(command.getCause().getReason()).isEqualTo("redeem");
        assertThat(command.getCause().getRefId())
                .isEqualTo(redemption.key().id().value());
        assertThat(shop.redemptions().find(ACME, redemption.key().id())).contains(redemption);
        assertThat(shop.redemptions().find(RIVAL, redemption.key().id())).isEmpty();
    }

    @Test
    void what_can_be_had_once_asks_the_wallet_what_was_earned() {
        var shop = new MilestoneShop(server, CUMULATIVE_UNLOCK);

        shop.reserved(ADA);

        assertThat(onlyCommand(shop).getAction())
                .isEqualTo(new WalletRequire(shop.game().id() + ".gold", new WalletAmount("points", PRICE)));
    }

    @Test
    void accepted_it_becomes_the_players_reward_once() {
        var shop = new MilestoneShop(server, SPEND_EXCHANGE);
        RedemptionRecord redemption = shop.reserved(ADA);

        Ending ended = shop.redemptions().accept(redemption.key(), redemption.walletNumber(), 7L);
        Ending again = shop.redemptions().accept(redemption.key(), redemption.walletNumber(), 7L);
        Ending late = shop.redemptions().refuse(redemption.key(), redemption.walletNumber(), "LATE", "too late");

        var granted = new RedemptionState.Granted(shop.definitions().now(), 7L, null);
        assertThat(ended)
                .isInstanceOfSatisfying(
                        Ending.Ended.class,
                        end -> assertThat(end.redemption().state()).isEqualTo(granted));
        assertThat(List.of(again, late)).allSatisfy(end -> assertThat(end).isInstanceOf(Ending.EndedBefore.class));
        RewardRecord reward = onlyReward(shop);
        assertThat(reward.id()).isEqualTo(redemption.unit().reward());
        assertThat(reward.cause())
                .isEqualTo(new RewardCause.OfRedemption(redemption.key().id()));
        assertThat(reward.code()).isEqualTo("A");
        assertThat(shop.remaining()).isEqualTo(2);
        assertThat(shop.published(Topics.REWARDS.name(), RewardGranted.class))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.getRewardId()).isEqualTo(reward.id().value());
                    assertThat(event.getSequence()).isEqualTo(1);
                    assertThat(event.getCause()).isEqualTo("redemption");
                    assertThat(event.getCampaignId()).isEqualTo("camp_spring");
                });
        assertThat(shop.redemptions().find(ACME, redemption.key().id()))
                .map(RedemptionRecord::state)
                .contains(granted);
    }

    @Test
    void refused_everything_is_as_it_was_before() {
        var shop = new MilestoneShop(server, CUMULATIVE_UNLOCK);
        RedemptionRecord redemption = shop.reserved(ADA);
        assertThat(shop.counted(ADA)).isEqualTo(1);

        shop.redemptions().refuse(redemption.key(), redemption.walletNumber(), "BELOW_THRESHOLD", "5 of 100");
        shop.redemptions().refuse(redemption.key(), redemption.walletNumber(), "BELOW_THRESHOLD", "5 of 100");

        assertThat(shop.remaining()).isEqualTo(3);
        assertThat(shop.freeCodes()).isEqualTo(3);
        assertThat(shop.counted(ADA)).isZero();
        assertThat(shop.rewardsOf(ADA)).isEmpty();
        assertThat(shop.count("select count(*) from award")).isZero();
        assertThat(shop.redemptions().find(ACME, redemption.key().id()))
                .map(RedemptionRecord::state)
                .contains(new RedemptionState.Refused(shop.definitions().now(), "BELOW_THRESHOLD", "5 of 100"));
        assertThat(shop.reserved(ADA).unit().code()).isEqualTo("A");
    }

    @Test
    void the_word_on_another_command_ends_nothing() {
        var shop = new MilestoneShop(server, SPEND_EXCHANGE);
        RedemptionRecord redemption = shop.reserved(ADA);

        Ending ended = shop.redemptions().accept(redemption.key(), redemption.walletNumber() + 1, 0L);

        assertThat(ended).isEqualTo(new Ending.OfAnotherCommand(redemption));
        assertThat(shop.redemptions().find(ACME, redemption.key().id())).contains(redemption);
    }

    @Test
    void nothing_is_set_aside_where_the_prize_is_gone() {
        var shop = new MilestoneShop(server, CUMULATIVE_UNLOCK);
        shop.sellOut();

        Reservation reservation = shop.reserve(ADA);

        assertThat(reservation).isEqualTo(new Reservation.PrizeUnavailable(shop.prize(), Unavailability.OUT_OF_STOCK));
        assertThat(shop.counted(ADA)).isZero();
        assertThat(shop.count("select count(*) from award")).isZero();
        assertThat(shop.count("select count(*) from redemption")).isZero();
        assertThat(shop.count("select count(*) from wallet_command")).isZero();
    }

    @Test
    void a_cap_of_the_prize_binds_redemptions_too() {
        var shop = new MilestoneShop(server, SPEND_EXCHANGE, MilestoneShop.voucher(new AwardConstraints(1, 0)));
        shop.reserved(ADA);

        assertThat(shop.reserve(ADA)).isEqualTo(new Reservation.PrizeUnavailable(shop.prize(), Unavailability.CAPPED));
        assertThat(shop.reserve(GRACE)).isInstanceOf(Reservation.Reserved.class);
        assertThat(shop.remaining()).isEqualTo(1);
    }

    @Test
    void a_unit_goes_back_to_the_day_on_which_it_was_taken() {
        var shop = new MilestoneShop(server, SPEND_EXCHANGE, MilestoneShop.voucher(new AwardConstraints(0, 1)));
        RedemptionRecord yesterdays = shop.reserved(ADA);
        shop.definitions().pass(Duration.ofDays(1));
        RedemptionRecord todays = shop.reserved(ADA);
        var capped = new Reservation.PrizeUnavailable(shop.prize(), Unavailability.CAPPED);

        shop.redemptions().refuse(yesterdays.key(), yesterdays.walletNumber(), "LATE", "too late");
        Reservation afterYesterdays = shop.reserve(ADA);
        shop.redemptions().refuse(todays.key(), todays.walletNumber(), "LATE", "too late");
        Reservation afterTodays = shop.reserve(ADA);

        assertThat(afterYesterdays).isEqualTo(capped);
        assertThat(afterTodays).isInstanceOf(Reservation.Reserved.class);
        assertThat(shop.reserve(ADA)).isEqualTo(capped);
        assertThat(shop.count("select units from award_counter")).isEqualTo(1);
    }

    @Test
    void the_same_request_under_the_same_key_is_one_redemption() {
        var shop = new MilestoneShop(server, SPEND_EXCHANGE);
        var claim = new IdempotencyClaim("key", "hash");

        Reservation first = shop.reserve(ADA, claim);
        Reservation again = shop.reserve(ADA, claim);
        Reservation other = shop.reserve(ADA, new IdempotencyClaim("key", "another hash"));
        Reservation ofGrace = shop.reserve(GRACE, claim);

        assertThat(first).isInstanceOf(Reservation.Reserved.class);
        assertThat(again).isEqualTo(new Reservation.AskedBefore(((Reservation.Reserved) first).redemption()));
        assertThat(other).isEqualTo(new Reservation.KeyReused());
        assertThat(ofGrace).isInstanceOf(Reservation.Reserved.class);
        assertThat(shop.remaining()).isEqualTo(1);
    }

    @Test
    void a_key_says_what_it_stands_for_without_the_game() {
        var shop = new MilestoneShop(server, SPEND_EXCHANGE);
        var claim = new IdempotencyClaim("key", "hash");
        Optional<KeyKnown> beforeAnything = shop.redemptions().before(ACME, ADA, claim);
        RedemptionRecord begun = ((Reservation.Reserved) shop.reserve(ADA, claim)).redemption();

        Optional<KeyKnown> same = shop.redemptions().before(ACME, ADA, claim);
        Optional<KeyKnown> other = shop.redemptions().before(ACME, ADA, new IdempotencyClaim("key", "another hash"));
        Optional<KeyKnown> ofGrace = shop.redemptions().before(ACME, GRACE, claim);
        Optional<KeyKnown> ofRival = shop.redemptions().before(RIVAL, ADA, claim);
        shop.definitions().pass(Duration.ofHours(24));
        Optional<KeyKnown> aDayLater = shop.redemptions().before(ACME, ADA, claim);

        assertThat(same).contains(new Reservation.AskedBefore(begun));
        assertThat(other).contains(new Reservation.KeyReused());
        assertThat(List.of(beforeAnything, ofGrace, ofRival, aDayLater)).allMatch(Optional::isEmpty);
    }

    @Test
    void a_key_is_free_again_after_a_day() {
        var shop = new MilestoneShop(server, SPEND_EXCHANGE);
        var claim = new IdempotencyClaim("key", "hash");
        shop.reserve(ADA, claim);

        shop.definitions().pass(Duration.ofHours(24));

        assertThat(shop.reserve(ADA, claim)).isInstanceOf(Reservation.Reserved.class);
        assertThat(shop.remaining()).isEqualTo(1);
    }

    @Test
    void of_30_twins_under_one_key_one_is_a_redemption() throws Exception {
        var shop = new MilestoneShop(server, SPEND_EXCHANGE);
        var claim = new IdempotencyClaim("key", "hash");
        List<Callable<Reservation>> twins = IntStream.range(0, 30)
                .<Callable<Reservation>>mapToObj(_ -> () -> shop.reserve(ADA, claim))
                .toList();

        List<Reservation> reservations = allAtOnce(twins);

        assertThat(reservations)
                .filteredOn(Reservation.Reserved.class::isInstance)
                .hasSize(1);
        assertThat(reservations)
                .filteredOn(Reservation.AskedBefore.class::isInstance)
                .hasSize(29);
        assertThat(shop.remaining()).isEqualTo(2);
        assertThat(shop.count("select count(*) from wallet_command")).isEqualTo(1);
    }

    @Test
    void twins_under_one_key_that_wait_for_the_same_award_are_one_redemption() throws Exception {
        var shop = new MilestoneShop(server, CUMULATIVE_UNLOCK);
        shop.leaveUnawarded(ADA);
        var claim = new IdempotencyClaim("key", "hash");
        List<Callable<Reservation>> twins = IntStream.range(0, 30)
                .<Callable<Reservation>>mapToObj(_ -> () -> shop.reserve(ADA, claim))
                .toList();

        List<Reservation> reservations = allAtOnce(twins);

        assertThat(reservations)
                .filteredOn(Reservation.Reserved.class::isInstance)
                .hasSize(1);
        assertThat(reservations)
                .filteredOn(Reservation.AskedBefore.class::isInstance)
                .hasSize(29);
    }

    @Test
    void of_30_who_want_what_can_be_had_once_one_gets_it() throws Exception {
        var shop = new MilestoneShop(server, CUMULATIVE_UNLOCK);
        List<Callable<Reservation>> wishes = IntStream.range(0, 30)
                .<Callable<Reservation>>mapToObj(_ -> () -> shop.reserve(ADA))
                .toList();

        List<Reservation> reservations = allAtOnce(wishes);

        assertThat(reservations)
                .filteredOn(Reservation.Reserved.class::isInstance)
                .hasSize(1);
        assertThat(reservations)
                .filteredOn(Reservation.UnderWay.class::isInstance)
                .hasSize(29);
        assertThat(shop.remaining()).isEqualTo(2);
        RedemptionRecord redemption = reservations.stream()
                .filter(Reservation.Reserved.class::isInstance)
                .map(one -> ((Reservation.Reserved) one).redemption())
                .findFirst()
                .orElseThrow();
        shop.redemptions().accept(redemption.key(), redemption.walletNumber(), null);
        assertThat(shop.reserve(ADA)).isEqualTo(new Reservation.AlreadyAwarded());
        assertThat(shop.reserve(GRACE)).isInstanceOf(Reservation.Reserved.class);
    }

    @Test
    void of_30_for_the_last_three_units_three_get_one() throws Exception {
        var shop = new MilestoneShop(server, SPEND_EXCHANGE);
        List<Callable<Reservation>> wishes = IntStream.range(0, 30)
                .<Callable<Reservation>>mapToObj(_ -> () -> shop.reserve(ADA))
                .toList();

        List<Reservation> reservations = allAtOnce(wishes);

        assertThat(reservations)
                .filteredOn(Reservation.Reserved.class::isInstance)
                .hasSize(3);
        assertThat(shop.remaining()).isZero();
        assertThat(shop.freeCodes()).isZero();
    }

    @Test
    void however_many_end_it_at_once_it_ends_once() throws Exception {
        var shop = new MilestoneShop(server, CUMULATIVE_UNLOCK);
        RedemptionRecord redemption = shop.reserved(ADA);
        List<Callable<Ending>> ends = IntStream.range(0, 20)
                .<Callable<Ending>>mapToObj(
                        _ -> () -> shop.redemptions().accept(redemption.key(), redemption.walletNumber(), null))
                .toList();

        List<Ending> ended = allAtOnce(ends);

        assertThat(ended).filteredOn(Ending.Ended.class::isInstance).hasSize(1);
        assertThat(shop.rewardsOf(ADA)).hasSize(1);
        assertThat(shop.published(Topics.REWARDS.name(), RewardGranted.class)).hasSize(1);
    }

    @Test
    void points_are_paid_into_the_wallet_of_the_game() {
        var shop = new MilestoneShop(server, SPEND_EXCHANGE, MilestoneShop.points());
        RedemptionRecord redemption = shop.reserved(ADA);

        shop.redemptions().accept(redemption.key(), redemption.walletNumber(), 0L);

        List<WalletCommand> commands = shop.published(Topics.WALLET_COMMANDS.name(), WalletCommand.class);
        assertThat(commands).hasSize(2);
        assertThat(commands.getLast().getAction())
                .isEqualTo(new WalletCredit(List.of(new WalletAmount("points", 40L))));
        assertThat(commands.getLast().getSequence()).isEqualTo(2);
        assertThat(commands.getLast().getCause().getRefId())
                .isEqualTo(redemption.unit().reward().value());
        assertThat(shop.redemptions().find(ACME, redemption.key().id()))
                .map(RedemptionRecord::state)
                .contains(new RedemptionState.Granted(shop.definitions().now(), 0L, 2L));
        assertThat(shop.remaining()).isEqualTo(3);
    }

    @Test
    void who_waits_is_told_which_have_ended() {
        var shop = new MilestoneShop(server, SPEND_EXCHANGE);
        RedemptionRecord ended = shop.reserved(ADA);
        RedemptionRecord pending = shop.reserved(GRACE);
        shop.redemptions().refuse(ended.key(), ended.walletNumber(), "INSUFFICIENT_BALANCE", "0 of 100");

        List<RedemptionRecord> told = shop.redemptions().ended(List.of(ended.key(), pending.key()));

        assertThat(told).extracting(RedemptionRecord::key).containsExactly(ended.key());
    }

    @Test
    void one_that_waits_for_a_minute_is_overdue_and_stays_pending() {
        var shop = new MilestoneShop(server, SPEND_EXCHANGE);
        RedemptionRecord redemption = shop.reserved(ADA);
        var pending = new PendingRedemptions(shop.database(), shop.definitions().clock());
        assertThat(pending.backlog()).isEqualTo(new PendingRedemptions.Backlog(1, 0));

        shop.definitions().pass(Duration.ofSeconds(61));

        assertThat(pending.backlog()).isEqualTo(new PendingRedemptions.Backlog(1, 1));
        assertThat(shop.redemptions().find(ACME, redemption.key().id())).contains(redemption);
        assertThat(shop.remaining()).isEqualTo(2);
    }

    private static WalletCommand onlyCommand(MilestoneShop shop) {
        List<WalletCommand> commands = shop.published(Topics.WALLET_COMMANDS.name(), WalletCommand.class);
        assertThat(commands).hasSize(1);
        return commands.getFirst();
    }

    private static RewardRecord onlyReward(MilestoneShop shop) {
        assertThat(shop.rewardsOf(ADA)).hasSize(1);
        return shop.rewardsOf(ADA).getFirst();
    }
}
