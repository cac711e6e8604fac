package io.fanfare.streams.wallet;

import static io.fanfare.streams.wallet.CommandRecords.ADAS_KEY;
import static io.fanfare.streams.wallet.CommandRecords.GRACES_KEY;
import static io.fanfare.streams.wallet.CommandRecords.OCCURRED_AT;
import static io.fanfare.streams.wallet.CommandRecords.command;
import static io.fanfare.streams.wallet.CommandRecords.credit;
import static io.fanfare.streams.wallet.CommandRecords.creditFor;
import static io.fanfare.streams.wallet.CommandRecords.points;
import static io.fanfare.streams.wallet.CommandRecords.spend;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanfare.engine.wallet.Balance;
import io.fanfare.engine.wallet.Currency;
import io.fanfare.engine.wallet.RecordedOutcome;
import io.fanfare.engine.wallet.WalletState;
import io.fanfare.engine.wallet.Wallets;
import io.fanfare.events.DeadLetter;
import io.fanfare.events.WalletCommand;
import io.fanfare.events.WalletCredit;
import io.fanfare.events.WalletEntry;
import io.fanfare.events.WalletPosted;
import io.fanfare.events.WalletRefused;
import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.InMemoryRegistry;
import io.fanfare.schemas.wire.SchemaRegistry;
import io.fanfare.streams.TopologyUnderTest;
import io.fanfare.streams.deadletter.PoisonRecord;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WalletsTopologyTest {

    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private TopologyUnderTest topology;

    WalletsTopologyTest(@TempDir Path stateDir) {
        topology = new TopologyUnderTest(WalletsTopology.app(meters), meters, stateDir);
    }

    @BeforeEach
    void nothing_written_yet() {
        assertThat(topology.written(Topics.WALLET_ENTRIES)).isEmpty();
    }

    @AfterEach
    void close() {
        topology.close();
    }

    @Test
    void has_the_shape_that_was_agreed_on() throws IOException {
        assertThat(topology.description()).isEqualToNormalizingNewlines(golden("wallets-topology.txt"));
    }

    @Nested
    class A_command {

        @Test
        void is_answered_with_its_entries() {
            send(credit(1, 50));

            WalletPosted posted = (WalletPosted) told().getFirst().value();
            assertThat(posted.getCommandId()).isEqualTo("cmd-1");
            assertThat(posted.getSequence()).isEqualTo(1);
            assertThat(posted.getOccurredAt()).isEqualTo(OCCURRED_AT);
            assertThat(posted.getReason()).isEqualTo("play");
            assertThat(posted.getRefId()).isEqualTo("play_1");
            assertThat(posted.getEntries())
                    .containsExactly(new WalletEntry("points", 50L, "issuance", 50L, "available", List.of()));
        }

        @Test
        void changes_the_balance() {
            send(credit(1, 50));
            send(spend(2, 20));

            assertThat(adasPoints()).isEqualTo(new Balance(30, 0, 50, 20));
        }

        @Test
        void that_cannot_be_is_answered_with_the_reason() {
            send(credit(1, 50));
            told();

            send(spend(2, 51));

            WalletRefused refused = (WalletRefused) told().getFirst().value();
            assertThat(refused.getRefusal()).isEqualTo("INSUFFICIENT_BALANCE");
            assertThat(refused.getDetail()).isEqualTo("50 points available, 51 asked for");
            assertThat(refused.getSequence()).isEqualTo(2);
        }

        @Test
        void that_gives_what_finds_no_room_is_an_alarm() {
            send(credit(1, Long.MAX_VALUE));
            send(spend(2, 7));
            send(spend(3, Long.MAX_VALUE));

            send(credit(4, Long.MAX_VALUE));

            assertThat(counted("refused")).isEqualTo(2);
            assertThat(meters.get("fanfare.wallet.credits.refused").counter().count())
                    .isEqualTo(1);
        }

        @Test
        void with_a_negative_amount_is_refused_and_does_not_stop_the_wallet() {
            send(credit(1, -50));

            send(credit(2, 7));

            List<TestRecord<String, SpecificRecord>> told = told();
            assertThat(told.getFirst().value())
                    .isInstanceOfSatisfying(
                            WalletRefused.class,
                            refused -> assertThat(refused.getRefusal()).isEqualTo("INVALID_COMMAND"));
            assertThat(told.getLast().value()).isInstanceOf(WalletPosted.class);
        }

        @Test
        void is_told_under_the_players_key_at_the_time_it_happened() {
            send(credit(1, 50));

            TestRecord<String, SpecificRecord> told = told().getFirst();
            assertThat(told.key()).isEqualTo(ADAS_KEY);
            assertThat(told.timestamp()).isEqualTo(OCCURRED_AT.toEpochMilli());
        }

        @Test
        void hands_its_trace_and_tenant_on_as_a_cloud_event() {
            var headers = new RecordHeaders().add("traceparent", TRACE.getBytes(UTF_8));

            topology.send(
                    Topics.WALLET_COMMANDS, new TestRecord<>(ADAS_KEY, credit(1, 50), headers, TopologyUnderTest.NOW));

            assertThat(headers(told().getFirst()))
                    .containsEntry("traceparent", TRACE)
                    .containsEntry("tenant", "acme")
                    .containsEntry("ce_type", "WalletPosted")
                    .containsEntry("ce_specversion", "1.0")
                    .containsEntry("ce_subject", ADAS_KEY)
                    .containsEntry("ce_time", OCCURRED_AT.toString())
                    .containsEntry("ce_source", "urn:fanfare:streams:wallets")
                    .containsEntry("content-type", "application/vnd.confluent.avro")
                    .containsEntry("ce_id", "034e0e5d-6f80-50db-ac48-e1432f6392ea");
        }
    }

    @Nested
    class A_duplicate {

        @Test
        void is_answered_again_and_counts_once() {
            send(credit(1, 50));
            TestRecord<String, SpecificRecord> first = told().getFirst();

            send(credit(1, 50));

            TestRecord<String, SpecificRecord> again = told().getFirst();
            assertThat(again.value()).isEqualTo(first.value());
            assertThat(headers(again)).containsEntry("fanfare-repeated", "true");
            assertThat(headers(again).get("ce_id")).isEqualTo(headers(first).get("ce_id"));
            assertThat(adasPoints().available()).isEqualTo(50);
            assertThat(counted("duplicate")).isEqualTo(1);
        }

        @Test
        void of_any_age_is_answered_again_and_counts_once() {
            long many = 300;
            LongStream.rangeClosed(1, many).forEach(sequence -> send(credit(sequence, 1)));
            told();

            send(credit(1, 1));

            assertThat(headers(told().getFirst())).containsEntry("fanfare-repeated", "true");
            assertThat(adasPoints().available()).isEqualTo(many);
            assertThat(counted("duplicate")).isEqualTo(1);
        }

        @Test
        void whose_outcome_an_earlier_release_did_not_keep_counts_once() {
            send(credit(1, 1));
            told();
            topology.<WalletSlot, RecordedOutcome>store(WalletStores.OUTCOMES)
                    .delete(new WalletSlot(WalletSlot.wallet("acme/ada/spring"), 1));

            send(credit(1, 1));

            assertThat(told()).isEmpty();
            assertThat(adasPoints().available()).isEqualTo(1);
        }
    }

    @Nested
    class A_gap {

        @Test
        void holds_back_what_comes_after_it() {
            send(credit(1, 1));
            told();

            send(credit(3, 100));

            assertThat(told()).isEmpty();
            assertThat(adasPoints().available()).isEqualTo(1);
        }

        @Test
        void does_not_hold_back_other_players() {
            send(credit(2, 1));

            topology.send(Topics.WALLET_COMMANDS, GRACES_KEY, creditFor("grace", 1, 5));

            assertThat(told()).hasSize(1);
        }

        @Test
        void closes_in_order() {
            send(spend(3, 30));
            send(credit(2, 20));

            send(credit(1, 10));

            assertThat(told())
                    .extracting(record -> ((WalletPosted) record.value()).getSequence())
                    .containsExactly(1L, 2L, 3L);
            assertThat(adasPoints()).isEqualTo(new Balance(0, 0, 30, 30));
            assertThat(entriesIn(WalletStores.PARKED)).isZero();
        }

        @Test
        void keeps_the_trace_of_what_waits() {
            var headers = new RecordHeaders().add("traceparent", TRACE.getBytes(UTF_8));
            topology.send(
                    Topics.WALLET_COMMANDS, new TestRecord<>(ADAS_KEY, credit(2, 50), headers, TopologyUnderTest.NOW));

            send(credit(1, 10));

            List<TestRecord<String, SpecificRecord>> told = told();
            assertThat(headers(told.getFirst())).doesNotContainKey("traceparent");
            assertThat(headers(told.getLast())).containsEntry("traceparent", TRACE);
        }

        @Test
        void raises_an_alarm_after_ten_seconds_and_not_before() {
            send(credit(2, 1));

            topology.pass(Duration.ofSeconds(9));
            double before = overdueGaps();
            topology.pass(Duration.ofSeconds(1));

            assertThat(before).isZero();
            assertThat(overdueGaps()).isEqualTo(1);
        }

        @Test
        void ends_its_alarm_when_it_closes() {
            send(credit(2, 1));
            topology.pass(Duration.ofSeconds(11));

            send(credit(1, 1));

            assertThat(overdueGaps()).isZero();
        }

        @Test
        void sends_what_cannot_wait_to_the_dead_letters() {
            send(credit(1, 1));

            send(credit(2 + Wallets.MAX_AHEAD, 1));

            assertThat(topology.deadLetters())
                    .singleElement()
                    .extracting(DeadLetter::getDetail)
                    .asString()
                    .contains("misses number 2");
        }
    }

    @Nested
    class A_fork {

        @Test
        void is_refused_and_counted() {
            send(credit(1, 50));
            told();

            send(command("other", "ada", 1, new WalletCredit(List.of(points(70)))));

            WalletRefused refused = (WalletRefused) told().getFirst().value();
            assertThat(refused.getRefusal()).isEqualTo("FORKED");
            assertThat(refused.getCommandId()).isEqualTo("other");
            assertThat(adasPoints().available()).isEqualTo(50);
            assertThat(counted("forked")).isEqualTo(1);
        }
    }

    @Nested
    class Poison {

        @Test
        void of_bytes_that_are_no_record_is_kept_as_it_came_and_the_next_player_goes_on() {
            topology.sendBytes(Topics.WALLET_COMMANDS, ADAS_KEY, new byte[] {9, 9, 9});
            topology.send(Topics.WALLET_COMMANDS, GRACES_KEY, creditFor("grace", 1, 5));

            DeadLetter letter = topology.deadLetters().getFirst();
            assertThat(letter.getValue()).isEqualTo(ByteBuffer.wrap(new byte[] {9, 9, 9}));
            assertThat(letter.getKey()).isEqualTo(ByteBuffer.wrap(ADAS_KEY.getBytes(UTF_8)));
            assertThat(letter.getSourceTopic()).isEqualTo("fanfare.wallet-commands.v1");
            assertThat(letter.getSourceOffset()).isZero();
            assertThat(letter.getReader()).isEqualTo("wallets");
            assertThat(letter.getError()).endsWith("MalformedRecord");
            assertThat(told()).hasSize(1);
        }

        @Test
        void of_a_record_under_another_players_key_is_not_applied() {
            topology.send(Topics.WALLET_COMMANDS, GRACES_KEY, credit(1, 50));

            DeadLetter letter = topology.deadLetters().getFirst();
            assertThat(letter.getError()).isEqualTo(PoisonRecord.class.getName());
            assertThat(letter.getDetail()).isEqualTo("key is 'acme/grace', expected 'acme/ada'");
            assertThat(letter.getValue().remaining()).isPositive();
            assertThat(told()).isEmpty();
        }

        @Test
        void of_a_record_without_a_tenant_is_not_applied() {
            WalletCommand nobodys =
                    WalletCommand.newBuilder(credit(1, 50)).setTenantId("").build();

            topology.send(Topics.WALLET_COMMANDS, "/ada", nobodys);

            assertThat(topology.deadLetters().getFirst().getDetail()).contains("tenant is ''");
        }

        @Test
        void of_a_record_without_a_value_is_not_applied() {
            topology.send(Topics.WALLET_COMMANDS, new TestRecord<>(ADAS_KEY, null));

            assertThat(topology.deadLetters().getFirst().getDetail()).contains("without a value");
        }

        @Test
        void is_written_by_dead_letters_that_carry_headers_of_their_own() {
            topology.sendBytes(Topics.WALLET_COMMANDS, ADAS_KEY, new byte[0]);

            assertThat(headers(topology.written(Topics.DEAD_LETTERS).getFirst()))
                    .containsEntry("ce_type", "DeadLetter")
                    .containsEntry("ce_subject", "fanfare.wallet-commands.v1/0/0");
        }

        @Test
        void is_counted() {
            topology.sendBytes(Topics.WALLET_COMMANDS, ADAS_KEY, new byte[] {1});

            assertThat(meters.get("fanfare.dead.letters")
                            .tag("reader", "wallets")
                            .counter()
                            .count())
                    .isEqualTo(1);
        }
    }

    @Test
    void a_silent_registry_is_no_reason_to_judge_a_record(@TempDir Path stateDir) {
        var registry = new RegistryThatFallsSilent();
        try (var app = new TopologyUnderTest(WalletsTopology.app(meters), meters, stateDir, registry)) {
            app.send(Topics.WALLET_COMMANDS, GRACES_KEY, creditFor("grace", 1, 5));
            app.written(Topics.WALLET_ENTRIES);
            registry.isSilent = true;
            byte[] unseenSchema = {0, 0, 0, 0, 99, 1};
            Thread.currentThread().interrupt(); // the reader stops waiting at once

            assertThatThrownBy(() -> app.sendBytes(Topics.WALLET_COMMANDS, ADAS_KEY, unseenSchema))
                    .isInstanceOf(StreamsException.class)
                    .hasRootCauseInstanceOf(SchemaRegistry.RegistryUnavailable.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(app.deadLetters()).isEmpty();
        }
    }

    @Test
    void a_wallet_goes_on_from_restored_state(@TempDir Path stateDir) {
        WalletState before;
        try (var app = new TopologyUnderTest(WalletsTopology.app(meters), meters, stateDir)) {
            KeyValueStore<String, WalletState> wallets = app.store(WalletStores.WALLETS);
            var balances = new TreeMap<>(Map.of(new Currency("points"), new Balance(40, 0, 90, 50)));
            before = WalletState.of(7, 0, balances);
            wallets.put("acme/ada/spring", before);

            app.send(Topics.WALLET_COMMANDS, ADAS_KEY, credit(7, 50));
            app.send(Topics.WALLET_COMMANDS, ADAS_KEY, spend(8, 40));

            WalletPosted posted =
                    (WalletPosted) app.written(Topics.WALLET_ENTRIES).getFirst().value();
            assertThat(posted.getSequence()).isEqualTo(8);
            assertThat(wallets.get("acme/ada/spring").balance(new Currency("points")))
                    .isEqualTo(new Balance(0, 0, 90, 90));
        }
    }

    private void send(WalletCommand command) {
        topology.send(Topics.WALLET_COMMANDS, ADAS_KEY, command);
    }

    private List<TestRecord<String, SpecificRecord>> told() {
        return topology.written(Topics.WALLET_ENTRIES);
    }

    private Balance adasPoints() {
        KeyValueStore<String, WalletState> wallets = topology.store(WalletStores.WALLETS);
        return wallets.get("acme/ada/spring").balance(new Currency("points"));
    }

    private int entriesIn(String store) {
        int count = 0;
        try (var all = topology.<Object, Object>store(store).all()) {
            while (all.hasNext()) {
                all.next();
                count++;
            }
        }
        return count;
    }

    private double counted(String outcome) {
        return meters.get("fanfare.wallet.commands")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    private double overdueGaps() {
        return meters.get("fanfare.wallet.gaps.overdue").gauge().value();
    }

    private static Map<String, String> headers(TestRecord<?, ?> record) {
        Map<String, String> headers = new TreeMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), new String(header.value(), UTF_8));
        }
        return headers;
    }

    private static String golden(String name) throws IOException {
        try (InputStream file = WalletsTopologyTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(file, name).readAllBytes(), UTF_8);
        }
    }

    private static final class RegistryThatFallsSilent implements SchemaRegistry {
        private final InMemoryRegistry registry = new InMemoryRegistry();
        private boolean isSilent;

        @Override
        public int register(String subject, Schema schema) {
            return registry.register(subject, schema);
        }

        @Override
        public Schema schema(int id) {
            if (isSilent) {
                throw new RegistryUnavailable("silent");
            }
            return registry.schema(id);
        }
    }
}
