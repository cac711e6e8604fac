package io.fanfare.store.wallet;

import static io.fanfare.store.Definitions.ACME;
import static io.fanfare.store.Definitions.RIVAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.wallet.Activation;
import io.fanfare.engine.wallet.Cause;
import io.fanfare.engine.wallet.ConversionRate;
import io.fanfare.engine.wallet.Currency;
import io.fanfare.engine.wallet.HoldId;
import io.fanfare.engine.wallet.Lot;
import io.fanfare.engine.wallet.Money;
import io.fanfare.engine.wallet.ScopeKey;
import io.fanfare.engine.wallet.WalletCommand;
import io.fanfare.engine.wallet.WalletId;
import io.fanfare.events.WalletActivate;
import io.fanfare.events.WalletAdjust;
import io.fanfare.events.WalletAmount;
import io.fanfare.events.WalletConvert;
import io.fanfare.events.WalletCredit;
import io.fanfare.events.WalletCreditEach;
import io.fanfare.events.WalletCreditOnTerms;
import io.fanfare.events.WalletHold;
import io.fanfare.events.WalletHoldPost;
import io.fanfare.events.WalletHoldVoid;
import io.fanfare.events.WalletLot;
import io.fanfare.events.WalletNoOp;
import io.fanfare.events.WalletRequire;
import io.fanfare.events.WalletReverse;
import io.fanfare.events.WalletSpend;
import io.fanfare.events.WalletTransferIn;
import io.fanfare.events.WalletTransferOut;
import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.InMemoryRegistry;
import io.fanfare.store.Database;
import io.fanfare.store.OnEveryDatabase;
import io.fanfare.store.StoreServer;
import io.fanfare.store.outbox.Outbox;
import io.fanfare.store.outbox.Republishing;
import io.fanfare.store.sequence.PlayerSequences;
import io.fanfare.store.sequence.SequenceKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class WalletCommandsIT {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123Z");
    private static final Currency POINTS = new Currency("points");
    private static final WalletCommand FIVE = new WalletCommand.Credit(List.of(new Money(POINTS, 5)));

    private final Database database;
    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final Outbox outbox;
    private final WalletCommands commands;

    WalletCommandsIT(StoreServer server) {
        this.database = server.fresh();
        this.outbox = new Outbox(database, registry);
        this.commands = new WalletCommands(database, outbox);
    }

    @Test
    void commands_of_a_wallet_are_numbered_in_their_order_and_each_wallet_for_itself() {
        List<WalletOrder> orders = List.of(
                order(wallet("linus")), order(wallet("ada")), order(wallet("linus")), order(wallet("ada", "camp_2")));

        List<WrittenCommand> written = write(orders);

        assertThat(written).extracting(WrittenCommand::number).containsExactly(1L, 1L, 2L, 1L);
        assertThat(written)
                .extracting(WrittenCommand::id)
                .isEqualTo(orders.stream().map(WalletOrder::id).toList());
        assertThat(write(List.of(order(wallet("linus")))))
                .extracting(WrittenCommand::number)
                .containsExactly(3L);
        assertThat(kept()).isEqualTo(published()).hasSize(5);
    }

    @Test
    void tenants_are_numbered_apart_and_may_choose_the_same_id() {
        var id = new UUID(1, 1);
        write(List.of(order(wallet(ACME, "ada"), id)));

        List<WrittenCommand> rivals = write(List.of(order(wallet(RIVAL, "ada"), id)));

        assertThat(rivals).containsExactly(new WrittenCommand(wallet(RIVAL, "ada"), id, 1, null, true));
    }

    @Test
    void a_command_that_was_given_before_is_not_given_again() {
        var id = new UUID(1, 1);
        write(List.of(order(wallet("ada")), order(wallet("ada"), id)));

        List<WrittenCommand> again =
                write(List.of(order(wallet("ada"), id), order(wallet("ada")), order(wallet("ada"), id)));

        assertThat(again).extracting(WrittenCommand::number).containsExactly(2L, 3L, 2L);
        assertThat(again).extracting(WrittenCommand::isNew).containsExactly(false, true, false);
        assertThat(commands.find(ACME, id)).contains(new WrittenCommand(wallet("ada"), id, 2, null, false));
        assertThat(commands.find(RIVAL, id)).isEmpty();
        assertThat(kept()).isEqualTo(published()).hasSize(3);
    }

    @Test
    void a_command_that_comes_twice_at_once_is_given_once() {
        var id = new UUID(1, 1);

        List<WrittenCommand> written = write(List.of(order(wallet("ada"), id), order(wallet("ada"), id)));

        assertThat(written).extracting(WrittenCommand::number).containsExactly(1L, 1L);
        assertThat(written).extracting(WrittenCommand::isNew).containsExactly(true, false);
        assertThat(kept()).isEqualTo(published()).hasSize(1);
    }

    @Test
    void a_transaction_that_comes_to_nothing_leaves_no_gap() {
        assertThatThrownBy(() -> database.inTransaction(() -> {
                    commands.write(order(wallet("ada")));
                    throw new IllegalStateException("changed its mind");
                }))
                .hasMessage("changed its mind");

        assertThat(write(List.of(order(wallet("ada")))))
                .extracting(WrittenCommand::number)
                .containsExactly(1L);
        assertThat(kept()).isEqualTo(published()).hasSize(1);
    }

    @Test
    void the_order_of_numbers_is_the_order_on_the_topic_whoever_else_is_at_it() throws Exception {
        List<WalletId> wallets =
                IntStream.range(0, 4).mapToObj(i -> wallet("player" + i)).toList();
        List<Callable<List<WrittenCommand>>> batches = IntStream.range(0, 40)
                .<Callable<List<WrittenCommand>>>mapToObj(batch -> () -> {
                    var mixed = new ArrayList<WalletId>(wallets);
                    Collections.shuffle(mixed, new Random(batch));
                    return database.inTransactionOrAgain(() -> commands.write(
                            mixed.stream().map(WalletCommandsIT::order).toList()));
                })
                .toList();

        onThreads(batches);

        for (WalletId wallet : wallets) {
            assertThat(numbersPublished(wallet)).isEqualTo(oneTo(40));
        }
        assertThat(new HashSet<>(kept())).isEqualTo(new HashSet<>(published()));
    }

    @Test
    void of_many_who_give_the_same_command_one_does() throws Exception {
        var id = new UUID(1, 1);
        List<Callable<WrittenCommand>> calls = Collections.nCopies(
                16, () -> database.inTransactionOrAgain(() -> commands.write(order(wallet("ada"), id))));

        List<WrittenCommand> written = onThreads(calls);

        assertThat(written).extracting(WrittenCommand::number).containsOnly(1L);
        assertThat(written).filteredOn(WrittenCommand::isNew).hasSize(1);
        assertThat(kept()).isEqualTo(published()).hasSize(1);
        assertThat(write(List.of(order(wallet("ada")))))
                .extracting(WrittenCommand::number)
                .containsExactly(2L);
    }

    @Test
    void outside_a_transaction_nothing_is_given() {
        assertThatThrownBy(() -> commands.write(order(wallet("ada"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("outside a transaction");
        assertThatThrownBy(() -> new PlayerSequences(database)
                        .advance(new TreeMap<>(
                                Map.of(new SequenceKey(ACME, new PlayerId("ada"), SequenceKey.PLAYS), 1L))))
                .hasMessageContaining("outside a transaction");
    }

    @Test
    void a_command_that_cannot_be_is_not_given() {
        assertThatThrownBy(() -> order(wallet("ada"), new UUID(1, 1), new WalletCommand.Flawed("no such thing")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no such thing");
    }

    @Test
    void every_kind_of_command_is_a_record_of_its_own() {
        var hundred = new Money(POINTS, 100);
        var amount = new WalletAmount("points", 100L);
        Instant later = NOON.plusSeconds(60);
        var hold = new HoldId("hold_1");

        assertThat(actions(
                        new WalletCommand.Credit(List.of(hundred)),
                        new WalletCommand.Credit(List.of(hundred), Activation.AT_ONCE, later),
                        new WalletCommand.Credit(List.of(hundred), new Activation.At(NOON), later),
                        new WalletCommand.Credit(List.of(hundred), new Activation.OnAction("kyc"), null),
                        new WalletCommand.Spend(List.of(hundred)),
                        new WalletCommand.Require("milestone_1", hundred),
                        new WalletCommand.PlaceHold(hold, hundred, later),
                        new WalletCommand.PostHold(hold, 40L),
                        new WalletCommand.PostHold(hold, null),
                        new WalletCommand.VoidHold(hold),
                        new WalletCommand.Convert(hundred, new Currency("coins"), ConversionRate.HUNDRED_TO_ONE),
                        new WalletCommand.Adjust(POINTS, -3),
                        new WalletCommand.Adjust(POINTS, 3, false),
                        new WalletCommand.CreditEach(List.of(
                                new WalletCommand.Credit(List.of(hundred)),
                                new WalletCommand.Credit(List.of(hundred), new Activation.OnAction("kyc"), later))),
                        new WalletCommand.Reverse(List.of(2L, 1L), true),
                        new WalletCommand.TransferOut(hundred),
                        new WalletCommand.TransferIn(hundred, List.of(new Lot(later, 60), new Lot(null, 40))),
                        new WalletCommand.Activate("kyc"),
                        new WalletCommand.NoOp()))
                .containsExactly(texts(
                        new WalletCredit(List.of(amount)),
                        new WalletCreditOnTerms(List.of(amount), null, null, later),
                        new WalletCreditOnTerms(List.of(amount), NOON, null, later),
                        new WalletCreditOnTerms(List.of(amount), null, "kyc", null),
                        new WalletSpend(List.of(amount)),
                        new WalletRequire("milestone_1", amount),
                        new WalletHold("hold_1", amount, later),
                        new WalletHoldPost("hold_1", 40L),
                        new WalletHoldPost("hold_1", null),
                        new WalletHoldVoid("hold_1"),
                        new WalletConvert(amount, "coins", 100L, 1L),
                        new WalletAdjust("points", -3L, true),
                        new WalletAdjust("points", 3L, false),
                        new WalletCreditEach(List.of(
                                new WalletCreditOnTerms(List.of(amount), null, null, null),
                                new WalletCreditOnTerms(List.of(amount), null, "kyc", later))),
                        new WalletReverse(List.of(2L, 1L), true, true),
                        new WalletTransferOut(amount, null),
                        new WalletTransferIn(amount, List.of(new WalletLot(later, 60L), new WalletLot(null, 40L))),
                        new WalletActivate("kyc"),
                        new WalletNoOp()));
    }

    @Test
    void what_was_given_can_be_published_again_to_the_letter() {
        write(List.of(order(wallet("ada")), order(wallet("grace")), order(wallet("ada"))));
        List<io.fanfare.events.WalletCommand> once = published();

        var written =
                new Republishing(database, outbox).again(new Republishing.Selection(Instant.EPOCH, ACME), _ -> {});

        assertThat(written).containsOnlyKeys(Topics.WALLET_COMMANDS.name());
        assertThat(published().subList(3, 6)).isEqualTo(once);
    }

    private List<WrittenCommand> write(List<WalletOrder> orders) {
        return database.inTransaction(() -> commands.write(orders));
    }

    private List<String> actions(WalletCommand... kinds) {
        for (WalletCommand kind : kinds) {
            write(List.of(order(wallet("ada"), UUID.randomUUID(), kind)));
        }
        return published().stream()
                .map(command -> command.getAction().toString())
                .toList();
    }

    /** Records with a time that may be null cannot be compared with one another. */
    private static String[] texts(SpecificRecord... records) {
        return Arrays.stream(records).map(Object::toString).toArray(String[]::new);
    }

    private List<io.fanfare.events.WalletCommand> published() {
        return payloads(
                "select payload from outbox where aggregatetype = 'fanfare.wallet-commands.v1' order by position");
    }

    private List<io.fanfare.events.WalletCommand> kept() {
        return payloads("""
                select kept.payload from wallet_command kept
                join outbox on outbox.payload = kept.payload
                order by outbox.position
                """);
    }

    private List<Long> numbersPublished(WalletId wallet) {
        return published().stream()
                .filter(command -> command.getPlayerId().equals(wallet.player().value()))
                .map(io.fanfare.events.WalletCommand::getSequence)
                .toList();
    }

    private List<io.fanfare.events.WalletCommand> payloads(String sql) {
        try (var serde = Topics.WALLET_COMMANDS.valueSerde(registry)) {
            return database.jdbc()
                    .sql(sql)
                    .query((row, _) -> serde.deserializer().deserialize(Topics.WALLET_COMMANDS.name(), row.getBytes(1)))
                    .list();
        }
    }

    private static <T> List<T> onThreads(List<Callable<T>> calls) throws Exception {
        try (var threads = Executors.newFixedThreadPool(8)) {
            return threads.invokeAll(calls).stream().map(Future::resultNow).toList();
        }
    }

    private static List<Long> oneTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    private static WalletId wallet(String player) {
        return wallet(player, "camp_1");
    }

    private static WalletId wallet(String player, String scope) {
        return new WalletId(ACME, new PlayerId(player), new ScopeKey(scope));
    }

    private static WalletId wallet(TenantId tenant, String player) {
        return new WalletId(tenant, new PlayerId(player), new ScopeKey("camp_1"));
    }

    private static WalletOrder order(WalletId wallet) {
        return order(wallet, UUID.randomUUID());
    }

    private static WalletOrder order(WalletId wallet, UUID id) {
        return order(wallet, id, FIVE);
    }

    private static WalletOrder order(WalletId wallet, UUID id, WalletCommand command) {
        return new WalletOrder(wallet, id, new Cause("adjust", "operator_1"), command, null, "00-trace", NOON);
    }
}
