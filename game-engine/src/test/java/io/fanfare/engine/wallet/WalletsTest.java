package io.fanfare.engine.wallet;

import static io.fanfare.engine.wallet.Commands.JOKERS;
import static io.fanfare.engine.wallet.Commands.POINTS;
import static io.fanfare.engine.wallet.Commands.credit;
import static io.fanfare.engine.wallet.Commands.flawed;
import static io.fanfare.engine.wallet.Commands.jokers;
import static io.fanfare.engine.wallet.Commands.numbered;
import static io.fanfare.engine.wallet.Commands.points;
import static io.fanfare.engine.wallet.Commands.spend;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanfare.engine.wallet.RecordedOutcome.Verdict.Accepted;
import io.fanfare.engine.wallet.RecordedOutcome.Verdict.Declined;
import io.fanfare.engine.wallet.WalletCommand.Credit;
import io.fanfare.engine.wallet.WalletDecision.AlreadyParked;
import io.fanfare.engine.wallet.WalletDecision.Duplicate;
import io.fanfare.engine.wallet.WalletDecision.ForgottenDuplicate;
import io.fanfare.engine.wallet.WalletDecision.Forked;
import io.fanfare.engine.wallet.WalletDecision.Parked;
import io.fanfare.engine.wallet.WalletDecision.Posted;
import io.fanfare.engine.wallet.WalletDecision.Refused;
import io.fanfare.engine.wallet.WalletDecision.TooFarAhead;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class WalletsTest {

    private final RememberedWallet wallet = new RememberedWallet();

    @Nested
    class A_credit {

        @Test
        void issues_what_it_says() {
            wallet.receive(credit(1, points(50), jokers(2)));

            assertThat(wallet.state().balance(POINTS)).isEqualTo(new Balance(50, 0, 50, 0));
            assertThat(wallet.state().balance(JOKERS)).isEqualTo(new Balance(2, 0, 2, 0));
        }

        @Test
        void is_entered_against_issuance() {
            wallet.receive(credit(1, points(50)));

            assertThat(wallet.ledger()).containsExactly(new LedgerEntry(POINTS, 50, CounterAccount.ISSUANCE, 50));
        }

        @Test
        void that_would_pass_64_bits_is_refused_whole() {
            wallet.receive(credit(1, points(Long.MAX_VALUE)));

            WalletDecision decision = wallet.receive(credit(2, jokers(1), points(1)));

            assertThat(refusal(decision)).isEqualTo(Refusal.OVERFLOW);
            assertThat(wallet.state().balance(JOKERS)).isEqualTo(Balance.ZERO);
        }

        @Test
        void counts_for_the_lifetime_even_after_it_was_spent() {
            wallet.receive(credit(1, points(Long.MAX_VALUE)));
            wallet.receive(spend(2, points(Long.MAX_VALUE)));

            WalletDecision decision = wallet.receive(credit(3, points(1)));

            assertThat(refusal(decision)).isEqualTo(Refusal.OVERFLOW);
        }

        @Test
        void of_nothing_takes_its_number_and_moves_nothing() {
            WalletDecision decision = wallet.receive(credit(1));

            assertThat(decision).isInstanceOf(Posted.class);
            assertThat(wallet.ledger()).isEmpty();
            assertThat(wallet.state().appliedSequence()).isEqualTo(1);
        }
    }

    @Nested
    class A_spend {

        @Test
        void takes_what_it_says() {
            wallet.receive(credit(1, points(50)));

            wallet.receive(spend(2, points(30)));

            assertThat(wallet.state().balance(POINTS)).isEqualTo(new Balance(20, 0, 50, 30));
        }

        @Test
        void is_entered_against_redemption() {
            wallet.receive(credit(1, points(50)));

            wallet.receive(spend(2, points(30)));

            assertThat(wallet.ledger().getLast())
                    .isEqualTo(new LedgerEntry(POINTS, -30, CounterAccount.REDEMPTION, 20));
        }

        @Test
        void of_more_than_is_there_is_refused_and_says_what_was_there() {
            wallet.receive(credit(1, points(50)));

            WalletDecision decision = wallet.receive(spend(2, points(51)));

            assertThat(decision)
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.declined())
                                    .isEqualTo(new Declined(
                                            Refusal.INSUFFICIENT_BALANCE, "50 points available, 51 asked for")));
        }

        @Test
        void takes_all_or_none() {
            wallet.receive(credit(1, points(50), jokers(1)));

            wallet.receive(spend(2, points(50), jokers(2)));

            assertThat(wallet.state().balance(POINTS).available()).isEqualTo(50);
        }

        @Test
        void that_names_a_currency_twice_needs_both_amounts() {
            wallet.receive(credit(1, points(50)));

            WalletDecision decision = wallet.receive(spend(2, points(30), points(30)));

            assertThat(refusal(decision)).isEqualTo(Refusal.INSUFFICIENT_BALANCE);
        }
    }

    @Nested
    class Numbers {

        @Test
        void are_used_by_refused_commands_too() {
            wallet.receive(spend(1, points(1)));

            assertThat(wallet.state().appliedSequence()).isEqualTo(1);
        }

        @Test
        void of_flawed_commands_do_not_stop_the_wallet() {
            wallet.receive(flawed(1, "amount of points is -5"));

            WalletDecision decision = wallet.receive(credit(2, points(1)));

            assertThat(decision).isInstanceOf(Posted.class);
        }

        @Test
        void seen_again_with_the_same_command_give_its_outcome_and_no_effect() {
            wallet.receive(credit(1, points(50)));

            WalletDecision decision = wallet.receive(credit(1, points(50)));

            assertThat(decision)
                    .isEqualTo(new Duplicate(RecordedOutcome.of(
                            credit(1, points(50)),
                            new Accepted(List.of(new LedgerEntry(POINTS, 50, CounterAccount.ISSUANCE, 50))))));
            assertThat(wallet.state().balance(POINTS).available()).isEqualTo(50);
        }

        @Test
        void seen_again_after_a_refusal_give_the_refusal() {
            wallet.receive(spend(1, points(50)));
            wallet.receive(credit(2, points(50)));

            WalletDecision decision = wallet.receive(spend(1, points(50)));

            assertThat(decision)
                    .isInstanceOfSatisfying(
                            Duplicate.class,
                            duplicate ->
                                    assertThat(duplicate.recorded().verdict()).isInstanceOf(Declined.class));
        }

        @Test
        void are_never_applied_twice_even_where_the_outcome_is_not_known() {
            wallet.receive(credit(1, points(1)));
            wallet.forget(1);

            WalletDecision decision = wallet.receive(credit(1, points(1)));

            assertThat(decision).isEqualTo(new ForgottenDuplicate());
            assertThat(wallet.state().balance(POINTS).available()).isEqualTo(1);
        }

        @Test
        void of_any_age_keep_their_outcomes() {
            LongStream.rangeClosed(1, 1_000).forEach(sequence -> wallet.receive(credit(sequence, points(1))));

            WalletDecision decision = wallet.receive(credit(1, points(1)));

            assertThat(decision).isInstanceOf(Duplicate.class);
        }

        @Test
        void seen_again_with_another_command_are_a_fork() {
            wallet.receive(credit(1, points(50)));

            WalletDecision decision = wallet.receive(numbered("another", 1, new Credit(List.of(points(70)))));

            assertThat(decision).isEqualTo(new Forked(new CommandId("credit-1")));
            assertThat(wallet.state().balance(POINTS).available()).isEqualTo(50);
        }

        @Test
        void below_one_do_not_exist() {
            assertThatThrownBy(() -> credit(0, points(1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("sequence is 0, expected at least 1");
        }
    }

    @Nested
    class A_gap {

        @Test
        void parks_what_comes_too_early() {
            WalletDecision decision = wallet.receive(credit(2, points(5)));

            assertThat(decision).isInstanceOf(Parked.class);
            assertThat(wallet.state().hasGap()).isTrue();
            assertThat(wallet.state().balance(POINTS)).isEqualTo(Balance.ZERO);
        }

        @Test
        void closes_in_order_when_the_missing_command_arrives() {
            wallet.receive(spend(3, points(40)));
            wallet.receive(credit(2, points(30)));

            wallet.receive(credit(1, points(10)));

            assertThat(wallet.state().appliedSequence()).isEqualTo(3);
            assertThat(wallet.state().balance(POINTS)).isEqualTo(new Balance(0, 0, 40, 40));
            assertThat(wallet.state().hasGap()).isFalse();
        }

        @Test
        void closes_up_to_the_next_gap() {
            wallet.receive(credit(2, points(1)));
            wallet.receive(credit(4, points(1)));

            wallet.receive(credit(1, points(1)));

            assertThat(wallet.state().appliedSequence()).isEqualTo(2);
            assertThat(wallet.state().hasGap()).isTrue();
        }

        @Test
        void parks_a_command_once() {
            wallet.receive(credit(2, points(5)));

            WalletDecision decision = wallet.receive(credit(2, points(5)));

            assertThat(decision).isEqualTo(new AlreadyParked());
            assertThat(wallet.state().parked()).isEqualTo(1);
        }

        @Test
        void does_not_hide_a_fork() {
            wallet.receive(credit(2, points(5)));

            WalletDecision decision = wallet.receive(numbered("another", 2, new Credit(List.of())));

            assertThat(decision).isEqualTo(new Forked(new CommandId("credit-2")));
        }

        @Test
        void has_a_bound() {
            wallet.receive(credit(1, points(1)));

            WalletDecision last = wallet.receive(credit(1 + Wallets.MAX_AHEAD, points(1)));
            WalletDecision tooFar = wallet.receive(credit(2 + Wallets.MAX_AHEAD, points(1)));

            assertThat(last).isInstanceOf(Parked.class);
            assertThat(tooFar).isEqualTo(new TooFarAhead(2, Wallets.MAX_AHEAD));
        }
    }

    private static Refusal refusal(WalletDecision decision) {
        assertThat(decision).isInstanceOf(Refused.class);
        return ((Refused) decision).declined().refusal();
    }
}
