package io.fanfare.streams.wallet;

import static io.fanfare.streams.wallet.CommandRecords.ADAS_KEY;
import static io.fanfare.streams.wallet.CommandRecords.OCCURRED_AT;
import static io.fanfare.streams.wallet.CommandRecords.command;
import static io.fanfare.streams.wallet.CommandRecords.credit;
import static io.fanfare.streams.wallet.CommandRecords.points;
import static io.fanfare.streams.wallet.CommandRecords.spend;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.wallet.BalanceSheet;
import io.fanfare.events.ConfiguredMilestone;
import io.fanfare.events.MilestoneReached;
import io.fanfare.events.MilestonesConfigured;
import io.fanfare.events.WalletCredit;
import io.fanfare.events.WalletReverse;
import io.fanfare.events.WalletTransferIn;
import io.fanfare.events.WalletTransferOut;
import io.fanfare.schemas.Topics;
import io.fanfare.streams.TopologyUnderTest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is noticed of milestones; and the sum of the slices of a balance sheet. */
class MilestonesTest {

    private final TopologyUnderTest topology;

    MilestonesTest(@TempDir Path stateDir) {
        var meters = new SimpleMeterRegistry();
        topology = new TopologyUnderTest(WalletsTopology.app(meters), meters, stateDir);
    }

    @AfterEach
    void close() {
        topology.close();
    }

    @Test
    void are_told_when_they_are_reached_and_once() {
        configure(1, "cumulative_unlock", true, OCCURRED_AT);

        send(credit(1, 99));
        List<MilestoneReached> before = reached();
        send(credit(2, 1));
        List<MilestoneReached> at = reached();
        send(spend(3, 50));
        send(credit(4, 50));

        assertThat(before).isEmpty();
        assertThat(at).hasSize(1);
        assertThat(at.getFirst().getMilestoneId()).isEqualTo("gold");
        assertThat(at.getFirst().getPrizeId()).isEqualTo("prize_gold");
        assertThat(at.getFirst().getLifetimeEarned()).isEqualTo(100);
        assertThat(reached()).isEmpty();
    }

    @Test
    void that_waiting_commands_reach_and_take_back_are_told_as_if_nothing_had_been_missing() {
        configure(1, "cumulative_unlock", true, OCCURRED_AT);

        send(credit(2, 100));
        send(command("cmd-3", "ada", 3, new WalletReverse(List.of(2L), false, true)));
        send(credit(1, 10));

        assertThat(reached())
                .singleElement()
                .satisfies(milestone -> assertThat(milestone.getSequence()).isEqualTo(2))
                .satisfies(
                        milestone -> assertThat(milestone.getLifetimeEarned()).isEqualTo(110));
    }

    @Test
    void are_not_reached_by_points_of_others() {
        configure(1, "cumulative_unlock", true, OCCURRED_AT);

        send(command("cmd-1", "ada", 1, new WalletTransferIn(points(500), List.of())));

        assertThat(reached()).isEmpty();
    }

    @Test
    void are_not_reached_by_points_that_go_round_a_ring() {
        configure(1, "cumulative_unlock", true, OCCURRED_AT);
        List<String> ring = List.of("ada", "grace", "linus");
        ring.forEach(player -> send(player, 1, new WalletCredit(List.of(points(60)))));

        for (long number = 2; number < 22; number += 2) {
            long sent = number;
            ring.forEach(player -> send(player, sent, new WalletTransferOut(points(60), null)));
            ring.forEach(player -> send(player, sent + 1, new WalletTransferIn(points(60), List.of())));
        }
        List<MilestoneReached> inTheRing = reached();
        send("grace", 22, new WalletCredit(List.of(points(40))));

        assertThat(inTheRing).isEmpty();
        assertThat(reached())
                .singleElement()
                .satisfies(milestone -> assertThat(milestone.getPlayerId()).isEqualTo("grace"))
                .satisfies(
                        milestone -> assertThat(milestone.getLifetimeEarned()).isEqualTo(100));
    }

    @Test
    void that_players_redeem_are_not_told() {
        configure(1, "cumulative_unlock", false, OCCURRED_AT);
        configure(2, "spend_exchange", true, OCCURRED_AT);

        send(credit(1, 500));

        assertThat(reached()).isEmpty();
    }

    @Test
    void are_judged_by_the_version_in_force() {
        configure(1, "cumulative_unlock", true, OCCURRED_AT.plus(Duration.ofDays(1)));

        send(credit(1, 500));

        assertThat(reached()).isEmpty();
    }

    @Test
    void that_came_after_the_points_are_noticed_with_the_next_ones() {
        send(credit(1, 500));
        configure(1, "cumulative_unlock", true, OCCURRED_AT);

        send(credit(2, 1));

        assertThat(reached()).hasSize(1);
    }

    @Test
    void a_slice_has_the_sheets_of_its_tenant_alone() {
        var tenant = new TenantId("acme");
        send(credit(1, 500));
        KeyValueStore<String, BalanceSheet> sheets = topology.store(WalletStores.SHEETS);
        sheets.put("acme0/points", BalanceSheet.EMPTY);
        sheets.put("acm/points", BalanceSheet.EMPTY);

        SheetSlice slice;
        try (var stored = sheets.range(TaskSheets.prefix(tenant), TaskSheets.behind(tenant))) {
            slice = SheetQueries.slice(tenant, 3, stored);
        }
        SheetSlice sum = SheetSlice.sum(List.of(slice, new SheetSlice(List.of(0), slice.sheets()), SheetSlice.NONE));

        assertThat(slice.sheets()).containsOnlyKeys("points");
        assertThat(sum.partitions()).containsExactly(0, 3);
        assertThat(sum.sheets())
                .extractingByKey("points")
                .extracting(BalanceSheet::issued)
                .isEqualTo(BigInteger.valueOf(1_000));
        assertThat(SheetQueries.of(sum).sheets()).allMatch(SheetQueries.Sheet::balanced);
    }

    private void configure(long revision, String mode, boolean autoGrant, Instant effectiveAt) {
        var configured = MilestonesConfigured.newBuilder()
                .setTenantId("acme")
                .setGameId("game-1")
                .setRevision(revision)
                .setScopeKey("spring")
                .setCurrency("points")
                .setMode(mode)
                .setAutoGrant(autoGrant)
                .setMilestones(List.of(new ConfiguredMilestone("gold", 100L, "prize_gold")))
                .setEffectiveAt(effectiveAt)
                .setOccurredAt(effectiveAt)
                .build();
        topology.send(Topics.CONFIG, Topics.definitionKey("acme", "milestones", "game-1", revision), configured);
    }

    private void send(String player, long sequence, Object action) {
        topology.send(
                Topics.WALLET_COMMANDS, "acme/" + player, command(player + "-" + sequence, player, sequence, action));
    }

    private void send(io.fanfare.events.WalletCommand sent) {
        topology.send(Topics.WALLET_COMMANDS, ADAS_KEY, sent);
    }

    private List<MilestoneReached> reached() {
        return topology.written(Topics.MILESTONES).stream()
                .map(TestRecord::value)
                .toList();
    }
}
