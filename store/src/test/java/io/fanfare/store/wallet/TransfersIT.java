package io.fanfare.store.wallet;

import static io.fanfare.store.Definitions.ACME;
import static io.fanfare.store.Definitions.RIVAL;
import static org.assertj.core.api.Assertions.assertThat;

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
import io.fanfare.events.WalletAmount;
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
import io.fanfare.store.wallet.Transfer.Status;
import io.fanfare.store.wallet.Transfers.Begun;
import io.fanfare.store.wallet.Transfers.Begun.UnderWay;
import io.fanfare.store.wallet.Transfers.Step;
import io.fanfare.store.wallet.Transfers.Wish;
import io.fanfare.store.wallet.WalletTerms.TransferLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class TransfersIT {

    private static final Currency POINTS = new Currency("points");
    private static final TransferLimits LIMITS = new TransferLimits(POINTS, 1, 100, 100);
    private static final Instant NEXT_YEAR = Instant.parse("2027-01-01T00:00:00Z");
    private static final List<Lot> SOME_EXPIRES = List.of(new Lot(NEXT_YEAR, 25), new Lot(null, 15));
    private static final Declined REFUSED = new Declined(Refusal.INSUFFICIENT_BALANCE, "39 available, 40 asked for");
    private static final Declined FULL = new Declined(Refusal.OVERFLOW, "a total would pass 64 bits");

    private final Definitions definitions;
    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final Transfers transfers;

    TransfersIT(StoreServer server) {
        this.definitions = new Definitions(server);
        var commands = new WalletCommands(definitions.database(), new Outbox(definitions.database(), registry));
        this.transfers = new Transfers(definitions.database(), commands, definitions.clock());
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
            assertThat(debit.getAction()).isEqualTo(new WalletTransferOut(new WalletAmount("points", 40L)));
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
        assertThat(transfers.follow(unknown, null)).isEqualTo(Step.NOTHING);
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
        return transfers.find(ACME, id).orElseThrow().status();
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
