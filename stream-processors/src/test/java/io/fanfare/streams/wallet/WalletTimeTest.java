package io.fanfare.streams.wallet;

import static io.fanfare.streams.wallet.CommandRecords.ADAS_KEY;
import static io.fanfare.streams.wallet.CommandRecords.OCCURRED_AT;
import static io.fanfare.streams.wallet.CommandRecords.command;
import static io.fanfare.streams.wallet.CommandRecords.points;
import static io.fanfare.streams.wallet.CommandRecords.spend;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.wallet.Balance;
import io.fanfare.engine.wallet.BalanceSheet;
import io.fanfare.engine.wallet.Currency;
import io.fanfare.engine.wallet.WalletState;
import io.fanfare.events.PointsExpiring;
import io.fanfare.events.WalletCommand;
import io.fanfare.events.WalletCreditOnTerms;
import io.fanfare.events.WalletHold;
import io.fanfare.events.WalletHoldPost;
import io.fanfare.events.WalletPosted;
import io.fanfare.events.WalletSettled;
import io.fanfare.schemas.Topics;
import io.fanfare.streams.TopologyUnderTest;
import io.fanfare.streams.query.StateNews;
import io.fanfare.streams.telling.Telling;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the app does with wallets as time passes, with commands and without. */
class WalletTimeTest {

    private static final Duration QUIET = SettlementHorizon.QUIET.plus(SettlementHorizon.SLACK);

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final TopologyUnderTest topology;
    private Instant relayedUpTo = Instant.MAX;

    WalletTimeTest(@TempDir Path stateDir) {
        var app = WalletsTopology.app(
                new WalletMeters(meters), new StateNews(), 1, Telling.OF_EVERYTHING, () -> Optional.of(relayedUpTo));
        topology = new TopologyUnderTest(app, meters, stateDir);
    }

    @AfterEach
    void close() {
        topology.close();
    }

    @Test
    void an_expiry_is_told_with_its_own_time_when_nobody_asks() {
        send(1, credit(50, in(Duration.ofHours(1))));
        told();

        topology.pass(Duration.ofHours(1).plus(QUIET));

        WalletSettled settled = (WalletSettled) told().getFirst().value();
        assertThat(settled.getOccurredAt()).isEqualTo(in(Duration.ofHours(1)));
        assertThat(settled.getReason()).isEqualTo("expiry");
        assertThat(settled.getSettlement()).isEqualTo(1);
        assertThat(settled.getAfterSequence()).isEqualTo(1);
        assertThat(settled.getEntries().getFirst().getCounterAccount()).isEqualTo("breakage");
        assertThat(adasPoints()).isEqualTo(new Balance(0, 0, 50, 0));
    }

    @Test
    void nothing_expires_before_its_time() {
        send(1, credit(50, in(Duration.ofHours(1))));
        told();

        topology.pass(Duration.ofMinutes(59));

        assertThat(told()).isEmpty();
    }

    @Test
    void an_expiry_is_told_before_the_command_that_comes_after_it() {
        send(1, credit(50, in(Duration.ofHours(1))));
        told();

        topology.send(
                Topics.WALLET_COMMANDS,
                ADAS_KEY,
                WalletCommand.newBuilder(spend(2, 50))
                        .setOccurredAt(in(Duration.ofHours(2)))
                        .build());

        assertThat(told())
                .extracting(record -> record.value().getSchema().getName())
                .containsExactly("WalletSettled", "WalletRefused");
    }

    @Test
    void a_replay_of_old_commands_is_not_overtaken_by_the_clock() {
        Instant longAgo = OCCURRED_AT.minus(Duration.ofDays(400));
        var credit = WalletCreditOnTerms.newBuilder()
                .setAmounts(List.of(points(50)))
                .setExpiresAt(longAgo.plus(Duration.ofDays(1)))
                .build();
        topology.send(Topics.WALLET_COMMANDS, ADAS_KEY, old(command("cmd-1", "ada", 1, credit), longAgo));

        topology.pass(Duration.ofSeconds(20));
        topology.send(Topics.WALLET_COMMANDS, ADAS_KEY, old(spend(2, 50), longAgo.plusSeconds(60)));

        assertThat(told()).extracting(TestRecord::value).allMatch(WalletPosted.class::isInstance);
        assertThat(adasPoints()).isEqualTo(new Balance(0, 0, 50, 50));
    }

    @Test
    void a_hold_times_out() {
        send(1, credit(50, null));
        send(2, new WalletHold("hold-1", points(20), in(Duration.ofMinutes(15))));

        topology.pass(Duration.ofMinutes(15).plus(QUIET));

        WalletSettled settled = (WalletSettled) told().getLast().value();
        assertThat(settled.getReason()).isEqualTo("hold_timeout");
        assertThat(settled.getRefId()).isEqualTo("hold-1");
        assertThat(adasPoints()).isEqualTo(new Balance(50, 0, 50, 0));
    }

    @Test
    void a_hold_that_was_posted_in_time_is_posted_however_late_the_relay_is() {
        send(1, credit(50, null));
        send(2, new WalletHold("hold-1", points(20), in(Duration.ofMinutes(15))));
        relayedUpTo = OCCURRED_AT;

        topology.pass(Duration.ofMinutes(15).plus(QUIET));
        send(3, new WalletHoldPost("hold-1", null));

        assertThat(told()).extracting(TestRecord::value).allMatch(WalletPosted.class::isInstance);
        assertThat(adasPoints()).isEqualTo(new Balance(30, 0, 50, 20));
    }

