package io.fanfare.bench.verify;

import static java.util.stream.Collectors.toMap;

import io.fanfare.bench.verify.AcknowledgedOfWallet.OfCommand;
import io.fanfare.bench.verify.AcknowledgedOfWallet.OfRedemption;
import io.fanfare.bench.verify.AcknowledgedOfWallet.OfTransfer;
import io.fanfare.bench.verify.Snapshot.CommandRow;
import io.fanfare.bench.verify.Snapshot.Outcome;
import io.fanfare.bench.verify.Snapshot.RedemptionRow;
import io.fanfare.bench.verify.Snapshot.RewardRow;
import io.fanfare.bench.verify.Snapshot.TransferRow;
import io.fanfare.events.WalletPosted;
import io.fanfare.events.WalletRefused;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * What was told of wallets is what is: a redemption that was granted is, with that reward; a command that was accepted is on the topic
 * of entries with those entries; what was refused was refused; a transfer that has left the sender's wallet is on its way or there.
 */
final class WalletAnswersStand {

    private static final Set<String> ON_ITS_WAY = Set.of("sent", "completed", "returning", "returned");

    private final Findings findings = new Findings(1, "wallet answers stand");
    private final Map<Ref, RedemptionRow> redemptions;
    private final Map<Request, RedemptionRow> redemptionsByKey = new HashMap<>();
    private final Map<Ref, RewardRow> rewards;
    private final Map<Ref, CommandRow> commands;
    private final Map<Ref, TransferRow> transfers;
    private final Map<Wallet, ToldOutcomes> told;

    private record Request(Ref player, String key) {}

    private WalletAnswersStand(Snapshot snapshot, Published published) {
        this.redemptions = byId(snapshot.sagas().redemptions(), RedemptionRow::id);
        this.rewards = byId(snapshot.rewards(), RewardRow::id);
        this.commands = byId(snapshot.commands(), CommandRow::id);
        this.transfers = byId(snapshot.sagas().transfers(), TransferRow::id);
        this.told = ToldOutcomes.of(published, _ -> {});
        for (RedemptionRow redemption : redemptions.values()) {
            if (redemption.key() != null) {
                redemptionsByKey.put(new Request(redemption.unit().player(), redemption.key()), redemption);
            }
        }
    }

    static Check check(AckFile acknowledged, Snapshot snapshot, Published published) {
        var check = new WalletAnswersStand(snapshot, published);
        acknowledged.wallets().forEach(check::compare);
        check.requests(acknowledged.wallets());
        check.findings.saw(acknowledged.wallets().size());
        return check.findings.result();
    }

    private static <T> Map<Ref, T> byId(List<T> rows, Function<T, Ref> id) {
        return rows.stream().collect(toMap(id, Function.identity(), (first, _) -> first));
    }

    private void compare(AcknowledgedOfWallet one) {
        switch (one) {
            case OfRedemption redemption -> compare(redemption);
            case OfCommand command -> compare(command);
            case OfTransfer transfer -> compare(transfer);
        }
    }

    private void compare(OfRedemption one) {
        RedemptionRow underKey = one.key() == null ? null : redemptionsByKey.get(new Request(one.player(), one.key()));
        if (!one.isGranted() && underKey != null && underKey.isGranted()) {
            findings.violated("key '%s' of %s was refused, and redemption %s is granted for it"
                    .formatted(one.key(), one.player(), underKey.id()));
        }
        Ref id = one.id();
        if (id == null) {
            return;
        }
        RedemptionRow redemption = redemptions.get(id);
        if (redemption == null) {
            findings.violated("redemption %s of %s was acknowledged and does not exist".formatted(id, one.player()));
            return;
        }
        if (!redemption.unit().player().equals(one.player())) {
            findings.violated("redemption %s was acknowledged to %s and is of %s"
                    .formatted(id, one.player(), redemption.unit().player()));
        }
        if (!redemption.status().equals(one.status())
                || (one.refusal() != null && !one.refusal().equals(redemption.refusal()))) {
            findings.violated("redemption %s was acknowledged as %s %s and is %s %s"
                    .formatted(id, one.status(), one.refusal(), redemption.status(), redemption.refusal()));
        }
        RewardRow reward = rewards.get(redemption.unit().reward());
        Outcome is = reward == null ? null : Outcome.of(reward);
        if (one.reward() != null && !one.reward().equals(is)) {
            findings.violated("redemption %s was acknowledged with %s and has %s".formatted(id, one.reward(), is));
        }
        if (one.consistency() != null && !one.consistency().equals(consistency(redemption))) {
            findings.violated("redemption %s was acknowledged at %s and is at %s"
                    .formatted(id, one.consistency(), consistency(redemption)));
        }
    }

    private static String consistency(RedemptionRow redemption) {
        Long credit = redemption.credit();
        return redemption.wallet().scope() + ":" + (credit == null ? redemption.number() : credit);
    }

