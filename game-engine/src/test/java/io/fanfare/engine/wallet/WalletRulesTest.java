package io.fanfare.engine.wallet;

import static io.fanfare.engine.wallet.Commands.POINTS;
import static io.fanfare.engine.wallet.Commands.points;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fanfare.engine.wallet.RecordedOutcome.Verdict.Declined;
import io.fanfare.engine.wallet.Settling.Announced;
import io.fanfare.engine.wallet.WalletCommand.Activate;
import io.fanfare.engine.wallet.WalletCommand.Adjust;
import io.fanfare.engine.wallet.WalletCommand.Convert;
import io.fanfare.engine.wallet.WalletCommand.Credit;
import io.fanfare.engine.wallet.WalletCommand.CreditEach;
import io.fanfare.engine.wallet.WalletCommand.NoOp;
import io.fanfare.engine.wallet.WalletCommand.PlaceHold;
import io.fanfare.engine.wallet.WalletCommand.PostHold;
import io.fanfare.engine.wallet.WalletCommand.Require;
import io.fanfare.engine.wallet.WalletCommand.Reverse;
import io.fanfare.engine.wallet.WalletCommand.Spend;
import io.fanfare.engine.wallet.WalletCommand.TransferIn;
import io.fanfare.engine.wallet.WalletCommand.TransferOut;
import io.fanfare.engine.wallet.WalletCommand.VoidHold;
import io.fanfare.engine.wallet.WalletDecision.Posted;
import io.fanfare.engine.wallet.WalletDecision.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What each command does, on a wallet that it is May in. */
class WalletRulesTest {

    private static final Currency COINS = new Currency("coins");
    private static final @Nullable Instant NEVER = null;
    private static final HoldId HOLD = new HoldId("hold-1");

    private final RememberedWallet wallet = new RememberedWallet();
    private long sequence;

    @Nested
    class Lots {

        @Test
        void are_drawn_the_first_to_expire_first_and_named() {
            at(1, credit(10, NEVER));
            at(1, credit(10, may(20)));
            at(1, credit(10, may(10)));

            at(2, spend(15));

            assertThat(last().lots()).containsExactly(new Lot(may(10), 10), new Lot(may(20), 5));
            assertThat(lots()).containsExactly(new DatedLot(may(20), 5, false));
            assertThat(balance().available()).isEqualTo(15);
        }

        @Test
        void of_one_expiry_are_one() {
            at(1, credit(10, may(10)));
            at(1, credit(5, may(10)));

            assertThat(lots()).containsExactly(new DatedLot(may(10), 15, false));
        }

        @Test
        void expire_into_breakage_at_their_time() {
            at(1, credit(10, may(10)));

            at(15, new NoOp());

            assertThat(wallet.settlements())
                    .extracting(Settlement::number, Settlement::afterSequence, Settlement::at)
                    .containsExactly(tuple(1L, 1L, may(10)));
            assertThat(last())
                    .isEqualTo(new LedgerEntry(
                            POINTS,
                            -10,
                            CounterAccount.BREAKAGE,
                            0,
                            PlayerAccount.AVAILABLE,
                            List.of(new Lot(may(10), 10))));
        }

        @Test
        void expire_before_a_spend_of_the_same_moment() {
            at(1, credit(10, may(10)));

            assertThat(refusal(at(10, spend(1)))).isEqualTo(Refusal.INSUFFICIENT_BALANCE);
        }

        @Test
        void expire_in_a_wallet_that_nobody_uses() {
            at(1, credit(10, may(10)));

            wallet.settle(may(9));
            long before = balance().available();
            wallet.settle(may(10));

            assertThat(before).isEqualTo(10);
            assertThat(balance().available()).isZero();
        }

        @Test
        void do_not_live_again_in_a_command_that_says_an_earlier_time() {
            at(1, credit(10, may(10)));
            wallet.settle(may(12));

            assertThat(refusal(at(9, spend(1)))).isEqualTo(Refusal.INSUFFICIENT_BALANCE);
        }

