package io.fanfare.worker.granting.transfer;

import io.fanfare.edge.topic.DeadLetters.Poison;
import io.fanfare.edge.topic.Received;
import io.fanfare.edge.topic.RecordHandler;
import io.fanfare.store.wallet.OutcomeRecords;
import io.fanfare.store.wallet.Transfers;
import io.fanfare.store.wallet.Transfers.Step;
import io.fanfare.store.wallet.WalletOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the credit of a transfer when its debit is accepted, and gives back what the receiver's wallet does not take. */
final class TransferLegs implements RecordHandler<SpecificRecord> {

    private static final Logger LOG = LoggerFactory.getLogger(TransferLegs.class);

    private final Transfers transfers;
    private final Map<Step, Counter> steps = new EnumMap<>(Step.class);

    /** A record is about a transfer, and this is not so. */
    private static final class NoSuchTransfer extends RuntimeException {
        NoSuchTransfer(String why) {
            super(why);
        }
    }

    TransferLegs(Transfers transfers, MeterRegistry meters) {
        this.transfers = transfers;
        for (Step step : Step.values()) {
            steps.put(
                    step,
                    Counter.builder("wallet.transfer.steps")
                            .description("What followed from the outcomes of wallet commands for transfers")
                            .tag("step", step.name().toLowerCase(Locale.ROOT))
                            .register(meters));
        }
    }

    @Override
    public List<Poison> handle(List<Received<SpecificRecord>> records) {
        var poison = new ArrayList<Poison>();
        for (Received<SpecificRecord> received : records) {
            try {
                OutcomeRecords.read(received.value()).ifPresent(outcome -> follow(outcome, received.traceparent()));
            } catch (IllegalArgumentException | NoSuchTransfer e) {
                poison.add(new Poison(received.source(), e));
            }
        }
        return poison;
    }

    private void follow(WalletOutcome outcome, String traceparent) {
        Step step = transfers.follow(outcome, traceparent);
        Counter counted = steps.get(step);
        if (counted != null) {
            counted.increment();
        }
        if (step == Step.UNKNOWN) {
            throw new NoSuchTransfer("there is no transfer %s of tenant %s"
                    .formatted(outcome.cause().refId(), outcome.wallet().tenant()));
        }
        if (step == Step.STRANDED) {
            LOG.error(
                    "transfer {} of tenant {} is stranded: neither wallet takes the amount",
                    outcome.cause().refId(),
                    outcome.wallet().tenant());
        }
    }
}
