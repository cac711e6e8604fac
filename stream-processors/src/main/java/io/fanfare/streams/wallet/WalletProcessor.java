package io.fanfare.streams.wallet;

import io.fanfare.engine.wallet.CommandId;
import io.fanfare.engine.wallet.NumberedCommand;
import io.fanfare.engine.wallet.RecordedOutcome;
import io.fanfare.engine.wallet.RecordedOutcome.Verdict;
import io.fanfare.engine.wallet.RecordedOutcome.Verdict.Accepted;
import io.fanfare.engine.wallet.RecordedOutcome.Verdict.Declined;
import io.fanfare.engine.wallet.Refusal;
import io.fanfare.engine.wallet.Settlement;
import io.fanfare.engine.wallet.Settling;
import io.fanfare.engine.wallet.WalletCommand.Credit;
import io.fanfare.engine.wallet.WalletCommand.CreditEach;
import io.fanfare.engine.wallet.WalletDecision;
import io.fanfare.engine.wallet.WalletDecision.AlreadyParked;
import io.fanfare.engine.wallet.WalletDecision.Duplicate;
import io.fanfare.engine.wallet.WalletDecision.ForgottenDuplicate;
import io.fanfare.engine.wallet.WalletDecision.Forked;
import io.fanfare.engine.wallet.WalletDecision.Parked;
import io.fanfare.engine.wallet.WalletDecision.Posted;
import io.fanfare.engine.wallet.WalletDecision.Refused;
import io.fanfare.engine.wallet.WalletDecision.TooFarAhead;
import io.fanfare.engine.wallet.WalletId;
import io.fanfare.engine.wallet.WalletMemory;
import io.fanfare.engine.wallet.WalletState;
import io.fanfare.engine.wallet.Wallets;
import io.fanfare.streams.cloudevents.CloudEventHeaders;
import io.fanfare.streams.deadletter.PoisonRecord;
import io.fanfare.streams.query.StateNews;
import io.fanfare.streams.telling.Telling;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the engine what becomes of each command, keeps what it says, and tells the world. */
final class WalletProcessor implements Processor<String, io.fanfare.events.WalletCommand, String, SpecificRecord> {

    private static final Logger LOG = LoggerFactory.getLogger(WalletProcessor.class);
    private static final Duration GAP_CHECK = Duration.ofSeconds(1);
    private static final Duration ROUND = Duration.ofSeconds(5);
    private static final int WALLETS_PER_ROUND = 5_000;

    private final WalletMeters meters;
    private final OpenGaps gaps;
    private final Telling telling;
    private final StateNews news;
    private final CommitPace pace;
    private final RelayProgress relay;

    // Kafka Streams calls init before anything else.
    @SuppressWarnings("NullAway.Init")
    private ProcessorContext<String, SpecificRecord> context;

    @SuppressWarnings("NullAway.Init")
    private KeyValueStore<String, WalletState> wallets;

    @SuppressWarnings("NullAway.Init")
    private KeyValueStore<WalletSlot, RecordedOutcome> outcomes;

    @SuppressWarnings("NullAway.Init")
    private KeyValueStore<WalletSlot, Settlement> settlements;

    @SuppressWarnings("NullAway.Init")
    private KeyValueStore<WalletSlot, ParkedCommand> parked;

    @SuppressWarnings("NullAway.Init")
    private Agenda agenda;

    @SuppressWarnings("NullAway.Init")
    private TaskSheets sheets;

    @SuppressWarnings("NullAway.Init")
    private ReachedMilestones milestones;

    @SuppressWarnings("NullAway.Init")
    private SettlementHorizon horizon;

    /** Whether what is being done now is told. */
    private boolean tells;

    private @Nullable Cancellable gapCheck;
    private @Nullable Cancellable round;

    WalletProcessor(WalletMeters meters, StateNews news, Telling telling, CommitPace pace, RelayProgress relay) {
        this.meters = meters;
        this.news = news;
        this.pace = pace;
        this.relay = relay;
        this.telling = telling;
        this.gaps = new OpenGaps(meters);
    }

    @Override
    public void init(ProcessorContext<String, SpecificRecord> processorContext) {
        telling.begin();
        context = processorContext;
        wallets = context.getStateStore(WalletStores.WALLETS);
        outcomes = context.getStateStore(WalletStores.OUTCOMES);
        settlements = context.getStateStore(WalletStores.SETTLEMENTS);
        parked = context.getStateStore(WalletStores.PARKED);
        agenda = new Agenda(context.getStateStore(WalletStores.AGENDA));
        sheets = new TaskSheets(context.getStateStore(WalletStores.SHEETS));
        milestones = new ReachedMilestones(
                context.getStateStore(MilestoneDefinitions.NAME), context.getStateStore(WalletStores.MILESTONES));
        horizon = new SettlementHorizon(relay, now());
        try (KeyValueIterator<WalletSlot, ParkedCommand> waiting = parked.all()) {
            waiting.forEachRemaining(slot ->
                    gaps.open(slot.key.wallet(), stateOf(slot.key.wallet()).nextSequence(), now()));
        }
        watchGaps();
        if (!agenda.isEmpty()) {
            makeRounds();
        }
    }