        @Test
        void are_so_many_at_most_and_nobody_loses_by_it() {
            for (int day = 1; day <= Holding.MAX_LOTS + 1; day++) {
                at(1, credit(1, may(1).plus(Duration.ofDays(day))));
            }

            assertThat(lots()).hasSize(Holding.MAX_LOTS);
            assertThat(lots().getLast())
                    .isEqualTo(new DatedLot(may(1).plus(Duration.ofDays(Holding.MAX_LOTS + 1)), 2, false));
        }

        @Test
        void are_announced_once_before_they_expire() {
            at(1, credit(10, may(10)));
            at(1, credit(10, may(30)));

            Announced first = Settling.announce(wallet.state(), may(4), Duration.ofDays(7));
            Announced again = Settling.announce(first.next(), may(5), Duration.ofDays(7));

            assertThat(first.notices())
                    .containsExactly(new Settling.ExpiringSoon(POINTS, new DatedLot(may(10), 10, false)));
            assertThat(again.notices()).isEmpty();
            assertThat(Settling.nextNotice(first.next(), Duration.ofDays(7))).contains(may(23));
        }
    }

    @Nested
    class A_pending_credit {

        @Test
        void is_promised_and_neither_available_nor_earned() {
            at(1, credit(10, new Activation.At(may(5))));

            assertThat(balance()).isEqualTo(Balance.ZERO);
            assertThat(wallet.state().holding(POINTS).pending()).isEqualTo(10);
        }

        @Test
        void is_earned_when_its_time_comes() {
            at(1, credit(10, new Activation.At(may(5))));

            wallet.settle(may(5));

            assertThat(balance()).isEqualTo(new Balance(10, 0, 10, 0));
            assertThat(wallet.state().pending()).isEmpty();
        }

        @Test
        void is_earned_when_its_action_happens() {
            at(1, credit(10, new Activation.OnAction("first-visit")));
            at(2, credit(5, new Activation.OnAction("purchase")));

            at(3, new Activate("first-visit"));

            assertThat(balance().available()).isEqualTo(10);
            assertThat(wallet.state().holding(POINTS).pending()).isEqualTo(5);
        }

        @Test
        void that_is_reversed_is_promised_no_more() {
            at(1, credit(10, new Activation.At(may(5))));

            at(2, reverse(1));
            wallet.settle(may(6));

            assertThat(balance()).isEqualTo(Balance.ZERO);
        }

        @Test
        void that_is_reversed_after_it_was_earned_is_taken_back() {
            at(1, credit(10, new Activation.At(may(5))));

            at(6, reverse(1));

            assertThat(balance()).isEqualTo(Balance.ZERO);
        }

        @Test
        void finds_no_room_beyond_the_bound() {
            for (int count = 1; count <= WalletState.MAX_PENDING; count++) {
                at(1, credit(1, new Activation.At(may(5))));
            }

            assertThat(refusal(at(1, credit(1, new Activation.At(may(5)))))).isEqualTo(Refusal.LIMIT_REACHED);
        }

        @Test
        void keeps_room_for_itself() {
            at(1, credit(10, new Activation.At(may(5))));

            assertThat(refusal(at(2, credit(Long.MAX_VALUE - 5, NEVER)))).isEqualTo(Refusal.OVERFLOW);
        }
    }

    @Nested
    class A_hold {

        @Test
        void sets_aside_what_cannot_be_spent_then() {
            at(1, credit(10, NEVER));

            at(1, hold(8, may(2)));

            assertThat(balance()).isEqualTo(new Balance(2, 8, 10, 0));
            assertThat(refusal(at(1, spend(3)))).isEqualTo(Refusal.INSUFFICIENT_BALANCE);
        }

        @Test
        void that_is_posted_is_spent() {
            at(1, credit(10, NEVER));
            at(1, hold(8, may(2)));

            at(1, new PostHold(HOLD, null));

            assertThat(balance()).isEqualTo(new Balance(2, 0, 10, 8));
        }

