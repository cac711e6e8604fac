package io.fanfare.store.wallet;

import static io.fanfare.store.Definitions.ACME;
import static io.fanfare.store.Definitions.RIVAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.wallet.Cause;
import io.fanfare.engine.wallet.CounterAccount;
import io.fanfare.engine.wallet.Currency;
import io.fanfare.engine.wallet.LedgerEntry;
import io.fanfare.engine.wallet.Lot;
import io.fanfare.engine.wallet.Money;
import io.fanfare.engine.wallet.PlayerAccount;
import io.fanfare.engine.wallet.RecordedOutcome.Verdict;
import io.fanfare.engine.wallet.RecordedOutcome.Verdict.Accepted;
import io.fanfare.engine.wallet.RecordedOutcome.Verdict.Declined;
import io.fanfare.engine.wallet.Refusal;
import io.fanfare.engine.wallet.ScopeKey;
import io.fanfare.engine.wallet.WalletId;
import io.fanfare.events.WalletAmount;
import io.fanfare.events.WalletCause;
import io.fanfare.events.WalletCommand;
import io.fanfare.events.WalletLot;
import io.fanfare.events.WalletTransferIn;
import io.fanfare.events.WalletTransferOut;
import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.InMemoryRegistry;
import io.fanfare.store.Definitions;
import io.fanfare.store.OnEveryDatabase;
import io.fanfare.store.StoreServer;
import io.fanfare.store.outbox.Outbox;
import io.fanfare.store.wallet.MissingCommands.Mended;
import io.fanfare.store.wallet.OverdueTransfers.Overdue;
import io.fanfare.store.wallet.Transfer.Attempts;
import io.fanfare.store.wallet.Transfer.Leg;
import io.fanfare.store.wallet.Transfer.Original;
import io.fanfare.store.wallet.Transfer.Status;
import io.fanfare.store.wallet.Transfers.Awaited;
import io.fanfare.store.wallet.Transfers.Begun;
import io.fanfare.store.wallet.Transfers.Begun.UnderWay;
import io.fanfare.store.wallet.Transfers.Listed;
import io.fanfare.store.wallet.Transfers.Place;
import io.fanfare.store.wallet.Transfers.Retried;
import io.fanfare.store.wallet.Transfers.Retried.Given;
import io.fanfare.store.wallet.Transfers.Retried.HasEnded;
import io.fanfare.store.wallet.Transfers.Retried.MayBeApplied;
import io.fanfare.store.wallet.Transfers.Retried.NotThere;
import io.fanfare.store.wallet.Transfers.Retry;
import io.fanfare.store.wallet.Transfers.Reversal;
import io.fanfare.store.wallet.Transfers.Reversed;
import io.fanfare.store.wallet.Transfers.Reversed.Back;
import io.fanfare.store.wallet.Transfers.Reversed.NotCompleted;
import io.fanfare.store.wallet.Transfers.Reversed.ReversedBefore;
import io.fanfare.store.wallet.Transfers.Step;
import io.fanfare.store.wallet.Transfers.Wish;
import io.fanfare.store.wallet.WalletTerms.TransferLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;

@OnEveryDatabase
class TransfersIT {

    private static final Currency POINTS = new Currency("points");
    private static final TransferLimits LIMITS = new TransferLimits(POINTS, 1, 100, 100);
    private static final Instant NEXT_YEAR = Instant.parse("2027-01-01T00:00:00Z");
    private static final List<Lot> SOME_EXPIRES = List.of(new Lot(NEXT_YEAR, 25), new Lot(null, 15));
    private static final Declined REFUSED = new Declined(Refusal.INSUFFICIENT_BALANCE, "39 available, 40 asked for");
    private static final Declined FORKED = new Declined(Refusal.FORKED, "number 1 belongs to another command");
    private static final Accepted NOTHING = new Accepted(List.of());
    private static final Declined FULL = new Declined(Refusal.OVERFLOW, "a total would pass 64 bits");

    private final Definitions definitions;
    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final Transfers transfers;
    private final MissingCommands missing;
    private final WalletOutcomes outcomes;
    private final List<Leg> besides = new CopyOnWriteArrayList<>();

    TransfersIT(StoreServer server) {
        this.definitions = new Definitions(server);
        var outbox = new Outbox(definitions.database(), registry);
        var commands = new WalletCommands(definitions.database(), outbox);
        var inSight = new CommandsInSight(definitions.database(), Duration.ZERO);
        this.transfers = new Transfers(definitions.database(), commands, inSight, definitions.clock());
        this.missing = new MissingCommands(definitions.database(), outbox, commands, registry);
        this.outcomes = new WalletOutcomes(definitions.database(), inSight);
    }