    @Override
    public void process(Record<String, io.fanfare.events.WalletCommand> record) {
        tells = isTold();
        ReadCommand read = ReadCommand.of(record.key(), record.value());
        String traceparent = CloudEventHeaders.traceparent(record.headers()).orElse(null);
        WalletId wallet = read.wallet();
        sheets.open(wallets);
        horizon.arrived(read.command().occurredAt(), now());
        WalletState before = stateOf(wallet);
        WalletDecision decision = Wallets.decide(before, read.command(), new StoredMemory(wallet));
        WalletState after = carryOut(wallet, before, new ParkedCommand(read.command(), traceparent), decision);
        WalletState last = applyWaiting(wallet, after);
        store(wallet, before, last);
        watchGap(wallet, last);
        if (pace.isDue()) {
            context.commit();
        }
    }

    private boolean isTold() {
        return context.recordMetadata()
                .map(record -> telling.of(record.topic(), record.partition(), record.offset()))
                .orElse(true);
    }

    @Override
    public void close() {
        gaps.forget();
        // A task that lost its state is closed and begun again with this same processor; its schedules are gone.
        round = null;
        gapCheck = null;
    }

    private WalletState carryOut(WalletId wallet, WalletState before, ParkedCommand arrived, WalletDecision decision) {
        NumberedCommand command = arrived.command();
        return switch (decision) {
            case Posted(
                    List<Settlement> settled,
                    Accepted accepted,
                    List<RecordedOutcome> reversed,
                    WalletState next) -> {
                count(meters.posted);
                settled.forEach(settlement -> tell(wallet, settlement));
                reversed.forEach(outcome -> outcomes.put(new WalletSlot(wallet, outcome.sequence()), outcome));
                sheets.post(wallet.tenant(), accepted.entries());
                conclude(wallet, arrived, accepted);
                tellMilestones(wallet, before, next);
                yield next;
            }
            case Refused(List<Settlement> settled, Declined declined, WalletState next) -> {
                count(meters.refused);
                complainOfRefusedCredit(wallet, command, declined);
                settled.forEach(settlement -> tell(wallet, settlement));
                conclude(wallet, arrived, declined);
                tellMilestones(wallet, before, next);
                yield next;
            }
            case Duplicate(RecordedOutcome recorded) -> {
                count(meters.duplicate);
                tell(OutcomeRecord.repeated(wallet, recorded, arrived.traceparent()));
                yield before;
            }
            case ForgottenDuplicate _, AlreadyParked _ -> {
                count(meters.duplicate);
                yield before;
            }
            case Forked(CommandId holder) -> {
                count(meters.forked);
                refuseFork(wallet, arrived, holder);
                yield before;
            }
            case Parked(WalletState next) -> {
                count(meters.parked);
                parked.put(new WalletSlot(wallet, command.sequence()), arrived);
                yield next;
            }
            case TooFarAhead(long missingFrom, long bound) ->
                throw new PoisonRecord(
                        "wallet %s misses number %d; number %d is more than %d ahead and cannot wait: replay it later"
                                .formatted(wallet, missingFrom, command.sequence(), bound));
        };
    }

    private WalletState applyWaiting(WalletId wallet, WalletState state) {
        WalletState current = state;
        while (current.hasGap()) {
            ParkedCommand next = parked.delete(new WalletSlot(wallet, current.nextSequence()));
            if (next == null) {
                return current;
            }
            WalletState unparked = current.unparkingOne();
            WalletDecision decision = Wallets.decide(unparked, next.command(), new StoredMemory(wallet));
            current = carryOut(wallet, unparked, next, decision);
        }
        return current;
    }

    /** Nobody may be waiting for what becomes of it, as where a play has won it. */
    private void complainOfRefusedCredit(WalletId wallet, NumberedCommand command, Declined declined) {
        if (tells && (command.command() instanceof Credit || command.command() instanceof CreditEach)) {
            count(meters.refusedCredits);
            LOG.error(
                    "wallet {} refused credit {} of {}: {}, {}",
                    wallet,
                    command.sequence(),
                    command.cause(),
                    declined.refusal(),
                    declined.detail());
        }
    }