        @Test
        void that_is_posted_in_part_gives_back_the_rest() {
            at(1, credit(10, may(20)));
            at(1, hold(8, may(2)));

            at(1, new PostHold(HOLD, 5L));

            assertThat(balance()).isEqualTo(new Balance(5, 0, 10, 5));
            assertThat(lots()).containsExactly(new DatedLot(may(20), 5, false));
        }

        @Test
        void that_is_voided_gives_back_everything_into_its_lots() {
            at(1, credit(10, may(20)));
            at(1, hold(8, may(2)));

            at(1, new VoidHold(HOLD));

            assertThat(balance()).isEqualTo(new Balance(10, 0, 10, 0));
            assertThat(lots()).containsExactly(new DatedLot(may(20), 10, false));
        }

        @Test
        void times_out() {
            at(1, credit(10, NEVER));
            at(1, hold(8, may(2)));

            assertThat(refusal(at(2, new PostHold(HOLD, null)))).isEqualTo(Refusal.NOT_FOUND);
            assertThat(balance()).isEqualTo(new Balance(10, 0, 10, 0));
        }

        @Test
        void keeps_what_it_holds_from_expiring_until_it_comes_back() {
            at(1, credit(10, may(3)));
            at(1, hold(10, may(5)));

            wallet.settle(may(4));
            Balance meanwhile = balance();
            wallet.settle(may(5));

            assertThat(meanwhile.held()).isEqualTo(10);
            assertThat(balance()).isEqualTo(new Balance(0, 0, 10, 0));
            assertThat(wallet.settlements())
                    .extracting(settlement -> settlement.cause().reason(), Settlement::at)
                    .containsExactly(tuple(Settlement.HOLD_TIMEOUT, may(5)), tuple(Settlement.EXPIRY, may(5)));
        }

        @Test
        void of_the_same_name_is_refused_while_one_stands() {
            at(1, credit(10, NEVER));
            at(1, hold(1, may(2)));

            assertThat(refusal(at(1, hold(1, may(2))))).isEqualTo(Refusal.ALREADY_EXISTS);
        }
    }

    @Nested
    class A_requirement {

        @Test
        void is_met_by_what_was_ever_earned() {
            at(1, credit(10, NEVER));
            at(1, spend(10));

            assertThat(at(1, require(10))).isInstanceOf(Posted.class);
            assertThat(balance()).isEqualTo(new Balance(0, 0, 10, 10));
        }

        @Test
        void is_met_once() {
            at(1, credit(10, NEVER));
            at(1, require(10));

            assertThat(refusal(at(1, require(10)))).isEqualTo(Refusal.ALREADY_EXISTS);
        }

        @Test
        void is_not_met_by_points_of_others() {
            at(1, new TransferIn(points(10), Lot.UNDATED));

            assertThat(refusal(at(1, require(10)))).isEqualTo(Refusal.BELOW_THRESHOLD);
        }

        @Test
        void is_not_met_by_what_was_reversed() {
            at(1, credit(10, NEVER));
            at(1, reverse(1));

            assertThat(refusal(at(1, require(10)))).isEqualTo(Refusal.BELOW_THRESHOLD);
        }

        @Test
        void is_not_met_by_what_came_back() {
            at(1, credit(6, NEVER));
            at(1, spend(6));
            at(1, reverse(2));

            assertThat(refusal(at(1, require(10)))).isEqualTo(Refusal.BELOW_THRESHOLD);
        }
    }

    @Nested
    class A_conversion {

        @Test
        void takes_what_gives_whole_units() {
            at(1, credit(250, NEVER));

            at(1, new Convert(points(250), COINS, ConversionRate.HUNDRED_TO_ONE));

            assertThat(balance()).isEqualTo(new Balance(50, 0, 250, 0));
            assertThat(wallet.state().balance(COINS)).isEqualTo(new Balance(2, 0, 0, 0));
        }

