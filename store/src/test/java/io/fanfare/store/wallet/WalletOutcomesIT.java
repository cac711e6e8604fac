package io.fanfare.store.wallet;

import static io.fanfare.store.Definitions.ACME;
import static io.fanfare.store.Definitions.RIVAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.wallet.Cause;
import io.fanfare.engine.wallet.CounterAccount;
import io.fanfare.engine.wallet.Currency;
import io.fanfare.engine.wallet.LedgerEntry;
import io.fanfare.engine.wallet.Lot;
import io.fanfare.engine.wallet.Money;
import io.fanfare.engine.wallet.PlayerAccount;
import io.fanfare.engine.wallet.RecordedOutcome.Verdict;
import io.fanfare.engine.wallet.RecordedOutcome.Verdict.Accepted;
import io.fanfare.engine.wallet.RecordedOutcome.Verdict.Declined;
import io.fanfare.engine.wallet.Refusal;
import io.fanfare.engine.wallet.ScopeKey;
import io.fanfare.engine.wallet.WalletCommand;
import io.fanfare.engine.wallet.WalletId;
import io.fanfare.store.Definitions;
import io.fanfare.store.OnEveryDatabase;
import io.fanfare.store.StoreServer;
import io.fanfare.store.wallet.WalletOutcomes.CommandKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@OnEveryDatabase
class WalletOutcomesIT {

    private static final WalletId ADAS = new WalletId(ACME, new PlayerId("ada"), new ScopeKey("camp_1"));
    private static final Currency POINTS = new Currency("points");
    private static final Instant NEXT_YEAR = Instant.parse("2027-01-01T00:00:00Z");
    private static final Accepted SPENT = new Accepted(List.of(
            new LedgerEntry(
                    POINTS,
                    -5,
                    CounterAccount.REDEMPTION,
                    7,
                    PlayerAccount.AVAILABLE,
                    List.of(new Lot(NEXT_YEAR, 2), new Lot(null, 3))),
            new LedgerEntry(new Currency("Becher ☕"), -1, CounterAccount.REDEMPTION, 0)));
    private static final Declined TOO_LITTLE =
            new Declined(Refusal.INSUFFICIENT_BALANCE, "4 points available, 5 asked for");

    private final Definitions definitions;
    private final WalletCommands commands;
    private final WalletOutcomes outcomes;

    WalletOutcomesIT(StoreServer server) {
        this.definitions = new Definitions(server);
        this.commands = new WalletCommands(definitions.database(), definitions.outbox());
        this.outcomes = new WalletOutcomes(
                definitions.database(), new CommandsInSight(definitions.database(), Duration.ofMillis(50)));
    }

    @Test
    void a_command_is_undecided_until_its_outcome_is_known() {
        WrittenCommand spend = given("request");
        CommandStatus before = outcomes.find(ACME, spend.id()).orElseThrow();

        List<WalletOutcome> kept = outcomes.keep(List.of(outcome(spend, SPENT)));

        assertThat(before.decided()).isEmpty();
        assertThat(kept).containsExactly(outcome(spend, SPENT));
        CommandStatus after = outcomes.find(ACME, spend.id()).orElseThrow();
        assertThat(after.decided()).contains(SPENT);
        assertThat(after.command()).isEqualTo(new WrittenCommand(ADAS, spend.id(), 1, "request", false));
        assertThat(outcomes.find(RIVAL, spend.id())).isEmpty();
    }

    @Test
    void the_first_word_is_the_last() {
        WrittenCommand spend = given("request");
        outcomes.keep(List.of(outcome(spend, TOO_LITTLE)));

        List<WalletOutcome> again = outcomes.keep(List.of(outcome(spend, SPENT)));

        assertThat(again).isEmpty();
        assertThat(outcomes.find(ACME, spend.id()).orElseThrow().decided()).contains(TOO_LITTLE);
    }

