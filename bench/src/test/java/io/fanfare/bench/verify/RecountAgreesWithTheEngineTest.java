package io.fanfare.bench.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.engine.wallet.Activation;
import io.fanfare.engine.wallet.LedgerEntry;
import io.fanfare.engine.wallet.Money;
import io.fanfare.engine.wallet.NumberedCommand;
import io.fanfare.engine.wallet.RandomCommands;
import io.fanfare.engine.wallet.RecordedOutcome;
import io.fanfare.engine.wallet.RecordedOutcome.Verdict;
import io.fanfare.engine.wallet.Settlement;
import io.fanfare.engine.wallet.Settling;
import io.fanfare.engine.wallet.WalletCommand.Activate;
import io.fanfare.engine.wallet.WalletCommand.Adjust;
import io.fanfare.engine.wallet.WalletCommand.Convert;
import io.fanfare.engine.wallet.WalletCommand.Credit;
import io.fanfare.engine.wallet.WalletCommand.CreditEach;
import io.fanfare.engine.wallet.WalletCommand.Flawed;
import io.fanfare.engine.wallet.WalletCommand.NoOp;
import io.fanfare.engine.wallet.WalletCommand.PlaceHold;
import io.fanfare.engine.wallet.WalletCommand.PostHold;
import io.fanfare.engine.wallet.WalletCommand.Require;
import io.fanfare.engine.wallet.WalletCommand.Reverse;
import io.fanfare.engine.wallet.WalletCommand.Spend;
import io.fanfare.engine.wallet.WalletCommand.TransferIn;
import io.fanfare.engine.wallet.WalletCommand.TransferOut;
import io.fanfare.engine.wallet.WalletCommand.VoidHold;
import io.fanfare.engine.wallet.WalletDecision;
import io.fanfare.engine.wallet.WalletMemory;
import io.fanfare.engine.wallet.WalletState;
import io.fanfare.engine.wallet.Wallets;
import io.fanfare.events.SettledEntry;
import io.fanfare.events.SettledLot;
import io.fanfare.events.WalletActivate;
import io.fanfare.events.WalletAdjust;
import io.fanfare.events.WalletAmount;
import io.fanfare.events.WalletCause;
import io.fanfare.events.WalletCommand;
import io.fanfare.events.WalletConvert;
import io.fanfare.events.WalletCredit;
import io.fanfare.events.WalletCreditEach;
import io.fanfare.events.WalletCreditOnTerms;
import io.fanfare.events.WalletEntry;
import io.fanfare.events.WalletEntryLot;
import io.fanfare.events.WalletHold;
import io.fanfare.events.WalletHoldPost;
import io.fanfare.events.WalletHoldVoid;
import io.fanfare.events.WalletLot;
import io.fanfare.events.WalletNoOp;
import io.fanfare.events.WalletPosted;
import io.fanfare.events.WalletRefused;
import io.fanfare.events.WalletRequire;
import io.fanfare.events.WalletReverse;
import io.fanfare.events.WalletSettled;
import io.fanfare.events.WalletSpend;
import io.fanfare.events.WalletTransferIn;
import io.fanfare.events.WalletTransferOut;
import io.fanfare.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rules that verify has written down a second time say the same as the first, over random histories of every kind of command. A
 * test may know both; verify knows one.
 */
class RecountAgreesWithTheEngineTest {

    private static final int HISTORIES = 200;

    private final World world = World.ofThree();
    private final Map<Long, RecordedOutcome> outcomes = new HashMap<>();
    private WalletState wallet = WalletState.EMPTY;

