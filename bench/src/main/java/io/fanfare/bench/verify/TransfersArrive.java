package io.fanfare.bench.verify;

import static java.util.stream.Collectors.toMap;

import io.fanfare.bench.verify.Snapshot.LastNumber;
import io.fanfare.bench.verify.Snapshot.TransferRow;
import io.fanfare.events.WalletPosted;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * What was taken from one wallet came into the other, or back, or is on its way: transfer by transfer, from the legs that were told. On
 * its way is what the tables have under way, or what was begun behind the snapshot; nothing else may be open. However often a transfer
 * was retried, it was taken from one wallet once and given to one wallet once, and to the one that the tables say. What takes a transfer
 * back is a transfer of its own: the other way round, of one that arrived, and one at most for each.
 */
final class TransfersArrive {

    private final Map<Ref, TransferRow> rows;
    private final Set<Ref> underWay;
    private final Map<String, Long> lastNumbers;
    private final Findings findings;

    private TransfersArrive(Snapshot snapshot, Findings findings) {
        this.rows = snapshot.sagas().transfers().stream()
                .collect(toMap(TransferRow::id, Function.identity(), (first, _) -> first));
        this.underWay = UnderWay.in(snapshot).transfers();
        this.lastNumbers = snapshot.lastNumbers().stream()
                .collect(toMap(last -> last.player() + " " + last.stream(), LastNumber::number, Math::max));
        this.findings = findings;
    }

    /** What one transfer moves of one currency. */
    private record Moved(Ref transfer, String currency) {}

    /** @param number of the command that moved it */
    private record Leg(Wallet wallet, long number, long amount) {}

    static void check(Snapshot snapshot, Map<Wallet, ToldOutcomes> told, Findings findings) {
        var arriving = new TransfersArrive(snapshot, findings);
        arriving.goBackOnce(snapshot.sagas().transfers());
        Map<Moved, List<Leg>> moved = arriving.legs(told);
        Map<String, BigInteger> onTheirWay = new HashMap<>();
        moved.forEach((what, legs) -> {
            if (arriving.isMovedTwice(what, legs) || arriving.isElsewhere(what, legs)) {
                return;
            }
            BigInteger open = legs.stream()
                    .map(leg -> BigInteger.valueOf(leg.amount()))
                    .reduce(BigInteger.ZERO, BigInteger::add)
                    .negate();
            if (open.signum() == 0) {
                return;
            }
            if (arriving.isOnItsWay(what, legs, open)) {
                onTheirWay.merge("%s %s".formatted(what.transfer().tenant(), what.currency()), open, BigInteger::add);
            } else {
                arriving.report(what, open);
            }
        });
        onTheirWay.forEach((name, amount) -> findings.note("%s: %s on their way".formatted(name, amount)));
    }

    private void goBackOnce(List<TransferRow> transfers) {
        Map<Ref, Ref> takenBackBy = new HashMap<>();
        for (TransferRow back : transfers) {
            if (back.reverses() == null) {
                continue;
            }
            var id = new Ref(back.id().tenant(), back.reverses());
            TransferRow original = rows.get(id);
            if (original == null || !original.status().equals("completed") || !back.isTheOtherWay(original)) {
                findings.violated("transfer %s takes back %s, which is %s".formatted(back, id, original));
            }
            Ref other = back.hasFailed() ? null : takenBackBy.put(id, back.id());
            if (other != null) {
                findings.violated("transfer %s is taken back by %s and by %s".formatted(id, other, back.id()));
            }
        }
    }

    private Map<Moved, List<Leg>> legs(Map<Wallet, ToldOutcomes> told) {
        Map<Moved, List<Leg>> moved = new HashMap<>();
        told.forEach((wallet, outcomes) -> outcomes.inOrder()
                .forEach(fact -> ToldOutcomes.postings(fact.value()).stream()
                        .filter(posting -> posting.counterAccount().equals("transfer"))
                        .forEach(posting -> {
                            WalletPosted leg = leg(fact);
                            if (leg == null) {
                                findings.violated(
                                        "%s: wallet %s moves %d %s between wallets, and belongs to no transfer"
                                                .formatted(fact.place(), wallet, posting.amount(), posting.currency()));
                                return;
                            }
                            var what = new Moved(new Ref(wallet.tenant(), leg.getRefId()), posting.currency());
                            moved.computeIfAbsent(what, _ -> new ArrayList<>())
                                    .add(new Leg(wallet, leg.getSequence(), posting.amount()));
                        })));
        return moved;
    }

    private static @Nullable WalletPosted leg(Fact<SpecificRecord> fact) {
        return fact.value() instanceof WalletPosted posted && posted.getReason().equals("transfer") ? posted : null;
    }

    /** Then what was taken and what was given may sum to nothing all the same. */
    private boolean isMovedTwice(Moved what, List<Leg> legs) {
        long taken = legs.stream().filter(leg -> leg.amount() < 0).count();
        long given = legs.size() - taken;
        if (taken <= 1 && given <= 1) {
            return false;
        }
        findings.violated("%s %s: transfer %s was taken %d times and given %d times: %s"
                .formatted(
                        what.transfer().tenant(),
                        what.currency(),
                        what.transfer().id(),
                        taken,
                        given,
                        legs));
        return true;
    }

    private boolean isElsewhere(Moved what, List<Leg> legs) {
        TransferRow row = rows.get(what.transfer());
        if (row == null || !(row.status().equals("completed") || row.status().equals("returned"))) {
            return false;
        }
        Ref owner = row.status().equals("completed") ? row.to() : row.from();
        List<Leg> elsewhere = legs.stream()
                .filter(leg -> !leg.wallet().owner().equals(leg.amount() < 0 ? row.from() : owner))
                .toList();
        elsewhere.forEach(leg -> findings.violated("%s %s: transfer %s from %s to %s is %s, and moved %d in wallet %s"
                .formatted(
                        what.transfer().tenant(),
                        what.currency(),
                        what.transfer().id(),
                        row.from(),
                        row.to(),
                        row.status(),
                        leg.amount(),
                        leg.wallet())));
        return !elsewhere.isEmpty();
    }

    /** The partitions of a topic are not read to the same moment, so a credit may have been read without its debit. */
    private boolean isOnItsWay(Moved what, List<Leg> legs, BigInteger open) {
        TransferRow row = rows.get(what.transfer());
        if (row == null ? !legs.stream().allMatch(this::isBeyond) : !underWay.contains(row.id())) {
            return false;
        }
        boolean isDebitTold = legs.stream().anyMatch(leg -> leg.amount() < 0);
        BigInteger amount = isDebitTold ? open : open.negate();
        return amount.signum() > 0
                && (row == null
                        || (row.currency().equals(what.currency())
                                && BigInteger.valueOf(row.amount()).equals(amount)));
    }

    /** Its command was committed behind the snapshot. */
    private boolean isBeyond(Leg leg) {
        String stream = leg.wallet().owner() + " wallet:" + leg.wallet().scope();
        return leg.number() > lastNumbers.getOrDefault(stream, 0L);
    }

    private void report(Moved what, BigInteger open) {
        TransferRow row = rows.get(what.transfer());
        findings.violated("%s %s: %s %s between two wallets: transfer %s is %s"
                .formatted(
                        what.transfer().tenant(),
                        what.currency(),
                        open.abs(),
                        open.signum() > 0 ? "got lost" : "came from nowhere",
                        what.transfer().id(),
                        row == null ? "not there" : row.status()));
    }
}