    @Test
    void what_nobody_waits_for_is_passed_over() {
        WrittenCommand unawaited = given(null);
        WrittenCommand awaited = given("request");
        var unknown = new WrittenCommand(ADAS, UUID.randomUUID(), 9, null, true);

        List<WalletOutcome> kept =
                outcomes.keep(List.of(outcome(unawaited, SPENT), outcome(unknown, SPENT), outcome(awaited, SPENT)));

        assertThat(kept).containsExactly(outcome(awaited, SPENT));
        assertThat(outcomes.find(ACME, unawaited.id()).orElseThrow().decided()).isEmpty();
        assertThat(outcomes.keep(List.of())).isEmpty();
    }

    @Test
    @Timeout(30)
    void an_outcome_that_comes_before_its_command_can_be_seen_waits_for_it() throws Exception {
        WalletOrder order = order("request");
        var isWritten = new CountDownLatch(1);
        var isHeardOf = new CountDownLatch(1);
        var patient = new WalletOutcomes(definitions.database());

        try (var threads =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            Future<WrittenCommand> written =
                    threads.submit(() -> definitions.database().inTransaction(() -> {
                        WrittenCommand command = commands.write(order);
                        isWritten.countDown();
                        await(isHeardOf);
                        return command;
                    }));
            isWritten.await();
            var command = new WrittenCommand(ADAS, order.id(), 1, "request", true);
            Future<List<WalletOutcome>> kept = threads.submit(() -> patient.keep(List.of(outcome(command, SPENT))));
            assertThatThrownBy(() -> kept.get(200, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            isHeardOf.countDown();

            assertThat(kept.get()).containsExactly(outcome(written.get(), SPENT));
        }
        assertThat(outcomes.find(ACME, order.id()).orElseThrow().decided()).contains(SPENT);
    }

    @Test
    void those_that_are_decided_are_told_from_those_that_are_not() {
        WrittenCommand first = given("request");
        WrittenCommand second = given("request");
        var keys = List.of(new CommandKey(ACME, first.id()), new CommandKey(ACME, second.id()));
        outcomes.keep(List.of(outcome(second, SPENT)));

        assertThat(outcomes.decided(keys)).containsOnlyKeys(keys.get(1));
        assertThat(outcomes.decided(List.of(new CommandKey(RIVAL, second.id()))))
                .isEmpty();
        assertThat(outcomes.decided(List.of())).isEmpty();
    }

    @Test
    void the_one_that_waits_longest_is_seen_until_it_is_decided() {
        var undecided = new UndecidedCommands(definitions.database(), definitions.clock());
        given(null);
        assertThat(undecided.oldest()).isZero();
        WrittenCommand first = given("request");
        definitions.pass(Duration.ofSeconds(40));
        WrittenCommand second = given("request");
        definitions.pass(Duration.ofSeconds(20));

        assertThat(undecided.oldest()).isEqualTo(Duration.ofSeconds(60));
        outcomes.keep(List.of(outcome(first, SPENT)));
        assertThat(undecided.oldest()).isEqualTo(Duration.ofSeconds(20));
        outcomes.keep(List.of(outcome(second, TOO_LITTLE)));
        assertThat(undecided.oldest()).isZero();
    }

    private WrittenCommand given(@Nullable String awaitedBy) {
        WalletOrder order = order(awaitedBy);
        return definitions.database().inTransaction(() -> commands.write(order));
    }

    private WalletOrder order(@Nullable String awaitedBy) {
        var spend = new WalletCommand.Spend(List.of(new Money(POINTS, 5)));
        return new WalletOrder(
                ADAS, UUID.randomUUID(), new Cause("spend", "order_1"), spend, awaitedBy, null, definitions.now());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private WalletOutcome outcome(WrittenCommand command, Verdict verdict) {
        return new WalletOutcome(
                command.wallet(),
                command.id(),
                command.number(),
                new Cause("spend", "order_1"),
                verdict,
                definitions.now());
    }
}