    @Test
    void it_begins_with_a_debit() {
        Transfer transfer = begun("tr_1", 40);

        assertThat(transfer.status()).isEqualTo(Status.PENDING);
        assertThat(commands()).singleElement().satisfies(debit -> {
            assertThat(debit.getPlayerId()).isEqualTo("ada");
            assertThat(debit.getCommandId()).isEqualTo(transfer.debit().toString());
            assertThat(debit.getCause().getReason()).isEqualTo("transfer");
            assertThat(debit.getCause().getRefId()).isEqualTo("tr_1");
            assertThat(debit.getAction()).isEqualTo(new WalletTransferOut(new WalletAmount("points", 40L), null));
        });
        assertThat(transfers.find(RIVAL, "tr_1")).isEmpty();
    }

    @Test
    void an_accepted_debit_is_followed_by_the_credit_of_the_same_lots() {
        Transfer transfer = begun("tr_1", 40);

        Step step = transfers.follow(of(transfer, transfer.debit(), debited(40)), "00-trace");

        assertThat(step).isEqualTo(Step.WENT_ON);
        assertThat(statusOf("tr_1")).isEqualTo(Status.SENT);
        WalletCommand credit = commands().getLast();
        assertThat(credit.getPlayerId()).isEqualTo("grace");
        // Records with a time that may be null cannot be compared with one another.
        assertThat(credit.getAction())
                .hasToString(new WalletTransferIn(
                                new WalletAmount("points", 40L),
                                List.of(new WalletLot(NEXT_YEAR, 25L), new WalletLot(null, 15L)))
                        .toString());
        assertThat(transfers.follow(of(transfer, transfer.credit(), credited(40)), null))
                .isEqualTo(Step.ENDED);
        assertThat(statusOf("tr_1")).isEqualTo(Status.COMPLETED);
    }

    @Test
    void a_refused_debit_ends_it_and_does_not_count_for_the_day() {
        Transfer transfer = begun("tr_1", 40);

        Step step = transfers.follow(of(transfer, transfer.debit(), REFUSED), null);

        assertThat(step).isEqualTo(Step.ENDED);
        assertThat(transfers.find(ACME, "tr_1").orElseThrow().refusal()).isEqualTo(Refusal.INSUFFICIENT_BALANCE);
        assertThat(commands()).hasSize(1);
        assertThat(transfers.begin(wish("tr_2", 100), LIMITS)).isInstanceOf(UnderWay.class);
    }

    @Test
    void what_the_receiver_does_not_take_goes_back_with_its_lots() {
        Transfer transfer = begun("tr_1", 40);
        transfers.follow(of(transfer, transfer.debit(), debited(40)), null);

        Step refused = transfers.follow(of(transfer, transfer.credit(), FULL), null);
        Step returned = transfers.follow(of(transfer, transfer.giveBack(), credited(40)), null);

        assertThat(refused).isEqualTo(Step.WENT_ON);
        assertThat(returned).isEqualTo(Step.ENDED);
        WalletCommand back = commands().getLast();
        assertThat(back.getPlayerId()).isEqualTo("ada");
        assertThat(back.getAction())
                .isInstanceOfSatisfying(
                        WalletTransferIn.class,
                        in -> assertThat(in.getLots())
                                .hasToString(List.of(new WalletLot(NEXT_YEAR, 25L), new WalletLot(null, 15L))
                                        .toString()));
        assertThat(statusOf("tr_1")).isEqualTo(Status.RETURNED);
        assertThat(transfers.begin(wish("tr_2", 100), LIMITS)).isInstanceOf(UnderWay.class);
    }

    @Test
    void what_neither_takes_is_stranded() {
        Transfer transfer = begun("tr_1", 40);
        transfers.follow(of(transfer, transfer.debit(), debited(40)), null);
        transfers.follow(of(transfer, transfer.credit(), FULL), null);

        assertThat(transfers.follow(of(transfer, transfer.giveBack(), FULL), null))
                .isEqualTo(Step.STRANDED);
        assertThat(statusOf("tr_1")).isEqualTo(Status.STRANDED);
    }

    @Test
    void outcomes_that_come_again_change_nothing_whoever_reads_them() throws Exception {
        Transfer transfer = begun("tr_1", 40);
        WalletOutcome debited = of(transfer, transfer.debit(), debited(40));
        List<Callable<Step>> readers = Collections.nCopies(8, () -> transfers.follow(debited, null));

        List<Step> steps = onThreads(readers);

        assertThat(steps).filteredOn(Step.WENT_ON::equals).hasSize(1);
        assertThat(commands()).hasSize(2);
        transfers.follow(of(transfer, transfer.credit(), credited(40)), null);
        assertThat(transfers.follow(debited, null)).isEqualTo(Step.NOTHING);
        assertThat(transfers.follow(of(transfer, transfer.credit(), FULL), null))
                .isEqualTo(Step.NOTHING);
        assertThat(commands()).hasSize(2);
    }

