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
import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingLong;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fanfare.edge.paging.Page;
import io.fanfare.edge.paging.Paging;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.wallet.RecordedOutcome;
import io.fanfare.engine.wallet.ScopeKey;
import io.fanfare.engine.wallet.WalletId;
import io.fanfare.events.WalletCommand;
import io.fanfare.events.WalletCredit;
import io.fanfare.events.WalletCreditEach;
import io.fanfare.events.WalletCreditOnTerms;
import io.fanfare.events.WalletHold;
import io.fanfare.events.WalletHoldVoid;
import io.fanfare.events.WalletReverse;
import io.fanfare.schemas.Topics;
import io.fanfare.streams.TopologyUnderTest;
import io.fanfare.streams.query.LocalState;
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
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.streams.state.KeyValueStore;
import org.assertj.core.groups.Tuple;
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
        send(inSummer(credit(1, 7)));
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
        send(at(OCCURRED_AT.plusSeconds(3_600), credit(lots + 1, 5)));

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
        send(at(OCCURRED_AT.minusSeconds(60), inSummer(credit(1, 7))));
        send(credit(refusals + 1, 5));

        Page<Entry> first = ledger(20, null);
        List<Entry> all = allPages(20);

        assertThat(first.items()).extracting(Entry::amount).containsExactly(5L);
        assertThat(first.pagination().hasMore()).isTrue();
        assertThat(all).extracting(Entry::amount).containsExactly(5L, 50L, 7L);
    }

    @Test
    void goes_on_in_one_wallet_behind_very_many_newer_lines_of_another() {
        var sent = new ArrayList<WalletCommand>();
        for (int sequence = 1; sequence <= 10_500; sequence++) {
            sent.add(at(OCCURRED_AT.plusSeconds(sequence), credit(sequence, 1)));
        }
        for (int sequence = 1; sequence <= 50; sequence++) {
            Instant between = OCCURRED_AT.plusSeconds(2L * sequence).plusMillis(500);
            sent.add(at(between, inSummer(credit(sequence, 1))));
        }
        sent.forEach(this::send);

        List<Entry> all = allPages(Paging.DEFAULT_LIMIT);

        assertThat(all).map(WalletQueriesTest::number).containsExactlyElementsOf(newestFirst(sent));
    }

    @Test
    void reads_what_time_did_to_a_wallet_from_where_a_page_begins() {
        int lots = 5_000;
        Instant end = OCCURRED_AT;
        for (int sequence = 1; sequence <= lots / 50; sequence++) {
            send(at(end, command("cmd-" + sequence, "ada", sequence, lotsThatExpireBehind(end))));
            end = end.plusSeconds(100);
        }
        send(at(end, spend(lots / 50 + 1, 99)));
        for (int sequence = 1; sequence <= 50; sequence++) {
            send(at(OCCURRED_AT.plusSeconds(2L * sequence), inSummer(credit(sequence, 1))));
        }
        var state = new CountedReads(topology.state(true));

        List<Entry> all = allPages(Paging.DEFAULT_LIMIT, state);

        int pages = all.size() / Paging.DEFAULT_LIMIT + 1;
        assertThat(all).isSortedAccordingTo(comparingLong(Entry::createdAt).reversed());
        assertThat(all)
                .filteredOn(entry -> entry.reason().equals("expiry"))
                .hasSize(lots)
                .extracting(Entry::refId)
                .doesNotHaveDuplicates();
        assertThat(all).hasSize(2 * lots + 50);
        assertThat(state.count() / pages).isLessThan(500);
    }

    @Test
    void shows_every_line_in_its_place_where_times_are_out_of_order_seed_7() {
        var random = new Random(7);
        var sent = new ArrayList<WalletCommand>();
        for (int sequence = 1; sequence <= 3_000; sequence++) {
            boolean isPosted = random.nextInt(4) == 0;
            WalletCommand command = isPosted ? credit(sequence, 1) : spend(sequence, 9_999);
            Instant time = OCCURRED_AT.plusSeconds(sequence + random.nextInt(64));
            sent.add(at(time, random.nextInt(10) == 0 ? inSummer(command) : command));
        }
        List<WalletCommand> numbered = numbered(sent);
        numbered.forEach(this::send);

        List<Entry> all = allPages(1);

        List<WalletCommand> posted = numbered.stream()
                .filter(command -> command.getAction() instanceof WalletCredit)
                .toList();
        assertThat(all).map(WalletQueriesTest::number).containsExactlyElementsOf(newestFirst(posted));
    }

    @Test
    void loses_no_line_where_it_ends_early_among_times_out_of_order() {
        int refusals = 10_000;
        var posted = new ArrayList<WalletCommand>();
        for (int sequence = 1; sequence <= 100; sequence++) {
            Instant time = OCCURRED_AT.plusSeconds(sequence <= 90 ? sequence : 130);
            posted.add(at(time, credit(sequence, 1)));
        }
        posted.forEach(this::send);
        for (int sequence = 101; sequence <= 100 + refusals; sequence++) {
            send(at(OCCURRED_AT.plusSeconds(sequence), spend(sequence, 999)));
        }

        List<Entry> all = allPages(Paging.DEFAULT_LIMIT);

        assertThat(all).map(WalletQueriesTest::number).containsExactlyElementsOf(newestFirst(posted));
    }

    @Test
    void goes_back_to_the_first_outcome_that_is_kept() {
        for (int sequence = 1; sequence <= 500; sequence++) {
            send(at(OCCURRED_AT.plusSeconds(sequence), credit(sequence, 1)));
        }
        KeyValueStore<WalletSlot, RecordedOutcome> outcomes = topology.store(WalletStores.OUTCOMES);
        for (int sequence = 1; sequence <= 400; sequence++) {
            outcomes.delete(new WalletSlot(ADAS_WALLET, sequence));
        }

        List<Entry> all = allPages(Paging.DEFAULT_LIMIT);

        assertThat(all)
                .extracting(Entry::sequence)
                .startsWith(500L)
                .endsWith(401L)
                .hasSize(100);
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
        return ledger(SPRING, limit, after, topology.state(true));
    }

    private static Page<Entry> ledger(@Nullable ScopeKey scope, int limit, @Nullable Place after, LocalState state) {
        return WalletQueries.ledger(ACME, ADA, scope, new Paging(limit, null), after, state);
    }

    private List<Entry> allPages(int limit) {
        return allPages(limit, topology.state(true));
    }

    /** Of all wallets, as who follows the cursors sees them. */
    private static List<Entry> allPages(int limit, LocalState state) {
        var all = new ArrayList<Entry>();
        @Nullable Place after = null;
        while (true) {
            Page<Entry> page = ledger(null, limit, after, state);
            all.addAll(page.items());
            String cursor = page.pagination().nextCursor();
            if (cursor == null) {
                return all;
            }
            Place next = Place.parse(new String(Base64.getUrlDecoder().decode(cursor), UTF_8));
            assertThat(after == null || next.isBehind(after))
                    .as("%s is behind %s", next, after)
                    .isTrue();
            after = next;
        }
    }

    private static WalletCommand at(Instant time, WalletCommand command) {
        return WalletCommand.newBuilder(command).setOccurredAt(time).build();
    }

    private static WalletCommand inSummer(WalletCommand command) {
        return WalletCommand.newBuilder(command).setScopeKey("summer").build();
    }

    private static WalletCreditEach lotsThatExpireBehind(Instant time) {
        return new WalletCreditEach(IntStream.rangeClosed(1, 50)
                .mapToObj(lot -> new WalletCreditOnTerms(List.of(points(1)), null, null, time.plusSeconds(lot)))
                .toList());
    }

    /** Each wallet's commands with its numbers, from 1. */
    private static List<WalletCommand> numbered(List<WalletCommand> commands) {
        var last = new HashMap<String, Long>();
        return commands.stream()
                .map(command -> WalletCommand.newBuilder(command)
                        .setSequence(last.merge(command.getScopeKey(), 1L, Long::sum))
                        .build())
                .toList();
    }

    private static List<Tuple> newestFirst(List<WalletCommand> commands) {
        return commands.stream()
                .sorted(comparing(WalletCommand::getOccurredAt)
                        .thenComparing(WalletCommand::getScopeKey)
                        .thenComparingLong(WalletCommand::getSequence)
                        .reversed())
                .map(command -> tuple(command.getScopeKey(), command.getSequence()))
                .toList();
    }

    private static Tuple number(Entry entry) {
        return tuple(entry.scopeKey(), entry.sequence());
    }
}