    static List<Long> seeds() {
        return LongStream.range(0, HISTORIES).boxed().toList();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_history_of_the_engine_is_well(long seed) {
        var random = new Random(seed);
        List<NumberedCommand> commands = new RandomCommands(random, RandomCommands.COMMANDS)
                .delivery().stream()
                        .filter(command -> command.id().value().equals("cmd-" + command.sequence()))
                        .sorted(Comparator.comparingLong(NumberedCommand::sequence))
                        .distinct()
                        .toList();

        for (NumberedCommand command : commands) {
            publish(command);
            carryOut(command);
            if (random.nextInt(10) == 0) {
                letTimePass(Duration.ofHours(random.nextInt(200)));
            }
        }

        assertThat(LedgerAddsUp.check(world.snapshot(), world.published()).examples())
                .isEmpty();
        assertThat(outcomes).hasSize(RandomCommands.COMMANDS);
    }

    private void carryOut(NumberedCommand command) {
        switch (Wallets.decide(wallet, command, new Memory())) {
            case WalletDecision.Posted(var settled, var accepted, var reversed, var next) -> {
                settled.forEach(this::tell);
                reversed.forEach(outcome -> outcomes.put(outcome.sequence(), outcome));
                conclude(command, accepted, next);
            }
            case WalletDecision.Refused(var settled, var declined, var next) -> {
                settled.forEach(this::tell);
                conclude(command, declined, next);
            }
            case WalletDecision other -> throw new AssertionError("%s came to %s".formatted(command, other));
        }
    }

    private final class Memory implements WalletMemory {

        @Override
        public Optional<RecordedOutcome> outcome(long sequence) {
            return Optional.ofNullable(outcomes.get(sequence));
        }

        @Override
        public Optional<NumberedCommand> parked(long sequence) {
            return Optional.empty();
        }
    }

    private void conclude(NumberedCommand command, Verdict verdict, WalletState next) {
        outcomes.put(command.sequence(), RecordedOutcome.of(command, verdict));
        wallet = next;
        tell(
                switch (verdict) {
                    case Verdict.Accepted(var entries) -> posted(command, entries);
                    case Verdict.Declined(var refusal, var detail) -> refused(command, refusal.name(), detail);
                });
    }

    private void letTimePass(Duration time) {
        Settling.Settled settled = Settling.settle(wallet, wallet.clock().plus(time));
        settled.settlements().forEach(this::tell);
        wallet = settled.next();
    }

    private void tell(Settlement settlement) {
        tell(WalletSettled.newBuilder()
                .setTenantId(World.TENANT)
                .setScopeKey("random")
                .setPlayerId("ada")
                .setSettlement(settlement.number())
                .setAfterSequence(settlement.afterSequence())
                .setOccurredAt(settlement.at())
                .setReason(settlement.cause().reason())
                .setRefId(settlement.cause().refId())
                .setEntries(settlement.entries().stream()
                        .map(RecountAgreesWithTheEngineTest::settledEntry)
                        .toList())
                .build());
    }

    private void tell(SpecificRecord told) {
        world.entryFacts.add(world.fact(Topics.WALLET_ENTRIES.name(), world.entryFacts.size(), "acme/ada", told));
    }

    private void publish(NumberedCommand command) {
        var published = WalletCommand.newBuilder()
                .setCommandId(command.id().value())
                .setTenantId(World.TENANT)
                .setScopeKey("random")
                .setPlayerId("ada")
                .setSequence(command.sequence())
                .setOccurredAt(command.occurredAt())
                .setCause(new WalletCause("test", "test"))
                .setAction(action(command.command()))
                .build();
        world.commandFacts.add(
                world.fact(Topics.WALLET_COMMANDS.name(), world.commandFacts.size(), "acme/ada", published));
    }

    private static WalletPosted posted(NumberedCommand command, List<LedgerEntry> entries) {
        return WalletPosted.newBuilder()
                .setCommandId(command.id().value())
                .setTenantId(World.TENANT)
                .setScopeKey("random")
                .setPlayerId("ada")
                .setSequence(command.sequence())
                .setOccurredAt(command.occurredAt())
                .setReason("test")
                .setRefId("test")
                .setEntries(entries.stream()
                        .map(RecountAgreesWithTheEngineTest::entry)
                        .toList())
                .build();
    }

    private static WalletRefused refused(NumberedCommand command, String refusal, String detail) {
        return WalletRefused.newBuilder()
                .setCommandId(command.id().value())
                .setTenantId(World.TENANT)
                .setScopeKey("random")
                .setPlayerId("ada")
                .setSequence(command.sequence())
                .setOccurredAt(command.occurredAt())
                .setReason("test")
                .setRefId("test")
                .setRefusal(refusal)
                .setDetail(detail)
                .build();
    }

    private static WalletEntry entry(LedgerEntry entry) {
        return new WalletEntry(
                entry.currency().code(),
                entry.amount(),
                entry.counterAccount().account(),
                entry.balanceAfter(),
                entry.account().account(),
                entry.lots().stream()
                        .map(lot -> new WalletEntryLot(lot.expiresAt(), lot.amount()))
                        .toList());
    }

    private static SettledEntry settledEntry(LedgerEntry entry) {
        return new SettledEntry(
                entry.currency().code(),
                entry.amount(),
                entry.counterAccount().account(),
                entry.balanceAfter(),
                entry.account().account(),
                entry.lots().stream()
                        .map(lot -> new SettledLot(lot.expiresAt(), lot.amount()))
                        .toList());
    }

    private static Object action(io.fanfare.engine.wallet.WalletCommand command) {
        return switch (command) {
            case Credit(var amounts, Activation.AtOnce _, var expiresAt)
            when expiresAt == null -> new WalletCredit(amounts(amounts));
            case Credit credit -> onTerms(credit);
            case CreditEach(var credits) ->
                new WalletCreditEach(credits.stream().map(each -> onTerms(each)).toList());
            case Spend(var amounts) -> new WalletSpend(amounts(amounts));
            case Require(var grant, var earned) -> new WalletRequire(grant, amount(earned));
            case PlaceHold(var hold, var money, var until) -> new WalletHold(hold.value(), amount(money), until);
            case PostHold(var hold, var amount) -> new WalletHoldPost(hold.value(), amount);
            case VoidHold(var hold) -> new WalletHoldVoid(hold.value());
            case Convert(var from, var to, var rate) ->
                new WalletConvert(amount(from), to.code(), rate.from(), rate.to());
            case Adjust(var currency, var delta, var counts) -> new WalletAdjust(currency.code(), delta, counts);
            case Reverse(var sequences, var partial, var reversible) ->
                new WalletReverse(sequences, partial, reversible);
            case TransferOut(var money, var givesBack) -> new WalletTransferOut(amount(money), givesBack);
            case TransferIn(var money, var lots) ->
                new WalletTransferIn(
                        amount(money),
                        lots.stream()
                                .map(lot -> new WalletLot(lot.expiresAt(), lot.amount()))
                                .toList());
            case Activate(var action) -> new WalletActivate(action);
            case NoOp _ -> new WalletNoOp();
            case Flawed _ -> new WalletSpend(List.of(new WalletAmount("points", -1L)));
        };
    }

    private static WalletCreditOnTerms onTerms(Credit credit) {
        return new WalletCreditOnTerms(
                amounts(credit.amounts()),
                credit.activation() instanceof Activation.At(Instant time) ? time : null,
                credit.activation() instanceof Activation.OnAction(String action) ? action : null,
                credit.expiresAt());
    }

    private static List<WalletAmount> amounts(List<Money> amounts) {
        return amounts.stream().map(RecountAgreesWithTheEngineTest::amount).toList();
    }

    private static WalletAmount amount(Money money) {
        return new WalletAmount(money.currency().code(), money.amount());
    }
}