    @Test
    void a_hold_times_out_when_the_relay_is_back() {
        send(1, credit(50, null));
        send(2, new WalletHold("hold-1", points(20), in(Duration.ofMinutes(15))));
        relayedUpTo = OCCURRED_AT;
        topology.pass(Duration.ofMinutes(15).plus(QUIET));

        relayedUpTo = in(Duration.ofMinutes(16));
        topology.pass(Duration.ofSeconds(5));

        assertThat(adasPoints()).isEqualTo(new Balance(50, 0, 50, 0));
    }

    @Test
    void a_hold_waits_for_the_command_that_is_missing() {
        send(1, credit(50, null));
        send(2, new WalletHold("hold-1", points(20), in(Duration.ofMinutes(15))));
        topology.send(Topics.WALLET_COMMANDS, ADAS_KEY, spend(4, 10));

        topology.pass(Duration.ofMinutes(15).plus(QUIET));
        send(3, new WalletHoldPost("hold-1", null));

        assertThat(told()).extracting(TestRecord::value).allMatch(WalletPosted.class::isInstance);
        assertThat(adasPoints()).isEqualTo(new Balance(20, 0, 50, 30));
    }

    @Test
    void a_hold_times_out_when_nothing_is_missing_any_more() {
        send(1, credit(50, null));
        send(2, new WalletHold("hold-1", points(20), in(Duration.ofMinutes(15))));
        topology.send(Topics.WALLET_COMMANDS, ADAS_KEY, spend(4, 10));
        topology.send(Topics.WALLET_COMMANDS, ADAS_KEY, spend(3, 10));

        topology.pass(Duration.ofMinutes(15).plus(QUIET));

        assertThat(adasPoints()).isEqualTo(new Balance(30, 0, 50, 20));
    }

    @Test
    void a_player_is_told_once_before_points_expire() {
        send(1, credit(50, in(Duration.ofDays(10))));

        topology.pass(Duration.ofDays(2));
        List<TestRecord<String, PointsExpiring>> early = topology.written(Topics.WALLET_NOTICES);
        topology.pass(Duration.ofDays(2));
        List<TestRecord<String, PointsExpiring>> notices = topology.written(Topics.WALLET_NOTICES);
        topology.pass(Duration.ofDays(1));

        assertThat(early).isEmpty();
        assertThat(notices).hasSize(1);
        assertThat(notices.getFirst().value().getAmount()).isEqualTo(50);
        assertThat(notices.getFirst().value().getExpiresAt()).isEqualTo(in(Duration.ofDays(10)));
        assertThat(topology.written(Topics.WALLET_NOTICES)).isEmpty();
    }

    @Test
    void a_wallet_that_has_nothing_to_come_is_on_no_agenda() {
        send(1, credit(50, in(Duration.ofHours(1))));

        topology.pass(Duration.ofHours(1).plus(QUIET));

        try (var agenda =
                topology.<AgendaSlot, byte[]>store(WalletStores.AGENDA).all()) {
            assertThat(agenda.hasNext()).isFalse();
        }
    }

    @Test
    void the_sheet_holds_what_was_issued_spent_and_lapsed() {
        send(1, credit(50, in(Duration.ofHours(1))));
        send(2, credit(30, null));
        topology.send(Topics.WALLET_COMMANDS, ADAS_KEY, spend(3, 60));
        topology.send(Topics.WALLET_COMMANDS, "acme/grace", CommandRecords.creditFor("grace", 1, 7));
        topology.pass(Duration.ofHours(1).plus(QUIET));

        BalanceSheet sheet = sheet("points");

        assertThat(sheet.isBalanced()).isTrue();
        assertThat(sheet.issued()).isEqualTo(BigInteger.valueOf(87));
        assertThat(sheet.redeemed()).isEqualTo(BigInteger.valueOf(60));
        assertThat(sheet.available()).isEqualTo(BigInteger.valueOf(27));
    }

    @Test
    void the_sheet_counts_wallets_that_were_there_before_it() {
        var balances = new TreeMap<>(Map.of(new Currency("points"), new Balance(40, 0, 90, 50)));
        topology.<String, WalletState>store(WalletStores.WALLETS)
                .put("acme/linus/spring", WalletState.of(7, 0, balances));

        send(1, credit(5, null));
        send(2, credit(5, null));

        assertThat(sheet("points").available()).isEqualTo(BigInteger.valueOf(50));
        assertThat(sheet("points").issued()).isEqualTo(BigInteger.valueOf(100));
    }

    private BalanceSheet sheet(String currency) {
        KeyValueStore<String, BalanceSheet> sheets = topology.store(WalletStores.SHEETS);
        return sheets.get(TaskSheets.key(new TenantId("acme"), new Currency(currency)));
    }

    private void send(long sequence, Object action) {
        topology.send(Topics.WALLET_COMMANDS, ADAS_KEY, command("cmd-" + sequence, "ada", sequence, action));
    }

    private static WalletCommand old(WalletCommand command, Instant occurredAt) {
        return WalletCommand.newBuilder(command).setOccurredAt(occurredAt).build();
    }

    private static WalletCreditOnTerms credit(long amount, @Nullable Instant expiresAt) {
        return WalletCreditOnTerms.newBuilder()
                .setAmounts(List.of(points(amount)))
                .setExpiresAt(expiresAt)
                .build();
    }

    private static Instant in(Duration time) {
        return OCCURRED_AT.plus(time);
    }

    private List<TestRecord<String, SpecificRecord>> told() {
        return topology.written(Topics.WALLET_ENTRIES);
    }

    private Balance adasPoints() {
        KeyValueStore<String, WalletState> wallets = topology.store(WalletStores.WALLETS);
        return wallets.get("acme/ada/spring").balance(new Currency("points"));
    }
}