        @Test
        void of_too_little_is_refused() {
            at(1, credit(250, NEVER));

            assertThat(refusal(at(1, new Convert(points(99), COINS, ConversionRate.HUNDRED_TO_ONE))))
                    .isEqualTo(Refusal.NOTHING_TO_CONVERT);
        }

        @Test
        void can_be_looked_at_first() {
            at(1, credit(250, NEVER));

            var preview = ConversionPreview.of(balance(), points(300), ConversionRate.HUNDRED_TO_ONE);

            assertThat(preview)
                    .contains(new ConversionPreview(
                            points(300), ConversionRate.HUNDRED_TO_ONE, new ConversionRate.Converted(300, 3), false));
        }

        @Test
        void that_passes_64_bits_is_refused_and_has_no_preview() {
            at(1, credit(Long.MAX_VALUE, NEVER));
            var twice = new ConversionRate(1, 2);

            assertThat(ConversionPreview.of(balance(), points(Long.MAX_VALUE), twice))
                    .isEmpty();
            assertThat(refusal(at(1, new Convert(points(Long.MAX_VALUE), COINS, twice))))
                    .isEqualTo(Refusal.OVERFLOW);
        }

        @Test
        void that_is_reversed_is_as_if_it_had_never_been() {
            at(1, credit(250, may(20)));
            at(1, new Convert(points(200), COINS, ConversionRate.HUNDRED_TO_ONE));

            at(1, reverse(2));

            assertThat(balance()).isEqualTo(new Balance(250, 0, 250, 0));
            assertThat(lots()).containsExactly(new DatedLot(may(20), 250, false));
            assertThat(wallet.state().balance(COINS)).isEqualTo(Balance.ZERO);
        }
    }

    @Nested
    class A_reversal {

        @Test
        void of_a_spend_fills_the_lots_it_drew() {
            at(1, credit(10, may(20)));
            at(1, credit(10, NEVER));
            at(1, spend(15));

            at(2, reverse(3));

            assertThat(balance()).isEqualTo(new Balance(20, 0, 20, 0));
            assertThat(lots()).containsExactly(new DatedLot(may(20), 10, false));
        }

        @Test
        void of_a_credit_takes_from_its_own_lot_first() {
            at(1, credit(10, may(10)));
            at(1, credit(10, may(20)));

            at(2, reverse(2));

            assertThat(lots()).containsExactly(new DatedLot(may(10), 10, false));
        }

        @Test
        void that_would_go_below_zero_is_refused() {
            at(1, credit(10, NEVER));
            at(1, spend(4));

            assertThat(refusal(at(1, reverse(1)))).isEqualTo(Refusal.INSUFFICIENT_BALANCE);
            assertThat(balance()).isEqualTo(new Balance(6, 0, 10, 4));
        }

        @Test
        void in_part_takes_what_is_left() {
            at(1, credit(10, NEVER));
            at(1, spend(4));

            at(1, new Reverse(List.of(1L), true));

            assertThat(balance()).isEqualTo(new Balance(0, 0, 4, 4));
        }

        @Test
        void happens_once() {
            at(1, credit(10, NEVER));
            at(1, reverse(1));

            assertThat(refusal(at(1, reverse(1)))).isEqualTo(Refusal.ALREADY_REVERSED);
        }

        @Test
        void of_a_batch_undoes_all_or_none() {
            at(1, credit(10, NEVER));
            at(1, spend(4));
            at(1, new TransferOut(points(1)));

            Refusal refused = refusal(at(1, new Reverse(List.of(1L, 3L), false)));
            Balance after = balance();
            at(1, new TransferIn(points(1), Lot.UNDATED));
            at(1, new Reverse(List.of(1L, 2L), false));

            assertThat(refused).isEqualTo(Refusal.NOT_REVERSIBLE);
            assertThat(after).isEqualTo(new Balance(5, 0, 10, 4));
            assertThat(balance()).isEqualTo(Balance.ZERO);
        }