    @Test
    void outcomes_of_other_commands_are_nothing_to_it() {
        Transfer transfer = begun("tr_1", 40);
        var play = new WalletOutcome(
                transfer.sender(), UUID.randomUUID(), 1, new Cause("play", "tr_1"), debited(40), definitions.now());
        var unknown = new WalletOutcome(
                transfer.sender(), UUID.randomUUID(), 1, new Cause("transfer", "tr_9"), debited(40), definitions.now());

        assertThat(transfers.follow(play, null)).isEqualTo(Step.NOTHING);
        assertThat(transfers.follow(unknown, null)).isEqualTo(Step.UNKNOWN);
        assertThat(statusOf("tr_1")).isEqualTo(Status.PENDING);
    }

    @Test
    void the_same_wish_is_one_transfer_and_another_under_its_id_is_refused() throws Exception {
        List<Callable<Begun>> twins = Collections.nCopies(8, () -> transfers.begin(wish("tr_1", 40), LIMITS));

        List<Begun> begun = onThreads(twins);
        var other = new Wish(
                ACME,
                "tr_1",
                new PlayerId("ada"),
                new PlayerId("grace"),
                new ScopeKey("camp_1"),
                new Money(POINTS, 40),
                "another hash",
                null);

        assertThat(begun).allMatch(UnderWay.class::isInstance);
        assertThat(commands()).hasSize(1);
        assertThat(transfers.begin(other, LIMITS)).isEqualTo(new Begun.AnotherOfThatId());
        assertThat(transfers.before(wish("tr_1", 40))).isPresent();
        assertThat(transfers.before(wish("tr_2", 40))).isEmpty();
    }

    @Test
    void no_more_is_sent_on_a_day_than_the_limit_however_many_try_at_once() throws Exception {
        List<Callable<Begun>> tries = IntStream.range(0, 16)
                .<Callable<Begun>>mapToObj(n -> () -> transfers.begin(wish("tr_" + n, 15), LIMITS))
                .toList();

        List<Begun> begun = onThreads(tries);

        assertThat(begun).filteredOn(UnderWay.class::isInstance).hasSize(6);
        assertThat(begun).filteredOn(new Begun.OverTheDay(10)::equals).hasSize(10);
        assertThat(commands()).hasSize(6);
        definitions.pass(Duration.ofDays(1));
        assertThat(transfers.begin(wish("tr_tomorrow", 100), LIMITS)).isInstanceOf(UnderWay.class);
    }

    @Test
    void a_credit_that_was_lost_is_given_anew_once_the_wallet_has_applied_another_command_at_its_number() {
        Transfer sent = sent("tr_1", 40);
        lose(sent);

        Retried before = retry("tr_1", "ann");
        UUID filler = fill(sent);
        Retried early = retry("tr_1", "ben");
        said(filler, NOTHING);
        Retried retried = retry("tr_1", "cleo");

        assertThat(before).isInstanceOf(MayBeApplied.class);
        assertThat(early).isInstanceOf(MayBeApplied.class);
        assertThat(retried).isInstanceOfSatisfying(Given.class, given -> {
            assertThat(given.transfer().attempts()).isEqualTo(new Attempts(2, 1));
            assertThat(given.command().id()).isEqualTo(now("tr_1").credit()).isNotEqualTo(sent.credit());
            assertThat(besides)
                    .containsExactly(new Leg(sent.receiver(), given.command().id()));
        });
        WalletCommand credit = commands().getLast();
        assertThat(credit.getPlayerId()).isEqualTo("grace");
        assertThat(credit.getCause()).isEqualTo(new WalletCause("transfer", "tr_1"));
        assertThat(credit.getAction())
                .isInstanceOfSatisfying(
                        WalletTransferIn.class,
                        in -> assertThat(in.getLots())
                                .hasToString(List.of(new WalletLot(NEXT_YEAR, 25L), new WalletLot(null, 15L))
                                        .toString()));
        assertThat(transfers.follow(of(sent, sent.credit(), FORKED), null)).isEqualTo(Step.NOTHING);
        assertThat(transfers.follow(of(sent, now("tr_1").credit(), credited(40)), null))
                .isEqualTo(Step.ENDED);
        assertThat(statusOf("tr_1")).isEqualTo(Status.COMPLETED);
    }

    @Test
    void a_credit_whose_number_the_wallet_did_not_give_to_another_may_have_been_applied() {
        Transfer sent = sent("tr_1", 40);
        lose(sent);
        UUID filler = fill(sent);

        said(filler, FORKED);

        assertThat(retry("tr_1", "ann")).isInstanceOf(MayBeApplied.class);
        assertThat(besides).isEmpty();
        assertThat(transfers.follow(of(sent, sent.credit(), credited(40)), null))
                .isEqualTo(Step.ENDED);
    }

