package io.fanfare.streams.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.engine.wallet.NaiveLedger;
import io.fanfare.engine.wallet.NumberedCommand;
import io.fanfare.engine.wallet.RandomCommands;
import io.fanfare.engine.wallet.WalletState;
import io.fanfare.events.SettledEntry;
import io.fanfare.events.WalletEntry;
import io.fanfare.events.WalletPosted;
import io.fanfare.events.WalletSettled;
import io.fanfare.schemas.Topics;
import io.fanfare.streams.TopologyUnderTest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The random histories of the engine's tests through the whole topology: records in, records out, restarts on restored state,
 * time that passes without commands. The naive ledger says what must be there.
 */
class WalletHistoriesTopologyTest {

    private static final List<String> STORES = List.of(
            WalletStores.WALLETS,
            WalletStores.OUTCOMES,
            WalletStores.SETTLEMENTS,
            WalletStores.PARKED,
            WalletStores.AGENDA,
            WalletStores.SHEETS);

    @Test
    void ten_histories_hold(@TempDir Path directory) throws IOException {
        hold(10, directory);
    }

    @Test
    @Tag("long")
    void ten_thousand_histories_hold(@TempDir Path directory) throws IOException {
        hold(10_000, directory);
    }

    private static void hold(int histories, Path directory) throws IOException {
        for (long seed = 0; seed < histories; seed++) {
            try (var history = new History(seed, Files.createDirectory(directory.resolve("seed-" + seed)))) {
                history.run();
            }
        }
    }

    private static final class History implements AutoCloseable {

        private final long seed;
        private final Path directory;
        private final Random random;
        private final NaiveLedger naive = new NaiveLedger();
        private final Map<String, BigInteger> books = new HashMap<>();
        private TopologyUnderTest topology;
        private Instant clock = TopologyUnderTest.NOW;
        private int restarts;
        private long appliedAtStart;

        private History(long seed, Path directory) throws IOException {
            this.seed = seed;
            this.directory = directory;
            this.random = new Random(seed);
            this.topology = start();
        }

        private void run() throws IOException {
            for (NumberedCommand delivered : new RandomCommands(random).delivery()) {
                topology.send(Topics.WALLET_COMMANDS, CommandRecords.ADAS_KEY, CommandRecords.of(delivered));
                String right = naive.receive(delivered);
                read();
                assertThat(picture())
                        .as("after %s (%s), seed %d", delivered, right, seed)
                        .isEqualTo(naive.picture());
                if (random.nextInt(12) == 0 && naive.applied() > appliedAtStart) {
                    letTimePass();
                }
                if (random.nextInt(40) == 0) {
                    restart();
                }
            }
            assertThat(naive.applied()).isEqualTo(RandomCommands.COMMANDS);
            booksAreThoseOfTheWallet();
        }

        /** Long enough that no command can be on its way any more. */
        private void letTimePass() {
            Duration time = SettlementHorizon.QUIET.plus(Duration.ofMinutes(1 + random.nextInt(4_000)));
            topology.pass(time);
            clock = clock.plus(time);
            naive.settle(clock.minus(SettlementHorizon.SLACK));
            read();
            assertThat(picture()).as("as of %s, seed %d", clock, seed).isEqualTo(naive.picture());
        }

        /** Another instance takes over, with what it restored. */
        private void restart() throws IOException {
            try (TopologyUnderTest old = topology) {
                topology = start();
                topology.pass(Duration.between(TopologyUnderTest.NOW, clock));
                STORES.forEach(store -> copy(old, topology, store));
                // The driver copies state after the app has begun: it looks at the clock with the next command.
                appliedAtStart = naive.applied();
            }
        }

        private TopologyUnderTest start() throws IOException {
            var meters = new SimpleMeterRegistry();
            Path state = Files.createDirectory(directory.resolve("start-" + restarts++));
            return new TopologyUnderTest(WalletsTopology.app(meters), meters, state);
        }

        private static <K, V> void copy(TopologyUnderTest from, TopologyUnderTest to, String store) {
            try (var all = from.<K, V>store(store).all()) {
                all.forEachRemaining(entry -> to.<K, V>store(store).put(entry.key, entry.value));
            }
        }

        private void read() {
            for (TestRecord<String, SpecificRecord> record : topology.written(Topics.WALLET_ENTRIES)) {
                if (record.headers().lastHeader(OutcomeRecord.REPEATED) == null) {
                    enter(record.value());
                }
            }
        }

        private void enter(SpecificRecord told) {
            if (told instanceof WalletPosted posted) {
                for (WalletEntry entry : posted.getEntries()) {
                    enter(entry.getCurrency(), entry.getAccount(), entry.getCounterAccount(), entry.getAmount());
                }
            } else if (told instanceof WalletSettled settled) {
                for (SettledEntry entry : settled.getEntries()) {
                    enter(entry.getCurrency(), entry.getAccount(), entry.getCounterAccount(), entry.getAmount());
                }
            }
        }

        private void enter(String currency, String account, String counterAccount, long amount) {
            books.merge(currency + " " + account, BigInteger.valueOf(amount), BigInteger::add);
            books.merge(currency + " " + counterAccount, BigInteger.valueOf(amount), BigInteger::add);
        }

        private void booksAreThoseOfTheWallet() {
            wallet().holdings().forEach((currency, holding) -> {
                assertThat(book(currency + " available"))
                        .isEqualTo(holding.balance().available());
                assertThat(book(currency + " held")).isEqualTo(holding.balance().held());
                assertThat(book(currency + " pending")).isEqualTo(holding.pending());
                assertThat(book(currency + " hold")).isZero();
                assertThat(book(currency + " issuance"))
                        .isEqualTo(holding.balance().lifetimeEarned());
                assertThat(book(currency + " redemption"))
                        .isEqualTo(-holding.balance().lifetimeSpent());
            });
        }

        private long book(String account) {
            return books.getOrDefault(account, BigInteger.ZERO).longValueExact();
        }

        private Map<String, String> picture() {
            return NaiveLedger.picture(wallet());
        }

        private WalletState wallet() {
            WalletState wallet =
                    topology.<String, WalletState>store(WalletStores.WALLETS).get("acme/ada/spring");
            return wallet == null ? WalletState.EMPTY : wallet;
        }

        @Override
        public void close() {
            topology.close();
        }
    }
}