        @Test
        void of_what_nobody_knows_is_refused() {
            assertThat(refusal(at(1, reverse(7)))).isEqualTo(Refusal.NOT_FOUND);
        }

        @Test
        void that_is_reversed_takes_from_the_lots_that_it_filled() {
            at(1, credit(10, may(20)));
            at(1, credit(10, may(10)));
            at(1, spend(15));
            at(2, reverse(3));
            at(2, credit(3, may(5)));

            at(2, reverse(4));

            assertThat(balance()).isEqualTo(new Balance(8, 0, 23, 15));
            assertThat(last().lots()).containsExactly(new Lot(may(10), 10), new Lot(may(20), 5));
            assertThat(lots()).containsExactly(new DatedLot(may(5), 3, false), new DatedLot(may(20), 5, false));
        }

        @Test
        void of_a_credit_that_is_reversed_is_earned_again_with_its_expiry() {
            at(1, credit(10, may(20)));
            at(2, reverse(1));

            at(3, reverse(2));

            assertThat(balance()).isEqualTo(new Balance(10, 0, 10, 0));
            assertThat(lots()).containsExactly(new DatedLot(may(20), 10, false));
        }

        @Test
        void in_part_that_is_reversed_gives_back_what_it_took() {
            at(1, credit(10, NEVER));
            at(1, spend(4));
            at(1, new Reverse(List.of(1L), true));

            at(1, reverse(3));

            assertThat(balance()).isEqualTo(new Balance(6, 0, 10, 4));
        }

        @Test
        void that_is_reversed_after_the_amount_was_spent_is_refused() {
            at(1, credit(10, NEVER));
            at(1, spend(10));
            at(1, reverse(2));
            at(1, spend(7));

            assertThat(refusal(at(1, reverse(3)))).isEqualTo(Refusal.INSUFFICIENT_BALANCE);
        }

        @Test
        void is_undone_at_the_last_link_of_its_chain() {
            at(1, credit(10, NEVER));
            at(1, reverse(1));
            at(1, reverse(2));

            Refusal ofTheCredit = refusal(at(1, reverse(1)));
            Refusal ofItsReversal = refusal(at(1, reverse(2)));
            at(1, reverse(3));

            assertThat(ofTheCredit).isEqualTo(Refusal.ALREADY_REVERSED);
            assertThat(ofItsReversal).isEqualTo(Refusal.ALREADY_REVERSED);
            assertThat(balance()).isEqualTo(Balance.ZERO);
        }

        @Test
        void of_a_batch_is_reversed_whole() {
            at(1, credit(10, may(20)));
            at(1, spend(4));
            at(1, new Reverse(List.of(1L, 2L), false));

            at(1, reverse(3));

            assertThat(balance()).isEqualTo(new Balance(6, 0, 10, 4));
            assertThat(lots()).containsExactly(new DatedLot(may(20), 6, false));
        }

        @Test
        void of_a_conversion_that_is_reversed_converts_again() {
            at(1, credit(250, may(20)));
            at(1, new Convert(points(200), COINS, ConversionRate.HUNDRED_TO_ONE));
            at(1, reverse(2));

            at(1, reverse(3));

            assertThat(balance()).isEqualTo(new Balance(50, 0, 250, 0));
            assertThat(wallet.state().balance(COINS)).isEqualTo(new Balance(2, 0, 0, 0));
        }

        @Test
        void that_ended_a_promise_is_for_good() {
            at(1, credit(10, new Activation.At(may(5))));
            at(2, reverse(1));

            Declined declined = declined(at(2, reverse(2)));

            assertThat(declined)
                    .isEqualTo(new Declined(
                            Refusal.NOT_REVERSIBLE,
                            "command 2 ended a promise, which cannot be made again with its time"));
        }