    @Test
    void what_is_kept_may_be_applied_and_what_has_ended_misses_nothing() {
        Transfer pending = begun("tr_1", 40);
        Retried ofDebit = retry("tr_1", "ann");
        transfers.follow(of(pending, pending.debit(), debited(40)), null);
        Retried ofCredit = retry("tr_1", "ann");
        transfers.follow(of(pending, pending.credit(), FULL), null);
        Retried ofReturn = retry("tr_1", "ann");
        transfers.follow(of(pending, pending.giveBack(), credited(40)), null);

        assertThat(ofDebit).isInstanceOf(MayBeApplied.class);
        assertThat(ofCredit)
                .isEqualTo(new MayBeApplied(
                        ((MayBeApplied) ofCredit).transfer(),
                        new Awaited(new Leg(pending.receiver(), pending.credit()), 1L)));
        assertThat(ofReturn).isInstanceOf(MayBeApplied.class);
        assertThat(retry("tr_1", "ann")).isInstanceOf(HasEnded.class);
        assertThat(retry("tr_9", "ann")).isEqualTo(new NotThere());
        assertThat(commands()).hasSize(3);
        assertThat(besides).isEmpty();
    }

    @Test
    void a_debit_that_was_lost_is_given_anew_and_is_that_of_the_same_wish() {
        Transfer pending = begun("tr_1", 40);
        lose(pending);
        said(fill(pending), NOTHING);

        retry("tr_1", "ann");
        Transfer again = begun("tr_1", 40);

        assertThat(again.debit()).isNotEqualTo(pending.debit());
        assertThat(commands().getLast().getAction())
                .isEqualTo(new WalletTransferOut(new WalletAmount("points", 40L), null));
        assertThat(transfers.follow(of(pending, again.debit(), debited(40)), null))
                .isEqualTo(Step.WENT_ON);
        assertThat(statusOf("tr_1")).isEqualTo(Status.SENT);
        assertThat(begun("tr_1", 40).debit()).isEqualTo(again.debit());
    }

    @Test
    void a_return_that_was_lost_is_given_anew_to_the_sender() {
        Transfer sent = sent("tr_1", 40);
        transfers.follow(of(sent, sent.credit(), FULL), null);
        lose(now("tr_1"));
        said(fill(now("tr_1")), NOTHING);

        retry("tr_1", "ann");

        assertThat(statusOf("tr_1")).isEqualTo(Status.RETURNING);
        assertThat(commands().getLast().getPlayerId()).isEqualTo("ada");
        assertThat(transfers.follow(of(sent, now("tr_1").giveBack(), credited(40)), null))
                .isEqualTo(Step.ENDED);
        assertThat(statusOf("tr_1")).isEqualTo(Status.RETURNED);
        assertThat(transfers.begin(wish("tr_2", 100), LIMITS)).isInstanceOf(UnderWay.class);
    }

    @Test
    void what_neither_took_goes_to_the_receiver_again_and_back_if_they_refuse_again() {
        Transfer sent = sent("tr_1", 40);
        transfers.follow(of(sent, sent.credit(), FULL), null);
        transfers.follow(of(sent, sent.giveBack(), FULL), null);

        retry("tr_1", "ann");
        Transfer second = now("tr_1");
        transfers.follow(of(sent, second.credit(), FULL), null);
        transfers.follow(of(sent, second.giveBack(), FULL), null);
        Status stranded = statusOf("tr_1");
        retry("tr_1", "ben");
        transfers.follow(of(sent, now("tr_1").credit(), credited(40)), null);

        assertThat(second.status()).isEqualTo(Status.SENT);
        assertThat(second.refusal()).isNull();
        assertThat(stranded).isEqualTo(Status.STRANDED);
        assertThat(statusOf("tr_1")).isEqualTo(Status.COMPLETED);
        assertThat(commands().stream().map(WalletCommand::getCommandId))
                .doesNotHaveDuplicates()
                .hasSize(6);
    }

    @Test
    void of_many_who_retry_at_once_one_does() throws Exception {
        Transfer sent = sent("tr_1", 40);
        lose(sent);
        said(fill(sent), NOTHING);
        List<Callable<Retried>> tries = IntStream.range(0, 8)
                .<Callable<Retried>>mapToObj(n -> () -> retry("tr_1", "operator " + n))
                .toList();

        List<Retried> retried = onThreads(tries);

        assertThat(retried).filteredOn(Given.class::isInstance).hasSize(1);
        assertThat(retried).filteredOn(MayBeApplied.class::isInstance).hasSize(7);
        assertThat(commands()).hasSize(4);
        assertThat(besides).hasSize(1);
    }

