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
import static org.assertj.core.api.Assertions.tuple;

import io.fanfare.edge.paging.Page;
import io.fanfare.edge.paging.Paging;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.wallet.ScopeKey;
import io.fanfare.engine.wallet.WalletId;
import io.fanfare.events.WalletCommand;
import io.fanfare.events.WalletCreditOnTerms;
import io.fanfare.events.WalletHold;
import io.fanfare.events.WalletHoldVoid;
import io.fanfare.events.WalletReverse;
import io.fanfare.schemas.Topics;
import io.fanfare.streams.TopologyUnderTest;
import io.fanfare.streams.query.StateNews;
import io.fanfare.streams.telling.Telling;
import io.fanfare.streams.wallet.LedgerLine.Place;
import io.fanfare.streams.wallet.WalletQueries.CurrencyBalance;
import io.fanfare.streams.wallet.WalletQueries.Entry;
import io.fanfare.streams.wallet.WalletQueries.Freshness;
import io.fanfare.streams.wallet.WalletQueries.StandingHold;
import io.fanfare.streams.wallet.WalletQueries.Wallet;
import io.fanfare.streams.wallet.WalletQueries.Wallets;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WalletQueriesTest {

    private static final TenantId ACME = new TenantId("acme");
    private static final PlayerId ADA = new PlayerId("ada");
    private static final ScopeKey SPRING = new ScopeKey("spring");
    private static final WalletId ADAS_WALLET = new WalletId(ACME, ADA, SPRING);

    private final StateNews news = new StateNews();
    private final TopologyUnderTest topology;

    WalletQueriesTest(@TempDir Path stateDir) {
        var meters = new SimpleMeterRegistry();
        topology = new TopologyUnderTest(
                WalletsTopology.app(
                        new WalletMeters(meters), news, 1, Telling.OF_EVERYTHING, RelayProgress.NEVER_BEHIND),
                meters,
                stateDir);
    }

    @AfterEach
    void close() {
        topology.close();
    }

    @Test
    void shows_what_a_wallet_holds() {
        send(credit(1, 50));
        send(spend(2, 20));

        Wallets answer = ask(2);

        assertThat(answer.wallets())
                .containsExactly(new Wallet(
                        "spring",
                        2,
                        List.of(new CurrencyBalance("points", 30, 0, 50, 20, 0, List.of())),
                        List.of(),
                        0,
                        List.of()));
        assertThat(answer.freshness()).isEqualTo(new Freshness(true, 2));
    }

    @Test
    void shows_all_wallets_of_the_player_and_of_no_other() {
        send(credit(1, 50));
        send(WalletCommand.newBuilder(credit(1, 7)).setScopeKey("summer").build());
        topology.send(Topics.WALLET_COMMANDS, GRACES_KEY, creditFor("grace", 1, 5));

        Wallets answer = WalletQueries.allWallets(ACME, ADA, topology.state(true));

        assertThat(answer.wallets()).extracting(Wallet::scopeKey).containsExactly("spring", "summer");
    }

    @Test
    void shows_nothing_of_another_tenant() {
        send(credit(1, 50));

        Wallets answer = WalletQueries.allWallets(new TenantId("globex"), ADA, topology.state(true));

        assertThat(answer.wallets()).isEmpty();
    }

    @Test
    void says_when_the_number_asked_for_is_not_applied_in_time() {
        send(credit(1, 50));

        assertThat(ask(2).freshness()).isEqualTo(new Freshness(false, 1));
    }

    @Test
    void answers_as_soon_as_the_number_asked_for_is_applied() throws Exception {
        send(credit(1, 50));
        var asked = CompletableFuture.supplyAsync(
                () -> WalletQueries.oneWallet(ADAS_WALLET, 2, Duration.ofMinutes(2), news, topology.state(true)));

        send(credit(2, 50));

        assertThat(asked.get(1, TimeUnit.MINUTES).freshness()).isEqualTo(new Freshness(true, 2));
    }

    @Test
    void shows_the_holds_that_stand() {
        send(credit(1, 50));
        Instant until = OCCURRED_AT.plusSeconds(3_600);
        send(command("cmd-2", "ada", 2, new WalletHold("hold_1", points(20), until)));
        send(command("cmd-3", "ada", 3, new WalletHold("hold_2", points(5), until)));
        send(command("cmd-4", "ada", 4, new WalletHoldVoid("hold_2")));

        assertThat(ask(4).wallets())
                .flatExtracting(Wallet::holds)
                .containsExactly(new StandingHold("hold_1", "points", 20, until.getEpochSecond()));
    }

    @Test
    void names_the_command_that_later_ones_wait_for() {
        send(credit(1, 50));
        send(credit(4, 50));
        send(credit(3, 50));

        assertThat(ask(0).wallets()).extracting(Wallet::missingSequence).containsExactly(2L);
        send(credit(2, 50));
        assertThat(ask(0).wallets()).extracting(Wallet::missingSequence).containsExactly(0L);
    }

    @Test
    void does_not_wait_for_an_open_gap() {
        send(credit(1, 50));
        send(credit(3, 50));
        long start = System.nanoTime();

        Wallets answer = WalletQueries.oneWallet(ADAS_WALLET, 3, Duration.ofSeconds(30), news, topology.state(true));

        assertThat(answer.freshness().fresh()).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void never_calls_a_copy_fresh() {
        send(credit(1, 50));

        Wallets answer = WalletQueries.oneWallet(ADAS_WALLET, 1, Duration.ZERO, news, topology.state(false));

        assertThat(answer.freshness()).isEqualTo(new Freshness(false, 1));
    }

    @Test
    void shows_the_ledger_newest_first_without_refusals() {
        send(credit(1, 50));
        send(spend(2, 99));
        send(spend(3, 20));

        List<Entry> entries = ledger(20, null).items();

        long at = OCCURRED_AT.getEpochSecond();
        assertThat(entries)
                .containsExactly(
                        new Entry(
                                "spring", 3, "points", -20, "redemption", "play", "play_3", 30, at, "available", null),
                        new Entry("spring", 1, "points", 50, "issuance", "play", "play_1", 50, at, "available", null));
    }

    @Test
    void says_of_each_line_which_command_reversed_it() {
        send(credit(1, 50));
        send(spend(2, 20));
        send(command("cmd-3", "ada", 3, new WalletReverse(List.of(2L), false, true)));

        List<Entry> entries = ledger(20, null).items();

        assertThat(entries)
                .extracting(Entry::sequence, Entry::reversedBy)
                .containsExactly(tuple(3L, null), tuple(2L, 3L), tuple(1L, null));
    }

    @Test
    void continues_the_ledger_behind_the_last_page() {
        for (int sequence = 1; sequence <= 5; sequence++) {
            send(credit(sequence, 1));
        }

        var first = ledger(2, null);
        var second = ledger(3, new Place(OCCURRED_AT, "spring", 4, 0));

        assertThat(first.items()).extracting(Entry::sequence).containsExactly(5L, 4L);
        assertThat(first.pagination().hasMore()).isTrue();
        assertThat(second.items()).extracting(Entry::sequence).containsExactly(3L, 2L, 1L);
        assertThat(second.pagination().hasMore()).isFalse();
    }

    @Test
    void shows_everything_that_time_did_however_much_that_was() {
        int lots = 300;
        for (int lot = 1; lot <= lots; lot++) {
            send(command(
                    "cmd-" + lot,
                    "ada",
                    lot,
                    new WalletCreditOnTerms(List.of(points(1)), null, null, OCCURRED_AT.plusSeconds(lot))));
        }
        send(WalletCommand.newBuilder(credit(lots + 1, 5))
                .setOccurredAt(OCCURRED_AT.plusSeconds(3_600))
                .build());

        List<Entry> entries = allPages(100);

        assertThat(entries).filteredOn(entry -> entry.reason().equals("expiry")).hasSize(lots);
        assertThat(entries.stream().mapToLong(Entry::amount).sum()).isEqualTo(5);
    }

    @Test
    void goes_on_behind_very_many_refusals_and_shows_no_line_out_of_its_place() {
        int refusals = 10_100;
        send(credit(1, 50));
        for (int sequence = 2; sequence <= refusals; sequence++) {
            send(spend(sequence, 99));
        }
        send(WalletCommand.newBuilder(credit(1, 7))
                .setScopeKey("summer")
                .setOccurredAt(OCCURRED_AT.minusSeconds(60))
                .build());
        send(credit(refusals + 1, 5));

        Page<Entry> first = ledger(20, null);
        List<Entry> all = allPages(20);

        assertThat(first.items()).extracting(Entry::amount).containsExactly(5L);
        assertThat(first.pagination().hasMore()).isTrue();
        assertThat(all).extracting(Entry::amount).containsExactly(5L, 50L, 7L);
    }

    @Test
    void understands_the_places_that_it_gave() {
        var place = new Place(OCCURRED_AT, "spring", 4, 1);

        assertThat(Place.parse(place.toString())).isEqualTo(place);
    }

    private void send(WalletCommand command) {
        topology.send(Topics.WALLET_COMMANDS, ADAS_KEY, command);
    }

    private Wallets ask(long applied) {
        return WalletQueries.oneWallet(ADAS_WALLET, applied, Duration.ofMillis(20), news, topology.state(true));
    }

    private Page<Entry> ledger(int limit, @Nullable Place after) {
        return ledger(SPRING, limit, after);
    }

    private Page<Entry> ledger(@Nullable ScopeKey scope, int limit, @Nullable Place after) {
        return WalletQueries.ledger(ACME, ADA, scope, new Paging(limit, null), after, topology.state(true));
    }

    /** Of all wallets, as who follows the cursors sees them. */
    private List<Entry> allPages(int limit) {
        var all = new ArrayList<Entry>();
        @Nullable Place after = null;
        for (int pages = 0; pages < 100; pages++) {
            Page<Entry> page = ledger(null, limit, after);
            all.addAll(page.items());
            String cursor = page.pagination().nextCursor();
            if (cursor == null) {
                return all;
            }
            after = Place.parse(new String(Base64.getUrlDecoder().decode(cursor), UTF_8));
        }
        throw new AssertionError("the ledger has no end: " + all);
    }
}