        @Test
        void that_took_nothing_is_for_good() {
            at(1, credit(10, NEVER));
            at(1, spend(10));
            at(1, new Reverse(List.of(1L), true));

            assertThat(refusal(at(1, reverse(3)))).isEqualTo(Refusal.NOT_REVERSIBLE);
        }

        @Test
        void of_an_earlier_release_is_for_good() {
            at(1, credit(10, NEVER));
            at(1, new Reverse(List.of(1L), false, false));

            Declined declined = declined(at(1, reverse(2)));

            assertThat(declined)
                    .isEqualTo(new Declined(
                            Refusal.NOT_REVERSIBLE,
                            "command 2 is a reversal of a release that could not reverse reversals"));
        }

        @Test
        void of_a_leg_of_a_transfer_says_what_to_reverse() {
            at(1, new TransferIn(points(1), Lot.UNDATED));

            Declined declined = declined(at(1, reverse(1)));

            assertThat(declined)
                    .isEqualTo(new Declined(
                            Refusal.NOT_REVERSIBLE, "command 1 is a leg of transfer step: reverse the transfer"));
        }

        @Test
        void reaches_back_any_number_of_commands() {
            at(1, credit(10, NEVER));
            for (int count = 0; count < 1_000; count++) {
                at(2, new NoOp());
            }

            at(3, reverse(1));

            assertThat(balance()).isEqualTo(Balance.ZERO);
        }
    }

    @Nested
    class Credits_of_one_command {

        @Test
        void each_keep_to_their_own_terms() {
            at(
                    1,
                    new CreditEach(List.of(
                            new Credit(List.of(points(4)), Activation.AT_ONCE, may(20)),
                            new Credit(List.of(points(3)), new Activation.OnAction("visit"), NEVER),
                            new Credit(List.of(points(2))))));

            assertThat(balance()).isEqualTo(new Balance(6, 0, 6, 0));
            assertThat(wallet.state().holding(POINTS).pending()).isEqualTo(3);
            assertThat(wallet.state().holding(POINTS).lots()).containsExactly(new DatedLot(may(20), 4, false));

            at(2, reverse(1));

            assertThat(balance()).isEqualTo(Balance.ZERO);
            assertThat(wallet.state().holding(POINTS).pending()).isZero();
        }
    }

    @Nested
    class An_adjustment {

        @Test
        void upwards_is_earned() {
            at(1, new Adjust(POINTS, 10));

            assertThat(balance()).isEqualTo(new Balance(10, 0, 10, 0));
        }

        @Test
        void upwards_may_come_out_of_what_lapsed_and_then_is_not_earned() {
            at(1, new Adjust(POINTS, 10, false));

            assertThat(balance()).isEqualTo(new Balance(10, 0, 0, 0));
            assertThat(wallet.state().holding(POINTS).flows().lapsed()).isEqualTo(-10);

            at(2, reverse(1));

            assertThat(balance()).isEqualTo(Balance.ZERO);
            assertThat(wallet.state().holding(POINTS).flows().lapsed()).isZero();
        }

        @Test
        void downwards_lapses_and_takes_nothing_from_what_was_earned() {
            at(1, credit(10, NEVER));

            at(1, new Adjust(POINTS, -4));

            assertThat(balance()).isEqualTo(new Balance(6, 0, 10, 0));
            assertThat(wallet.state().holding(POINTS).flows().lapsed()).isEqualTo(4);
        }

        @Test
        void below_zero_is_refused() {
            assertThat(refusal(at(1, new Adjust(POINTS, -1)))).isEqualTo(Refusal.INSUFFICIENT_BALANCE);
        }
    }

    @Nested
    class A_transfer {

        @Test
        void takes_its_lots_along() {
            at(1, credit(10, may(20)));
            at(1, new TransferOut(points(4)));
            List<Lot> sent = last().lots();
            var receiver = new RememberedWallet();

            receiver.receive(Commands.numbered("in", 1, new TransferIn(points(4), sent)));

            assertThat(receiver.state().holding(POINTS).lots()).containsExactly(new DatedLot(may(20), 4, false));
            assertThat(receiver.state().balance(POINTS)).isEqualTo(new Balance(4, 0, 0, 0));
        }