    private void compare(OfCommand one) {
        Ref id = one.id();
        if (id == null) {
            return;
        }
        CommandRow command = commands.get(id);
        if (command == null) {
            findings.violated("command %s of %s was acknowledged and does not exist".formatted(id, one.player()));
            return;
        }
        if (!command.wallet().owner().equals(one.player())) {
            findings.violated("command %s was acknowledged for %s and is of %s"
                    .formatted(id, one.player(), command.wallet().owner()));
        }
        Fact<SpecificRecord> fact = told.getOrDefault(command.wallet(), ToldOutcomes.NONE)
                .outcomes()
                .get(command.number());
        SpecificRecord outcome = fact == null ? null : fact.value();
        if (!isTold(one, outcome)) {
            findings.violated("command %s was acknowledged as %s %s %s, and the topic says %s"
                    .formatted(
                            id,
                            one.status(),
                            one.refusal() == null ? "" : one.refusal(),
                            one.entries() == null ? "" : one.entries(),
                            outcome));
        }
        String consistency = command.wallet().scope() + ":" + command.number();
        if (one.consistency() != null && !one.consistency().equals(consistency)) {
            findings.violated(
                    "command %s was acknowledged at %s and is at %s".formatted(id, one.consistency(), consistency));
        }
    }

    private static boolean isTold(OfCommand one, @Nullable SpecificRecord outcome) {
        return switch (outcome) {
            case WalletPosted posted ->
                one.isPosted()
                        && posted.getCommandId().equals(one.command())
                        && (one.entries() == null || one.entries().equals(withoutLots(posted)));
            case WalletRefused refused ->
                !one.isPosted()
                        && refused.getCommandId().equals(one.command())
                        && (one.refusal() == null || one.refusal().equals(refused.getRefusal()));
            case null, default -> false;
        };
    }

    private static List<Posting> withoutLots(WalletPosted posted) {
        return ToldOutcomes.postings(posted).stream()
                .map(posting -> new Posting(
                        posting.currency(),
                        posting.account(),
                        posting.counterAccount(),
                        posting.amount(),
                        posting.balanceAfter(),
                        List.of()))
                .toList();
    }

    private void compare(OfTransfer one) {
        TransferRow transfer = transfers.get(one.id());
        if (transfer == null) {
            findings.violated(
                    "transfer %s of %s was acknowledged and does not exist".formatted(one.id(), one.player()));
            return;
        }
        boolean isSame = transfer.from().equals(one.player())
                && (one.to() == null || transfer.to().id().equals(one.to()))
                && transfer.currency().equals(one.currency())
                && transfer.amount() == one.amount();
        if (!isSame) {
            findings.violated("transfer %s was acknowledged as %s, and is %s".formatted(one.id(), one, transfer));
        }
        boolean isOver = one.status().equals("completed") || one.status().equals("returned");
        if (!ON_ITS_WAY.contains(transfer.status()) || (isOver && !one.status().equals(transfer.status()))) {
            findings.violated("transfer %s was acknowledged as %s, and is %s"
                    .formatted(one.id(), one.status(), transfer.status()));
        }
    }

    /** A key that was used again got the same answer; two requests never got the same thing. */
    private void requests(List<AcknowledgedOfWallet> acknowledged) {
        Map<Request, AcknowledgedOfWallet> byKey = new HashMap<>();
        Map<Ref, AcknowledgedOfWallet> byId = new HashMap<>();
        for (AcknowledgedOfWallet one : acknowledged) {
            if (one.key() == null) {
                continue;
            }
            AcknowledgedOfWallet before = byKey.putIfAbsent(new Request(one.player(), one.key()), one);
            if (before != null && !isSameAnswer(before, one)) {
                findings.violated("key '%s' of %s was answered with %s and then with %s"
                        .formatted(one.key(), one.player(), before.told(), one.told()));
            }
            Ref id = one.id();
            AcknowledgedOfWallet other = id == null ? null : byId.putIfAbsent(id, one);
            if (other != null && !one.key().equals(other.key())) {
                findings.violated("%s was acknowledged to two requests: '%s' and '%s'"
                        .formatted(one.told(), other.key(), one.key()));
            }
        }
    }

    /** A transfer goes on; everything else is told once and for all, if not always with everything. */
    private static boolean isSameAnswer(AcknowledgedOfWallet one, AcknowledgedOfWallet other) {
        return switch (one) {
            case OfRedemption before ->
                other instanceof OfRedemption after
                        && before.status().equals(after.status())
                        && agree(before.id(), after.id())
                        && agree(before.refusal(), after.refusal())
                        && agree(before.reward(), after.reward());
            case OfCommand before ->
                other instanceof OfCommand after
                        && before.status().equals(after.status())
                        && agree(before.id(), after.id())
                        && agree(before.refusal(), after.refusal())
                        && agree(before.entries(), after.entries());
            case OfTransfer before ->
                other instanceof OfTransfer after && before.id().equals(after.id());
        };
    }

    private static boolean agree(@Nullable Object one, @Nullable Object other) {
        return one == null || other == null || one.equals(other);
    }
}