    @Test
    void the_same_request_retries_once_whatever_became_of_the_transfer_since() {
        Transfer sent = sent("tr_1", 40);
        lose(sent);
        said(fill(sent), NOTHING);

        Retried first = retry("tr_1", "ann");
        Retried second = retry("tr_1", "ann");
        transfers.follow(of(sent, now("tr_1").credit(), FULL), null);
        Retried third = retry("tr_1", "ann");

        UUID given = ((Given) first).command().id();
        assertThat(List.of(second, third))
                .allSatisfy(again -> assertThat(again).isInstanceOfSatisfying(Given.class, same -> {
                    assertThat(same.command().id()).isEqualTo(given);
                    assertThat(same.command().isNew()).isFalse();
                }));
        assertThat(besides).hasSize(1);
        assertThat(statusOf("tr_1")).isEqualTo(Status.RETURNING);
    }

    @Test
    void what_fails_beside_a_retry_leaves_the_transfer_as_it_was() {
        Transfer sent = sent("tr_1", 40);
        lose(sent);
        said(fill(sent), NOTHING);

        assertThatThrownBy(() -> transfers.retry(new Retry(ACME, "tr_1", "ann", null), _ -> {
                    throw new IllegalStateException("no room for the reason");
                }))
                .hasMessage("no room for the reason");

        assertThat(now("tr_1").attempts()).isEqualTo(new Attempts(1, 1));
        assertThat(commands()).hasSize(3);
        assertThat(retry("tr_1", "ann")).isInstanceOf(Given.class);
    }

    @Test
    void a_command_whose_number_was_not_kept_had_one_that_is_anothers_now_if_all_are() {
        Transfer sent = sent("tr_1", 40);
        forgetNumber();
        Retried kept = retry("tr_1", "ann");
        lose(sent);
        Retried lost = retry("tr_1", "ben");
        UUID filler = fill(sent);
        Retried waiting = retry("tr_1", "cleo");
        said(filler, NOTHING);

        assertThat(List.of(kept, lost, waiting))
                .allSatisfy(one -> assertThat(one).isInstanceOf(MayBeApplied.class));
        assertThat(retry("tr_1", "dora")).isInstanceOf(Given.class);
    }

    @Test
    void a_command_whose_number_was_not_kept_may_be_applied_where_another_found_its_number_taken() {
        Transfer sent = sent("tr_1", 40);
        forgetNumber();
        lose(sent);
        said(fill(sent), FORKED);

        assertThat(retry("tr_1", "ann")).isInstanceOf(MayBeApplied.class);
    }

    @Test
    void what_arrived_is_taken_back_by_a_transfer_that_gives_back_what_came() {
        Transfer completed = completed("tr_1", 40);

        Reversed reversed = reverse("tr_1", "tr_back");

        assertThat(reversed).isInstanceOfSatisfying(Back.class, back -> {
            assertThat(back.transfer().from()).isEqualTo(completed.to());
            assertThat(back.transfer().to()).isEqualTo(completed.from());
            assertThat(back.transfer().reverses()).isEqualTo(new Original("tr_1", 1L));
            assertThat(besides)
                    .containsExactly(new Leg(completed.receiver(), back.debit().id()));
        });
        WalletCommand debit = commands().getLast();
        assertThat(debit.getPlayerId()).isEqualTo("grace");
        assertThat(debit.getCause()).isEqualTo(new WalletCause("transfer", "tr_back"));
        assertThat(debit.getAction()).isEqualTo(new WalletTransferOut(new WalletAmount("points", 40L), 1L));
        Transfer back = now("tr_back");
        transfers.follow(of(back, back.debit(), debited(40)), null);
        WalletCommand credit = commands().getLast();
        assertThat(credit.getPlayerId()).isEqualTo("ada");
        assertThat(transfers.follow(of(back, back.credit(), credited(40)), null))
                .isEqualTo(Step.ENDED);
        assertThat(statusOf("tr_back")).isEqualTo(Status.COMPLETED);
        assertThat(transfers.show(ACME, "tr_1").orElseThrow().reversedBy()).isEqualTo("tr_back");
        assertThat(transfers.show(ACME, "tr_back").orElseThrow().reversedBy()).isNull();
        assertThat(transfers.list(ACME, Set.of(Status.COMPLETED), null, 10))
                .extracting(listed -> listed.transfer().id(), Listed::reversedBy)
                .containsExactlyInAnyOrder(tuple("tr_1", "tr_back"), tuple("tr_back", null));
    }