        @Test
        void back_draws_first_what_is_left_of_the_lots_that_came() {
            at(1, new TransferIn(points(10), List.of(new Lot(may(20), 6), new Lot(null, 4))));
            at(1, spend(4));
            at(1, credit(5, may(10)));

            at(2, new TransferOut(points(10), 1L));

            assertThat(last().lots()).containsExactly(new Lot(may(10), 4), new Lot(may(20), 2), new Lot(null, 4));
            assertThat(lots()).containsExactly(new DatedLot(may(10), 1, false));
        }

        @Test
        void back_of_what_never_expires_leaves_alone_what_does() {
            at(1, new TransferIn(points(10), Lot.UNDATED));
            at(1, credit(5, may(10)));

            at(2, new TransferOut(points(10), 1L));

            assertThat(last().lots()).isEmpty();
            assertThat(lots()).containsExactly(new DatedLot(may(10), 5, false));
        }

        @Test
        void back_of_what_did_not_come_draws_what_expires_first() {
            at(1, new TransferIn(new Money(COINS, 10), Lot.UNDATED));
            at(1, credit(5, may(10)));
            at(1, credit(5, NEVER));

            at(2, new TransferOut(points(5), 1L));
            at(2, new TransferOut(points(1), 99L));

            assertThat(lots()).isEmpty();
            assertThat(balance().available()).isEqualTo(4);
        }

        @Test
        void back_of_more_than_is_left_is_refused() {
            at(1, new TransferIn(points(10), Lot.UNDATED));
            at(1, spend(1));

            assertThat(refusal(at(2, new TransferOut(points(10), 1L)))).isEqualTo(Refusal.INSUFFICIENT_BALANCE);
        }

        @Test
        void that_comes_back_is_as_if_it_had_never_been() {
            at(1, credit(10, may(20)));
            at(1, new TransferOut(points(4)));

            at(2, new TransferIn(points(4), last().lots()));

            assertThat(wallet.state().holding(POINTS).flows()).isEqualTo(Flows.NONE);
            assertThat(lots()).containsExactly(new DatedLot(may(20), 10, false));
        }
    }

    private WalletDecision at(int day, WalletCommand command) {
        var numbered = new NumberedCommand(
                new CommandId("cmd-" + ++sequence), sequence, may(day), new Cause("test", "step"), command);
        return wallet.receive(numbered);
    }

    private static Credit credit(long amount, @Nullable Instant expiresAt) {
        return new Credit(List.of(points(amount)), Activation.AT_ONCE, expiresAt);
    }

    private static Credit credit(long amount, Activation activation) {
        return new Credit(List.of(points(amount)), activation, null);
    }

    private static Spend spend(long amount) {
        return new Spend(List.of(points(amount)));
    }

    private static PlaceHold hold(long amount, Instant until) {
        return new PlaceHold(HOLD, points(amount), until);
    }

    private static Require require(long earned) {
        return new Require("milestone-1", points(earned));
    }

    private static Reverse reverse(long number) {
        return new Reverse(List.of(number), false);
    }

    private Balance balance() {
        return wallet.state().balance(POINTS);
    }

    private List<DatedLot> lots() {
        return wallet.state().holding(POINTS).lots();
    }

    private LedgerEntry last() {
        return wallet.ledger().getLast();
    }

    private static Instant may(int day) {
        return Instant.parse("2026-05-01T00:00:00Z").plus(Duration.ofDays(day - 1));
    }

    private static Refusal refusal(WalletDecision decision) {
        return declined(decision).refusal();
    }

    private static Declined declined(WalletDecision decision) {
        assertThat(decision).isInstanceOf(Refused.class);
        return ((Refused) decision).declined();
    }
}