    private void conclude(WalletId wallet, ParkedCommand arrived, Verdict verdict) {
        RecordedOutcome outcome = RecordedOutcome.of(arrived.command(), verdict);
        outcomes.put(new WalletSlot(wallet, outcome.sequence()), outcome);
        tell(OutcomeRecord.of(wallet, outcome, arrived.traceparent()));
    }

    private void tell(WalletId wallet, Settlement settlement) {
        count(meters.settled);
        settlements.put(new WalletSlot(wallet, settlement.number()), settlement);
        sheets.post(wallet.tenant(), settlement.entries());
        tell(SettlementRecord.of(wallet, settlement));
    }

    /** After each command, for a later one that waited behind it may take back what it has earned. */
    private void tellMilestones(WalletId wallet, WalletState before, WalletState after) {
        milestones.notice(wallet, before, after).forEach(this::tell);
    }

    private void store(WalletId wallet, WalletState before, WalletState after) {
        if (after.equals(before)) {
            return;
        }
        String key = wallet.toString();
        wallets.put(key, after);
        news.changed(key);
        agenda.reschedule(key, before, after);
        if (round == null && after.hasDates()) {
            makeRounds();
        }
    }

    /** Looks after the wallets for which the time has come though no command does. */
    private void lookAfterWallets() {
        if (!telling.isLive()) {
            return;
        }
        tells = true;
        Instant time = horizon.at(now());
        List<String> due = agenda.due(time, WALLETS_PER_ROUND);
        if (!due.isEmpty()) {
            sheets.open(wallets);
        }
        due.forEach(key -> lookAfter(WalletSlot.wallet(key), time));
        if (due.size() < WALLETS_PER_ROUND && agenda.isEmpty() && round != null) {
            round.cancel();
            round = null;
        }
    }

    private void lookAfter(WalletId wallet, Instant time) {
        WalletState before = stateOf(wallet);
        Settling.Settled settled = Settling.settle(before, time);
        settled.settlements().forEach(settlement -> tell(wallet, settlement));
        Settling.Announced announced = Settling.announce(settled.next(), time, Agenda.NOTICE);
        announced.notices().forEach(notice -> tell(SettlementRecord.of(wallet, notice, time)));
        tellMilestones(wallet, before, settled.next());
        store(wallet, before, announced.next());
    }

    /** A punctuation makes its task commit, so there is none while no wallet has anything to come. */
    private void makeRounds() {
        round = context.schedule(ROUND, PunctuationType.WALL_CLOCK_TIME, _ -> lookAfterWallets());
    }

    private void refuseFork(WalletId wallet, ParkedCommand arrived, CommandId holder) {
        NumberedCommand command = arrived.command();
        LOG.error(
                "FORK: wallet {} has command {} at number {}, and now came {}: the database lost or split its history",
                wallet,
                holder,
                command.sequence(),
                command.id());
        var declined =
                new Declined(Refusal.FORKED, "number %d belongs to command %s".formatted(command.sequence(), holder));
        tell(OutcomeRecord.of(wallet, RecordedOutcome.of(command, declined), arrived.traceparent()));
    }

    private WalletState stateOf(WalletId wallet) {
        WalletState state = wallets.get(wallet.toString());
        return state == null ? WalletState.EMPTY : state;
    }

    private void watchGap(WalletId wallet, WalletState state) {
        if (state.hasGap()) {
            gaps.open(wallet, state.nextSequence(), now());
        } else {
            gaps.close(wallet);
        }
        watchGaps();
    }

    /** A punctuation makes its task commit, so there is none while there is nothing to watch. */
    private void watchGaps() {
        if (gaps.isEmpty() && gapCheck != null) {
            gapCheck.cancel();
            gapCheck = null;
        } else if (!gaps.isEmpty() && gapCheck == null) {
            gapCheck = context.schedule(
                    GAP_CHECK, PunctuationType.WALL_CLOCK_TIME, time -> gaps.raiseAlarms(Instant.ofEpochMilli(time)));
        }
    }

    private void tell(Record<String, ? extends SpecificRecord> record) {
        if (tells) {
            context.forward(record);
        }
    }

    private void count(Counter counter) {
        if (tells) {
            counter.increment();
        }
    }

    private Instant now() {
        return Instant.ofEpochMilli(context.currentSystemTimeMs());
    }

    private final class StoredMemory implements WalletMemory {
        private final WalletId wallet;

        StoredMemory(WalletId wallet) {
            this.wallet = wallet;
        }

        @Override
        public Optional<RecordedOutcome> outcome(long sequence) {
            return Optional.ofNullable(outcomes.get(new WalletSlot(wallet, sequence)));
        }

        @Override
        public Optional<NumberedCommand> parked(long sequence) {
            return Optional.ofNullable(parked.get(new WalletSlot(wallet, sequence)))
                    .map(ParkedCommand::command);
        }
    }
}
