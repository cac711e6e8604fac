package io.fanfare.streams.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.wallet.Activation;
import io.fanfare.engine.wallet.Balance;
import io.fanfare.engine.wallet.BalanceSheet;
import io.fanfare.engine.wallet.Cause;
import io.fanfare.engine.wallet.CommandId;
import io.fanfare.engine.wallet.ConversionRate;
import io.fanfare.engine.wallet.CounterAccount;
import io.fanfare.engine.wallet.Currency;
import io.fanfare.engine.wallet.DatedLot;
import io.fanfare.engine.wallet.Flows;
import io.fanfare.engine.wallet.Hold;
import io.fanfare.engine.wallet.HoldId;
import io.fanfare.engine.wallet.Holding;
import io.fanfare.engine.wallet.LedgerEntry;
import io.fanfare.engine.wallet.Lot;
import io.fanfare.engine.wallet.Money;
import io.fanfare.engine.wallet.NumberedCommand;
import io.fanfare.engine.wallet.Pending;
import io.fanfare.engine.wallet.PlayerAccount;
import io.fanfare.engine.wallet.RecordedOutcome;
import io.fanfare.engine.wallet.RecordedOutcome.Standing;
import io.fanfare.engine.wallet.RecordedOutcome.Verdict.Accepted;
import io.fanfare.engine.wallet.RecordedOutcome.Verdict.Declined;
import io.fanfare.engine.wallet.Refusal;
import io.fanfare.engine.wallet.ScopeKey;
import io.fanfare.engine.wallet.Settlement;
import io.fanfare.engine.wallet.WalletCommand;
import io.fanfare.engine.wallet.WalletCommand.Activate;
import io.fanfare.engine.wallet.WalletCommand.Adjust;
import io.fanfare.engine.wallet.WalletCommand.Convert;
import io.fanfare.engine.wallet.WalletCommand.Credit;
import io.fanfare.engine.wallet.WalletCommand.CreditEach;
import io.fanfare.engine.wallet.WalletCommand.Flawed;
import io.fanfare.engine.wallet.WalletCommand.NoOp;
import io.fanfare.engine.wallet.WalletCommand.PlaceHold;
import io.fanfare.engine.wallet.WalletCommand.PostHold;
import io.fanfare.engine.wallet.WalletCommand.Require;
import io.fanfare.engine.wallet.WalletCommand.Reverse;
import io.fanfare.engine.wallet.WalletCommand.Spend;
import io.fanfare.engine.wallet.WalletCommand.TransferIn;
import io.fanfare.engine.wallet.WalletCommand.TransferOut;
import io.fanfare.engine.wallet.WalletCommand.VoidHold;
import io.fanfare.engine.wallet.WalletId;
import io.fanfare.engine.wallet.WalletState;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WalletStoresTest {

    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    private static final Currency POINTS = new Currency("points");

    @Test
    void wallets_come_back_as_they_were() {
        var points = new Holding(
                new Balance(10, 2, 100, 30),
                new Flows(40, -20, 2),
                7,
                List.of(new DatedLot(NOON, 4, true), new DatedLot(NOON.plusSeconds(1), 3, false)));
        var tickets = Holding.of(new Balance(Long.MAX_VALUE, 0, Long.MAX_VALUE, 0));
        var state = new WalletState(
                41,
                3,
                NOON,
                5,
                new TreeMap<>(Map.of(POINTS, points, new Currency("golden ticket ✨"), tickets)),
                List.of(new Hold(new HoldId("hold-1"), points(2), List.of(new Lot(NOON, 1), new Lot(null, 1)), NOON)),
                List.of(
                        new Pending(4, points(5), new Activation.At(NOON), NOON.plusSeconds(9)),
                        new Pending(5, points(2), new Activation.OnAction("visit"), null)),
                new TreeSet<>(Set.of("game-1.gold", "game-1.silver")));

        assertThat(roundTrip(StateForm.SERDE, state)).isEqualTo(state);
    }

    @Test
    void a_usual_wallet_takes_little_room() {
        var balances = new TreeMap<>(Map.of(POINTS, new Balance(40, 0, 90, 50)));

        byte[] bytes = StateForm.SERDE.serializer().serialize("", WalletState.of(7, 0, balances));

        assertThat(bytes).hasSizeLessThan(24);
    }

    @Test
    void sheets_come_back_as_they_were() {
        var sheet = BalanceSheet.EMPTY
                .plus(BalanceSheet.of(Holding.of(new Balance(Long.MAX_VALUE, 0, Long.MAX_VALUE, 0))))
                .plus(BalanceSheet.of(Holding.of(new Balance(Long.MAX_VALUE, 0, Long.MAX_VALUE, 0))))
                .plus(new LedgerEntry(POINTS, -5, CounterAccount.TRANSFER, 0));

        assertThat(roundTrip(SheetForm.SERDE, sheet)).isEqualTo(sheet);
        assertThat(sheet.isBalanced()).isTrue();
    }

    @Test
    void settlements_come_back_as_they_were() {
        var expired = new LedgerEntry(
                POINTS, -5, CounterAccount.BREAKAGE, 0, PlayerAccount.AVAILABLE, List.of(new Lot(NOON, 5)));
        var settlement = new Settlement(3, 7, NOON, new Cause("expiry", "then"), List.of(expired));

        assertThat(roundTrip(OutcomeForm.SETTLEMENTS, settlement)).isEqualTo(settlement);
    }

    @Test
    void the_agenda_is_in_the_order_of_time() {
        List<Bytes> keys = Stream.of(
                        AgendaSlot.FIRST,
                        new AgendaSlot(NOON, "acme/ada/spring"),
                        new AgendaSlot(NOON, "acme/grace/spring"),
                        AgendaSlot.behind(NOON),
                        new AgendaSlot(NOON.plusMillis(1), "acme/ada/spring"))
                .map(slot -> Bytes.wrap(AgendaSlot.SERDE.serializer().serialize("", slot)))
                .toList();

        assertThat(keys).isSorted();
        assertThat(roundTrip(AgendaSlot.SERDE, new AgendaSlot(NOON, "acme/ada/spring")))
                .isEqualTo(new AgendaSlot(NOON, "acme/ada/spring"));
    }

    /** Written by the first release: every later one must read it. */
    @Test
    void wallets_of_version_1_can_be_read() {
        byte[] version1 = HexFormat.of()
                .parseHex("01" + "0000000000000007" + "00000000" + "00000001" + "0006706f696e7473" + "0000000000000028"
                        + "0000000000000000" + "000000000000005a" + "0000000000000032");

        WalletState state = StateForm.SERDE.deserializer().deserialize("", version1);

        assertThat(state).isEqualTo(WalletState.of(7, 0, new TreeMap<>(Map.of(POINTS, new Balance(40, 0, 90, 50)))));
    }

    @Test
    void a_version_from_the_future_is_refused() {
        assertThatThrownBy(() -> StateForm.SERDE.deserializer().deserialize("", new byte[] {3}))
                .isInstanceOf(SerializationException.class)
                .hasMessage("state has version 3, expected at most 2");
    }

    @ParameterizedTest
    @MethodSource
    void outcomes_come_back_as_they_were(RecordedOutcome outcome) {
        assertThat(roundTrip(OutcomeForm.OUTCOMES, outcome)).isEqualTo(outcome);
    }

    static Stream<RecordedOutcome> outcomes_come_back_as_they_were() {
        var spent = new LedgerEntry(
                POINTS, -2, CounterAccount.REDEMPTION, 3, PlayerAccount.HELD, List.of(new Lot(NOON, 2)));
        return Stream.of(
                        new Accepted(List.of(new LedgerEntry(POINTS, 5, CounterAccount.ISSUANCE, 5), spent)),
                        new Accepted(List.of()),
                        new Declined(Refusal.INSUFFICIENT_BALANCE, "too little"))
                .flatMap(verdict -> Stream.of(Standing.REVERSIBLE, Standing.LASTING, new Standing.ReversedBy(300))
                        .map(standing -> new RecordedOutcome(
                                new CommandId("cmd-1"), 1, NOON, new Cause("play", "play_1"), verdict, standing)));
    }

    /** Written by the first release: every later one must read it. */
    @Test
    void outcomes_of_version_1_can_be_read() {
        byte[] version1 = HexFormat.of()
                .parseHex("01" + "0005636d642d31" + "0000000000000001" + "0000019de391b600" + "0004706c6179"
                        + "0006706c61795f31" + "00" + "00000001" + "0006706f696e7473" + "0000000000000005"
                        + "000849535355414e4345" + "0000000000000005");

        RecordedOutcome outcome = OutcomeForm.OUTCOMES.deserializer().deserialize("", version1);

        assertThat(outcome)
                .isEqualTo(new RecordedOutcome(
                        new CommandId("cmd-1"),
                        1,
                        Instant.ofEpochMilli(0x19de391b600L),
                        new Cause("play", "play_1"),
                        new Accepted(List.of(new LedgerEntry(POINTS, 5, CounterAccount.ISSUANCE, 5))),
                        Standing.REVERSIBLE));
    }

    /** Written by the first release: every later one must read it. */
    @Test
    void parked_commands_of_version_1_can_be_read() {
        byte[] version1 = HexFormat.of()
                .parseHex("01" + "0005636d642d31" + "0000000000000009" + "0000019de391b600" + "0004706c6179"
                        + "0006706c61795f31" + "01" + "00000001" + "0006706f696e7473" + "0000000000000005" + "01"
                        + "00057472616365");

        ParkedCommand parked = ParkedForm.SERDE.deserializer().deserialize("", version1);

        assertThat(parked.command().command()).isEqualTo(new Spend(List.of(points(5))));
        assertThat(parked.command().sequence()).isEqualTo(9);
        assertThat(parked.traceparent()).isEqualTo("trace");
    }

    @ParameterizedTest
    @MethodSource
    void parked_commands_come_back_as_they_were(WalletCommand command) {
        var numbered = new NumberedCommand(new CommandId("cmd-1"), 9, NOON, new Cause("play", "play_1"), command);

        assertThat(roundTrip(ParkedForm.SERDE, new ParkedCommand(numbered, "00-trace-span-01")))
                .isEqualTo(new ParkedCommand(numbered, "00-trace-span-01"));
        assertThat(roundTrip(ParkedForm.SERDE, new ParkedCommand(numbered, null)))
                .isEqualTo(new ParkedCommand(numbered, null));
    }

    static Stream<WalletCommand> parked_commands_come_back_as_they_were() {
        return Stream.of(
                new Credit(List.of(points(1))),
                new Credit(List.of(points(1)), new Activation.At(NOON), NOON.plusSeconds(5)),
                new Credit(List.of(points(1)), new Activation.OnAction("visit"), null),
                new Require("game-1.gold", points(100)),
                new PlaceHold(new HoldId("hold-1"), points(5), NOON),
                new PostHold(new HoldId("hold-1"), 3L),
                new PostHold(new HoldId("hold-1"), null),
                new VoidHold(new HoldId("hold-1")),
                new Convert(points(250), new Currency("coins"), new ConversionRate(100, 1)),
                new Adjust(POINTS, -5),
                new Adjust(POINTS, 5, false),
                new CreditEach(List.of(
                        new Credit(List.of(new Money(POINTS, 5))),
                        new Credit(List.of(new Money(POINTS, 5)), new Activation.OnAction("kyc"), NOON))),
                new Reverse(List.of(3L, -1L), true),
                new Reverse(List.of(3L), false, false),
                new TransferOut(points(5)),
                new TransferOut(points(5), 3L),
                new TransferIn(points(5), List.of(new Lot(NOON, 2), new Lot(null, 3))),
                new Activate("visit"),
                new NoOp(),
                new Spend(List.of(new Money(POINTS, 1), new Money(new Currency("jokers"), 2))),
                new Flawed("amount of points is -1"));
    }

    @Test
    void slots_of_a_wallet_lie_together_in_the_order_of_their_numbers() {
        WalletId spring = wallet("spring");
        WalletId springer = wallet("springer");

        List<Bytes> keys = Stream.of(
                        new WalletSlot(spring, 0),
                        new WalletSlot(spring, 2),
                        new WalletSlot(spring, 255),
                        new WalletSlot(spring, 256),
                        new WalletSlot(spring, Long.MAX_VALUE),
                        new WalletSlot(springer, 1))
                .map(slot -> Bytes.wrap(WalletSlot.SERDE.serializer().serialize("", slot)))
                .toList();

        assertThat(keys).isSorted();
    }

    @Test
    void slots_come_back_as_they_were() {
        var slot = new WalletSlot(wallet("spring"), 258);

        assertThat(roundTrip(WalletSlot.SERDE, slot)).isEqualTo(slot);
    }

    private static Money points(long amount) {
        return new Money(POINTS, amount);
    }

    private static WalletId wallet(String scope) {
        return new WalletId(new TenantId("acme"), new PlayerId("ada"), new ScopeKey(scope));
    }

    private static <T> T roundTrip(Serde<T> serde, T value) {
        return serde.deserializer().deserialize("", serde.serializer().serialize("", value));
    }
}
