package io.fanfare.worker.outcome;

import io.fanfare.edge.topic.DeadLetters.Poison;
import io.fanfare.edge.topic.Received;
import io.fanfare.edge.topic.RecordHandler;
import io.fanfare.store.wallet.OutcomeRecords;
import io.fanfare.store.wallet.WalletOutcome;
import io.fanfare.store.wallet.WalletOutcomes;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** Writes outcomes beside their commands, where requests look for them. */
final class OutcomeKeeping implements RecordHandler<SpecificRecord> {

    private final WalletOutcomes outcomes;

    OutcomeKeeping(WalletOutcomes outcomes) {
        this.outcomes = outcomes;
    }

    @Override
    public List<Poison> handle(List<Received<SpecificRecord>> records) {
        var poison = new ArrayList<Poison>();
        var read = new ArrayList<WalletOutcome>();
        for (Received<SpecificRecord> received : records) {
            try {
                OutcomeRecords.read(received.value()).ifPresent(read::add);
            } catch (IllegalArgumentException e) {
                poison.add(new Poison(received.source(), e));
            }
        }
        outcomes.keep(read);
        return poison;
    }
}