    @Test
    void a_transfer_back_can_itself_be_taken_back() {
        completed("tr_1", 40);
        reverse("tr_1", "tr_back");
        Transfer back = now("tr_back");
        transfers.follow(of(back, back.debit(), debited(40)), null);
        transfers.follow(of(back, back.credit(), credited(40)), null);

        Reversed again = reverse("tr_1", "tr_other");
        reverse("tr_back", "tr_forth");

        assertThat(again).isEqualTo(new ReversedBefore(now("tr_1"), "tr_back"));
        assertThat(now("tr_forth").reverses()).isEqualTo(new Original("tr_back", 2L));
        assertThat(now("tr_forth").from()).isEqualTo(new PlayerId("ada"));
    }

    @Test
    void only_what_has_arrived_is_taken_back() {
        begun("tr_1", 40);
        Transfer pending = now("tr_1");
        Reversed early = reverse("tr_1", "tr_back");
        transfers.follow(of(pending, pending.debit(), REFUSED), null);
        Reversed late = reverse("tr_1", "tr_back");

        assertThat(early).isEqualTo(new NotCompleted(pending));
        assertThat(late).isEqualTo(new NotCompleted(now("tr_1")));
        assertThat(reverse("tr_9", "tr_back")).isEqualTo(new Reversed.NotThere());
        assertThat(transfers.reverse(new Reversal(RIVAL, "tr_1", "tr_back", null), besides::add))
                .isEqualTo(new Reversed.NotThere());
        assertThat(commands()).hasSize(1);
        assertThat(besides).isEmpty();
    }

    @Test
    void of_many_who_take_a_transfer_back_at_once_one_does() throws Exception {
        completed("tr_1", 40);
        List<Callable<Reversed>> tries = IntStream.range(0, 8)
                .<Callable<Reversed>>mapToObj(n -> () -> reverse("tr_1", "tr_back" + n))
                .toList();

        List<Reversed> reversed = onThreads(tries);

        assertThat(reversed).filteredOn(Back.class::isInstance).hasSize(1);
        assertThat(reversed).filteredOn(ReversedBefore.class::isInstance).hasSize(7);
        assertThat(commands()).hasSize(3);
        assertThat(besides).hasSize(1);
    }

    @Test
    void the_same_request_takes_it_back_once_whatever_became_of_it_since() throws Exception {
        completed("tr_1", 40);
        List<Callable<Reversed>> twins = Collections.nCopies(8, () -> reverse("tr_1", "tr_back"));

        List<Reversed> reversed = onThreads(twins);
        Transfer back = now("tr_back");
        transfers.follow(of(back, back.debit(), REFUSED), null);
        Reversed later = reverse("tr_1", "tr_back");

        assertThat(reversed).allMatch(Back.class::isInstance);
        assertThat(later).isInstanceOfSatisfying(Back.class, same -> {
            assertThat(same.transfer().status()).isEqualTo(Status.REFUSED);
            assertThat(same.debit().id()).isEqualTo(back.debit());
        });
        assertThat(commands()).hasSize(3);
        assertThat(besides).hasSize(1);
    }

    @Test
    void one_that_failed_makes_room_for_another() {
        completed("tr_1", 40);
        reverse("tr_1", "tr_back");
        Transfer refused = now("tr_back");
        transfers.follow(of(refused, refused.debit(), REFUSED), null);
        @Nullable String meanwhile = transfers.show(ACME, "tr_1").orElseThrow().reversedBy();

        reverse("tr_1", "tr_second");
        Transfer second = now("tr_second");
        transfers.follow(of(second, second.debit(), debited(40)), null);
        transfers.follow(of(second, second.credit(), FULL), null);
        Reversed returning = reverse("tr_1", "tr_third");
        transfers.follow(of(second, second.giveBack(), credited(40)), null);

        assertThat(meanwhile).isNull();
        assertThat(returning).isInstanceOf(ReversedBefore.class);
        assertThat(reverse("tr_1", "tr_third")).isInstanceOf(Back.class);
    }

    @Test
    void the_database_itself_keeps_a_second_one_out() {
        completed("tr_1", 40);
        reverse("tr_1", "tr_back");

        assertThatThrownBy(() -> definitions.database().jdbc().sql("""
                                insert into wallet_transfer (tenant_id, transfer_id, from_player_id, to_player_id, scope_key,
                                    currency, amount, epoch_day, asked_by, status, reverses, created_at, updated_at)
                                select tenant_id, 'tr_second', from_player_id, to_player_id, scope_key, currency, amount,
                                    epoch_day, asked_by, status, reverses, created_at, updated_at
                                from wallet_transfer where transfer_id = 'tr_back'
                                """).update())
                .isInstanceOf(DuplicateKeyException.class);
    }

