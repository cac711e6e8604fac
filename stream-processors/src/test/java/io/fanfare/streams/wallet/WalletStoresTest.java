package io.fanfare.streams.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.wallet.Balance;
import io.fanfare.engine.wallet.Cause;
import io.fanfare.engine.wallet.CommandId;
import io.fanfare.engine.wallet.CounterAccount;
import io.fanfare.engine.wallet.Currency;
import io.fanfare.engine.wallet.LedgerEntry;
import io.fanfare.engine.wallet.Money;
import io.fanfare.engine.wallet.NumberedCommand;
import io.fanfare.engine.wallet.RecordedOutcome;
import io.fanfare.engine.wallet.RecordedOutcome.Verdict.Accepted;
import io.fanfare.engine.wallet.RecordedOutcome.Verdict.Declined;
import io.fanfare.engine.wallet.Refusal;
import io.fanfare.engine.wallet.ScopeKey;
import io.fanfare.engine.wallet.WalletCommand;
import io.fanfare.engine.wallet.WalletCommand.Credit;
import io.fanfare.engine.wallet.WalletCommand.Flawed;
import io.fanfare.engine.wallet.WalletCommand.Spend;
import io.fanfare.engine.wallet.WalletId;
import io.fanfare.engine.wallet.WalletState;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
        var balances = new TreeMap<>(Map.of(
                POINTS,
                new Balance(1, 2, 3, 4),
                new Currency("golden ticket ✨"),
                new Balance(Long.MAX_VALUE, 0, 1, 0)));
        var state = new WalletState(41, 3, balances);

        assertThat(roundTrip(WalletStores.STATE_SERDE, state)).isEqualTo(state);
    }

    /** Written by the first release: every later one must read it. */
    @Test
    void wallets_of_version_1_can_be_read() {
        byte[] version1 = HexFormat.of()
                .parseHex("01" + "0000000000000007" + "00000000" + "00000001" + "0006706f696e7473" + "0000000000000028"
                        + "0000000000000000" + "000000000000005a" + "0000000000000032");

        WalletState state = WalletStores.STATE_SERDE.deserializer().deserialize("", version1);

        assertThat(state).isEqualTo(new WalletState(7, 0, new TreeMap<>(Map.of(POINTS, new Balance(40, 0, 90, 50)))));
    }

    @Test
    void a_version_from_the_future_is_refused() {
        assertThatThrownBy(() -> WalletStores.STATE_SERDE.deserializer().deserialize("", new byte[] {2}))
                .isInstanceOf(SerializationException.class)
                .hasMessage("state has version 2, expected 1");
    }

    @ParameterizedTest
    @MethodSource
    void outcomes_come_back_as_they_were(RecordedOutcome outcome) {
        assertThat(roundTrip(WalletStores.OUTCOME_SERDE, outcome)).isEqualTo(outcome);
    }

    static Stream<RecordedOutcome> outcomes_come_back_as_they_were() {
        return Stream.of(
                        new Accepted(List.of(
                                new LedgerEntry(POINTS, 5, CounterAccount.ISSUANCE, 5),
                                new LedgerEntry(POINTS, -2, CounterAccount.REDEMPTION, 3))),
                        new Accepted(List.of()),
                        new Declined(Refusal.INSUFFICIENT_BALANCE, "too little"))
                .map(verdict ->
                        new RecordedOutcome(new CommandId("cmd-1"), 1, NOON, new Cause("play", "play_1"), verdict));
    }

    @ParameterizedTest
    @MethodSource
    void parked_commands_come_back_as_they_were(WalletCommand command) {
        var numbered = new NumberedCommand(new CommandId("cmd-1"), 9, NOON, new Cause("play", "play_1"), command);

        assertThat(roundTrip(WalletStores.PARKED_SERDE, new ParkedCommand(numbered, "00-trace-span-01")))
                .isEqualTo(new ParkedCommand(numbered, "00-trace-span-01"));
        assertThat(roundTrip(WalletStores.PARKED_SERDE, new ParkedCommand(numbered, null)))
                .isEqualTo(new ParkedCommand(numbered, null));
    }

    static Stream<WalletCommand> parked_commands_come_back_as_they_were() {
        return Stream.of(
                new Credit(List.of(new Money(POINTS, 1))),
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

    private static WalletId wallet(String scope) {
        return new WalletId(new TenantId("acme"), new PlayerId("ada"), new ScopeKey(scope));
    }

    private static <T> T roundTrip(Serde<T> serde, T value) {
        return serde.deserializer().deserialize("", serde.serializer().serialize("", value));
    }
}
