package io.fanfare.store.wallet;

import static io.fanfare.store.Definitions.ACME;
import static io.fanfare.store.Definitions.RIVAL;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.wallet.Cause;
import io.fanfare.engine.wallet.Currency;
import io.fanfare.engine.wallet.Money;
import io.fanfare.engine.wallet.RecordedOutcome.Verdict.Accepted;
import io.fanfare.engine.wallet.RecordedOutcome.Verdict.Declined;
import io.fanfare.engine.wallet.Refusal;
import io.fanfare.engine.wallet.ScopeKey;
import io.fanfare.engine.wallet.WalletId;
import io.fanfare.store.Definitions;
import io.fanfare.store.OnEveryDatabase;
import io.fanfare.store.StoreServer;
import io.fanfare.store.wallet.GrantLine.Invalid;
import io.fanfare.store.wallet.GrantLine.Valid;
import io.fanfare.store.wallet.Grants.LineStatus;
import io.fanfare.store.wallet.Grants.Progress;
import io.fanfare.store.wallet.Grants.Wish;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class GrantsIT {

    private final Definitions definitions;
    private final Grants grants;
    private final GrantWork work;
    private final WalletOutcomes outcomes;

    GrantsIT(StoreServer server) {
        this.definitions = new Definitions(server);
        this.grants = new Grants(definitions.database(), definitions.clock());
        var commands = new WalletCommands(definitions.database(), definitions.outbox());
        this.work = new GrantWork(definitions.database(), commands, definitions.clock());
        this.outcomes = new WalletOutcomes(definitions.database());
    }

    @Test
    void a_grant_waits_until_it_is_worked_off_and_is_done_when_all_wallets_have_answered() {
        grants.begin(wish("grant_1", valid(2, "ada", null), valid(3, "grace", null), new Invalid(4, "amount is 'x'")));

        assertThat(progress("grant_1"))
                .extracting(Progress::waiting, Progress::invalid)
                .containsExactly(2L, 1L);
        assertThat(work.giveSome(10)).isEqualTo(2);
        assertThat(work.giveSome(10)).isZero();
        assertThat(progress("grant_1").undecided()).isEqualTo(2);
        answer(2, "ada", true);
        answer(3, "grace", false);

        Progress done = progress("grant_1");
        assertThat(done.isDone()).isTrue();
        assertThat(List.of(done.lines(), done.posted(), done.refused(), done.invalid()))
                .containsExactly(3L, 1L, 1L, 1L);
        assertThat(grants.lines(ACME, "grant_1", false, 0, 10))
                .extracting(LineStatus::status)
                .containsExactly("posted", "refused", "invalid");
        assertThat(grants.lines(ACME, "grant_1", true, 0, 10))
                .extracting(LineStatus::error)
                .containsExactly("OVERFLOW: too much", "amount is 'x'");
        assertThat(grants.lines(ACME, "grant_1", false, 3, 10))
                .extracting(LineStatus::line)
                .containsExactly(4);
        assertThat(grants.find(RIVAL, "grant_1")).isEmpty();
        assertThat(grants.lines(RIVAL, "grant_1", false, 0, 10)).isEmpty();
    }

    @Test
    void a_reference_is_granted_once_in_whichever_grant_it_comes() {
        grants.begin(wish("grant_1", valid(2, "ada", "order-7"), valid(3, "ada", "order-7"), valid(4, "ada", null)));
        work.giveSome(10);
        grants.begin(wish("grant_2", valid(2, "ada", "order-7"), valid(3, "ada", null)));
        work.giveSome(10);

        assertThat(progress("grant_1").undecided()).isEqualTo(3);
        answer(2, "ada", true);
        assertThat(progress("grant_1").known()).isEqualTo(1);
        assertThat(progress("grant_2").known()).isEqualTo(1);
        assertThat(commands()).isEqualTo(3);
    }

    @Test
    void a_reference_that_was_refused_before_is_not_called_granted() {
        grants.begin(wish("grant_1", valid(2, "ada", "order-7")));
        work.giveSome(10);
        answer(2, "ada", false);
        grants.begin(wish("grant_2", valid(2, "ada", "order-7")));
        work.giveSome(10);

        assertThat(progress("grant_2"))
                .extracting(Progress::known, Progress::refused, Progress::isDone)
                .containsExactly(0L, 1L, true);
        assertThat(grants.lines(ACME, "grant_2", true, 0, 10))
                .extracting(LineStatus::status, LineStatus::error)
                .containsExactly(tuple("refused", "its reference was refused before: OVERFLOW: too much"));
    }

    @Test
    void the_same_grant_is_kept_once_and_another_of_its_id_is_refused() {
        Wish wish = wish("grant_1", valid(2, "ada", null));

        assertThat(grants.begin(wish)).isTrue();
        assertThat(grants.begin(wish)).isTrue();
        assertThat(grants.begin(new Wish(ACME, "grant_1", "other", "why", "olga", wish.lines())))
                .isFalse();
        assertThat(progress("grant_1").lines()).isEqualTo(1);
    }

    @Test
    void however_many_work_at_it_each_line_is_given_once() throws Exception {
        GrantLine[] lines = IntStream.range(2, 202)
                .mapToObj(n -> valid(n, "player" + n % 7, null))
                .toArray(GrantLine[]::new);
        grants.begin(wish("grant_1", lines));
        List<Callable<Integer>> workers = Collections.nCopies(40, () -> work.giveSome(10));

        int given;
        try (var threads = Executors.newFixedThreadPool(4)) {
            given = threads.invokeAll(workers).stream()
                    .mapToInt(Future::resultNow)
                    .sum();
        }
        while (progress("grant_1").waiting() > 0) {
            given += work.giveSome(10);
        }

        assertThat(given).isEqualTo(200);
        assertThat(commands()).isEqualTo(200);
    }

    private Progress progress(String grant) {
        return grants.find(ACME, grant).orElseThrow();
    }

    private long commands() {
        return definitions
                .database()
                .jdbc()
                .sql("select count(*) from wallet_command")
                .query(Long.class)
                .single();
    }

    private void answer(int line, String player, boolean posted) {
        LineStatus status = grants.lines(ACME, "grant_1", false, line - 1, 1).getFirst();
        outcomes.keep(List.of(new WalletOutcome(
                new WalletId(ACME, new PlayerId(player), new ScopeKey("camp_1")),
                requireNonNull(status.command()),
                1,
                new Cause("grant", "grant_1"),
                posted ? new Accepted(List.of()) : new Declined(Refusal.OVERFLOW, "too much"),
                definitions.now())));
    }

    private static Wish wish(String id, GrantLine... lines) {
        return new Wish(ACME, id, "hash of " + lines.length, "why", "olga", List.of(lines));
    }

    private static GrantLine valid(int line, String player, @Nullable String ref) {
        return new Valid(
                line, new PlayerId(player), new ScopeKey("camp_1"), new Money(new Currency("points"), 5), null, ref);
    }
}
