package io.fanfare.streams.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.streams.wallet.RestartingWallets.Bug;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The random histories of the engine's tests, a few wallets at a time, through the whole topology and its changelogs, against a naive ledger
 * for each. The ten thousand can be run in parts:
 * {@code -Dfanfare.histories.first} is the first seed of a part, {@code -Dfanfare.histories.count} how many there are in it.
 */
class WalletHistoriesTopologyTest {

    private static final int FEW = 10;
    private static final int MANY = 10_000;

    /** A bug shows only where a history has what it breaks. */
    private static final int ENOUGH_TO_FIND = 50;

    @TempDir
    private Path directory;

    @Test
    void ten_histories_hold() throws IOException {
        hold(0, FEW);
    }

    @Test
    @Tag("long")
    void ten_thousand_histories_hold() throws IOException {
        int first = Integer.getInteger("fanfare.histories.first", 0);
        int count = Integer.getInteger("fanfare.histories.count", MANY - first);
        assertThat(first).as("fanfare.histories.first").isBetween(0, MANY - 1);
        assertThat(count).as("fanfare.histories.count").isBetween(1, MANY - first);

        hold(first, count);
    }

    @ParameterizedTest
    @EnumSource(Bug.class)
    void the_ledger_finds_a_planted_bug(Bug bug) throws IOException {
        boolean isFound = false;
        for (long seed = 0; seed < ENOUGH_TO_FIND && !isFound; seed++) {
            isFound = !wrongIn(seed, EnumSet.of(bug)).isEmpty();
        }

        assertThat(isFound)
                .as("%s is found in %d histories", bug, ENOUGH_TO_FIND)
                .isTrue();
    }

    private void hold(long first, int histories) throws IOException {
        for (long seed = first; seed < first + histories; seed++) {
            assertThat(wrongIn(seed, EnumSet.noneOf(Bug.class)))
                    .as("history of seed %d", seed)
                    .isEmpty();
        }
    }

    private List<String> wrongIn(long seed, Set<Bug> bugs) throws IOException {
        try (var history = new WalletHistory(seed, bugs, Files.createTempDirectory(directory, "seed-" + seed))) {
            return history.run();
        }
    }
}