    @Test
    void what_is_taken_back_is_no_business_of_the_days_limit() {
        completed("tr_1", 40);
        reverse("tr_1", "tr_back");
        Transfer back = now("tr_back");
        transfers.follow(of(back, back.debit(), REFUSED), null);

        assertThat(transfers.begin(wish("tr_2", 61), LIMITS)).isEqualTo(new Begun.OverTheDay(60));
        assertThat(transfers.begin(ofGrace("tr_3", 100), LIMITS)).isInstanceOf(UnderWay.class);
        assertThat(transfers.begin(ofGrace("tr_4", 1), LIMITS)).isEqualTo(new Begun.OverTheDay(0));
    }

    @Test
    void a_debit_that_is_given_anew_gives_back_the_same() {
        completed("tr_1", 40);
        reverse("tr_1", "tr_back");
        lose(now("tr_back"));
        said(fill(now("tr_back")), NOTHING);

        retry("tr_back", "ann");

        assertThat(commands().getLast().getAction())
                .isEqualTo(new WalletTransferOut(new WalletAmount("points", 40L), 1L));
        assertThat(now("tr_back").reverses()).isEqualTo(new Original("tr_1", 1L));
    }

    @Test
    void the_number_of_a_credit_that_was_not_kept_with_the_transfer_is_that_of_its_command() {
        completed("tr_1", 40);
        forgetNumber();

        reverse("tr_1", "tr_back");

        assertThat(now("tr_back").reverses()).isEqualTo(new Original("tr_1", 1L));
    }

    @Test
    void what_fails_beside_a_reversal_leaves_no_transfer_back() {
        completed("tr_1", 40);

        assertThatThrownBy(() -> transfers.reverse(new Reversal(ACME, "tr_1", "tr_back", null), _ -> {
                    throw new IllegalStateException("no room for the reason");
                }))
                .hasMessage("no room for the reason");

        assertThat(transfers.find(ACME, "tr_back")).isEmpty();
        assertThat(reverse("tr_1", "tr_back")).isInstanceOf(Back.class);
    }

