package io.fanfare.streams.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.engine.wallet.Currency;
import io.fanfare.engine.wallet.WalletState;
import io.fanfare.events.WalletPosted;
import io.fanfare.schemas.Topics;
import io.fanfare.streams.TopologyUnderTest;
import io.fanfare.streams.query.StateNews;
import io.fanfare.streams.telling.Cut;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A generation that is being built: it does everything and says nothing, up to the cut. */
class SilentReplayTest {

    @TempDir
    private Path stateDir;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Cut cut = new Cut(Topics.WALLET_COMMANDS.name(), () -> {}, () -> Map.of(0, Long.MAX_VALUE));
    private TopologyUnderTest topology;

    @BeforeEach
    void start() {
        topology = new TopologyUnderTest(
                WalletsTopology.app(new WalletMeters(meters), new StateNews(), 2, cut, RelayProgress.NEVER_BEHIND),
                meters,
                stateDir);
    }

    @AfterEach
    void stop() {
        topology.close();
    }

    @Test
    void what_was_told_before_is_done_again_in_silence() {
        topology.send(Topics.WALLET_COMMANDS, CommandRecords.ADAS_KEY, CommandRecords.credit(1, 50));
        topology.send(Topics.WALLET_COMMANDS, CommandRecords.ADAS_KEY, CommandRecords.spend(2, 20));

        assertThat(topology.written(Topics.WALLET_ENTRIES)).isEmpty();
        assertThat(wallet().balance(new Currency("points")).available()).isEqualTo(30);
        assertThat(meters.counter("fanfare.wallet.commands", "outcome", "posted")
                        .count())
                .isZero();
    }

    @Test
    void from_the_cut_on_it_is_told() {
        topology.send(Topics.WALLET_COMMANDS, CommandRecords.ADAS_KEY, CommandRecords.credit(1, 50));

        cut.at(List.of(1L));
        topology.send(Topics.WALLET_COMMANDS, CommandRecords.ADAS_KEY, CommandRecords.spend(2, 20));

        assertThat(topology.written(Topics.WALLET_ENTRIES))
                .singleElement()
                .satisfies(told ->
                        assertThat(((WalletPosted) told.value()).getSequence()).isEqualTo(2));
    }

    @Test
    void a_dead_letter_is_not_written_again() {
        topology.sendBytes(Topics.WALLET_COMMANDS, CommandRecords.ADAS_KEY, new byte[] {1, 2, 3});

        assertThat(topology.deadLetters()).isEmpty();
    }

    private WalletState wallet() {
        return topology.<String, WalletState>store(WalletStores.WALLETS).get("acme/ada/spring");
    }
}
