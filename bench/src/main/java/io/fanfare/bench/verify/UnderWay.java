package io.fanfare.bench.verify;

import static java.util.stream.Collectors.toSet;

import io.fanfare.bench.verify.Snapshot.RedemptionRow;
import io.fanfare.bench.verify.Snapshot.TransferRow;
import java.util.HashSet;
import java.util.Set;

/**
 * What has begun and not ended.
 *
 * @param redemptions that are pending
 * @param commands whose outcome is waited for, by command id
 * @param transfers whose amount is in neither wallet for good
 */
record UnderWay(Set<Ref> redemptions, Set<Ref> commands, Set<Ref> transfers) {

    private static final Set<String> MOVING = Set.of("pending", "sent", "returning");

    UnderWay {
        redemptions = Set.copyOf(redemptions);
        commands = Set.copyOf(commands);
        transfers = Set.copyOf(transfers);
    }

    /** As a snapshot has it. */
    static UnderWay in(Snapshot snapshot) {
        return new UnderWay(
                snapshot.sagas().redemptions().stream()
                        .filter(RedemptionRow::isPending)
                        .map(RedemptionRow::id)
                        .collect(toSet()),
                snapshot.commands().stream()
                        .filter(command -> "awaited".equals(command.outcome()))
                        .map(Snapshot.CommandRow::id)
                        .collect(toSet()),
                snapshot.sagas().transfers().stream()
                        .filter(transfer -> MOVING.contains(transfer.status()))
                        .map(TransferRow::id)
                        .collect(toSet()));
    }

    /** What was under way here and is so there. */
    UnderWay and(UnderWay later) {
        return new UnderWay(
                both(redemptions, later.redemptions), both(commands, later.commands), both(transfers, later.transfers));
    }

    private static Set<Ref> both(Set<Ref> ones, Set<Ref> others) {
        Set<Ref> both = new HashSet<>(ones);
        both.retainAll(others);
        return both;
    }
}