    @Test
    void transfers_are_listed_by_status_the_oldest_first_page_by_page() {
        sent("tr_1", 40);
        definitions.pass(Duration.ofSeconds(1));
        begun("tr_3", 10);
        begun("tr_2", 10);
        Transfer ended = begun("tr_4", 10);
        transfers.follow(of(ended, ended.debit(), REFUSED), null);
        Set<Status> open = EnumSet.of(Status.PENDING, Status.SENT);

        List<Listed> first = transfers.list(ACME, open, null, 2);
        List<Listed> second =
                transfers.list(ACME, open, Place.parse(first.getLast().place().toString()), 2);

        assertThat(first).extracting(listed -> listed.transfer().id()).containsExactly("tr_1", "tr_2");
        assertThat(second).extracting(listed -> listed.transfer().id()).containsExactly("tr_3");
        assertThat(first.getFirst().awaited())
                .isEqualTo(
                        new Awaited(new Leg(now("tr_1").receiver(), now("tr_1").credit()), 1L));
        assertThat(transfers.list(ACME, Set.of(Status.REFUSED), null, 10))
                .singleElement()
                .satisfies(refused -> assertThat(refused.awaited()).isNull());
        assertThat(transfers.list(RIVAL, open, null, 10)).isEmpty();
        assertThatThrownBy(() -> Place.parse("tr_1")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void one_that_has_not_moved_for_long_is_overdue_until_it_has_ended() {
        var overdue = new OverdueTransfers(definitions.database(), definitions.clock());
        var minute = Duration.ofSeconds(60);
        Transfer pending = begun("tr_1", 10);
        definitions.pass(Duration.ofSeconds(40));
        Transfer sent = sent("tr_2", 40);
        lose(sent);
        definitions.pass(minute);

        assertThat(overdue.longerThan(minute)).isEqualTo(new Overdue(1, Duration.ofSeconds(100)));
        definitions.pass(Duration.ofSeconds(1));
        assertThat(overdue.longerThan(minute)).isEqualTo(new Overdue(2, Duration.ofSeconds(101)));
        transfers.follow(of(pending, pending.debit(), REFUSED), null);
        assertThat(overdue.longerThan(minute)).isEqualTo(new Overdue(1, Duration.ofSeconds(61)));
        transfers.follow(of(sent, sent.credit(), FULL), null);
        assertThat(overdue.longerThan(minute)).isEqualTo(Overdue.NONE);
        definitions.pass(Duration.ofSeconds(61));
        assertThat(overdue.longerThan(minute)).isEqualTo(new Overdue(1, Duration.ofSeconds(61)));
        transfers.follow(of(sent, sent.giveBack(), FULL), null);
        definitions.pass(Duration.ofSeconds(62));
        assertThat(overdue.longerThan(minute)).isEqualTo(new Overdue(1, Duration.ofSeconds(62)));
        retry("tr_2", "ann");
        assertThat(overdue.longerThan(minute)).isEqualTo(Overdue.NONE);
        transfers.follow(of(sent, now("tr_2").credit(), credited(40)), null);
        definitions.pass(Duration.ofSeconds(61));
        assertThat(overdue.longerThan(minute)).isEqualTo(Overdue.NONE);
    }

    private Transfer sent(String id, long amount) {
        Transfer transfer = begun(id, amount);
        transfers.follow(of(transfer, transfer.debit(), debited(amount)), null);
        return now(id);
    }

    private Transfer completed(String id, long amount) {
        Transfer sent = sent(id, amount);
        transfers.follow(of(sent, sent.credit(), credited(amount)), null);
        return now(id);
    }

    private Reversed reverse(String id, String back) {
        return transfers.reverse(new Reversal(ACME, id, back, null), besides::add);
    }

    private static Wish ofGrace(String id, long amount) {
        return new Wish(
                ACME,
                id,
                new PlayerId("grace"),
                new PlayerId("ada"),
                new ScopeKey("camp_1"),
                new Money(POINTS, amount),
                "hash",
                null);
    }

    private Retried retry(String id, String askedBy) {
        return transfers.retry(new Retry(ACME, id, askedBy, null), besides::add);
    }

    /** As if the command that the transfer waits for had never been written: what it left is its number. */
    private void lose(Transfer transfer) {
        int lost = definitions
                .database()
                .jdbc()
                .sql("delete from wallet_command where tenant_id = ? and command_id = ?")
                .param(ACME.value())
                .param(transfer.leg().orElseThrow().command())
                .update();
        assertThat(lost).isEqualTo(1);
    }

    /** @return the command that does nothing, in the place of the last one of the wallet */
    private UUID fill(Transfer transfer) {
        WalletId wallet = transfer.leg().orElseThrow().wallet();
        long number = new WalletNumbers(definitions.database())
                .latest(ACME, wallet.scope().value(), wallet.player());
        var wish = new MissingCommands.Wish(
                wallet, number, UUID.randomUUID(), new Cause("fill", "wact_1"), "fill", null, definitions.now());
        assertThat(missing.mend(wish, _ -> {})).isInstanceOf(Mended.Filled.class);
        return wish.id();
    }

    /** What becomes of a command that does nothing. */
    private void said(UUID filler, Verdict verdict) {
        WalletId any = now("tr_1").sender();
        assertThat(outcomes.keep(List.of(
                        new WalletOutcome(any, filler, 1, new Cause("fill", "wact_1"), verdict, definitions.now()))))
                .hasSize(1);
    }

    /** As rows are that were written before it was kept. */
    private void forgetNumber() {
        definitions
                .database()
                .jdbc()
                .sql("update wallet_transfer set leg_command_id = null, leg_number = null")
                .update();
    }

    private Transfer now(String id) {
        return transfers.find(ACME, id).orElseThrow();
    }

    private Transfer begun(String id, long amount) {
        return switch (transfers.begin(wish(id, amount), LIMITS)) {
            case UnderWay(Transfer transfer, WrittenCommand _) -> transfer;
            case Begun.AnotherOfThatId other -> throw new AssertionError(other);
            case Begun.OverTheDay over -> throw new AssertionError(over);
        };
    }

    private static Wish wish(String id, long amount) {
        return new Wish(
                ACME,
                id,
                new PlayerId("ada"),
                new PlayerId("grace"),
                new ScopeKey("camp_1"),
                new Money(POINTS, amount),
                "hash",
                null);
    }

    private Status statusOf(String id) {
        return now(id).status();
    }

    private WalletOutcome of(Transfer transfer, UUID command, Verdict verdict) {
        return new WalletOutcome(
                transfer.sender(), command, 1, new Cause("transfer", transfer.id()), verdict, definitions.now());
    }

    private static Accepted debited(long amount) {
        return moved(-amount);
    }

    private static Accepted credited(long amount) {
        return moved(amount);
    }

    private static Accepted moved(long amount) {
        return new Accepted(List.of(
                new LedgerEntry(POINTS, amount, CounterAccount.TRANSFER, 60, PlayerAccount.AVAILABLE, SOME_EXPIRES)));
    }

    private List<WalletCommand> commands() {
        try (var serde = Topics.WALLET_COMMANDS.valueSerde(registry)) {
            return definitions
                    .database()
                    .jdbc()
                    .sql(
                            "select payload from outbox where aggregatetype = 'fanfare.wallet-commands.v1' order by position")
                    .query((row, _) -> serde.deserializer().deserialize(Topics.WALLET_COMMANDS.name(), row.getBytes(1)))
                    .list();
        }
    }

    private static <T> List<T> onThreads(List<Callable<T>> calls) throws Exception {
        try (var threads = Executors.newFixedThreadPool(8)) {
            return threads.invokeAll(calls).stream().map(Future::resultNow).toList();
        }
    }
}
