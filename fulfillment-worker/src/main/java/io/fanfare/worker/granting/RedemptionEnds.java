package io.fanfare.worker.granting;

import io.fanfare.edge.topic.DeadLetters.Poison;
import io.fanfare.edge.topic.Received;
import io.fanfare.edge.topic.RecordHandler;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.milestone.RedemptionId;
import io.fanfare.events.WalletEntry;
import io.fanfare.events.WalletPosted;
import io.fanfare.events.WalletRefused;
import io.fanfare.store.redemption.Ending;
import io.fanfare.store.redemption.RedemptionKey;
import io.fanfare.store.redemption.RedemptionRecord;
import io.fanfare.store.redemption.Redemptions;
import io.fanfare.store.wallet.CommandsInSight;
import io.fanfare.store.wallet.WalletOutcomes.CommandKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Ends redemptions with the word of their wallets: accepted, the reward is minted from what was set aside; refused, that goes back.
 * Any number of instances may do it, each redemption ends once.
 */
final class RedemptionEnds implements RecordHandler<SpecificRecord> {

    private static final String AVAILABLE = "available";

    private final Redemptions redemptions;
    private final CommandsInSight commands;
    private final RedemptionMetrics metrics;

    /** A record is about a redemption that this is not so. */
    private static final class NoSuchRedemption extends RuntimeException {
        NoSuchRedemption(String why) {
            super(why);
        }
    }

    RedemptionEnds(Redemptions redemptions, CommandsInSight commands, RedemptionMetrics metrics) {
        this.redemptions = redemptions;
        this.commands = commands;
        this.metrics = metrics;
    }

    @Override
    public List<Poison> handle(List<Received<SpecificRecord>> records) {
        var poison = new ArrayList<Poison>();
        for (Received<SpecificRecord> record : records) {
            try {
                end(record.value()).ifPresent(this::check);
            } catch (IllegalArgumentException | NoSuchRedemption e) {
                poison.add(new Poison(record.source(), e));
            }
        }
        return poison;
    }

    /** Empty where it is about something else. */
    private Optional<Ending> end(SpecificRecord word) {
        return switch (word) {
            case WalletPosted posted
            when posted.getReason().equals(Redemptions.REASON) -> {
                awaitCommand(posted.getTenantId(), posted.getCommandId());
                yield Optional.of(redemptions.accept(
                        key(posted.getTenantId(), posted.getRefId()), posted.getSequence(), balanceAfter(posted)));
            }
            case WalletRefused refused
            when refused.getReason().equals(Redemptions.REASON) -> {
                awaitCommand(refused.getTenantId(), refused.getCommandId());
                yield Optional.of(redemptions.refuse(
                        key(refused.getTenantId(), refused.getRefId()),
                        refused.getSequence(),
                        refused.getRefusal(),
                        refused.getDetail()));
            }
            default -> Optional.empty();
        };
    }

    /** A redemption is written with its command. */
    private void awaitCommand(String tenant, String command) {
        commands.await(List.of(new CommandKey(new TenantId(tenant), UUID.fromString(command))));
    }

    private void check(Ending ending) {
        switch (ending) {
            case Ending.Ended(RedemptionRecord redemption) -> metrics.ended(redemption);
            case Ending.EndedBefore _ -> {
                // Told again.
            }
            case Ending.Unknown() -> throw new NoSuchRedemption("there is no such redemption");
            case Ending.OfAnotherCommand(RedemptionRecord redemption) ->
                throw new NoSuchRedemption("redemption %s waits for command %d"
                        .formatted(redemption.key().id(), redemption.walletNumber()));
        }
    }

    private static RedemptionKey key(String tenant, String redemption) {
        return new RedemptionKey(new TenantId(tenant), new RedemptionId(redemption));
    }

    /** What the payment has left; null where nothing was paid. */
    private static @Nullable Long balanceAfter(WalletPosted posted) {
        return posted.getEntries().stream()
                .filter(entry -> entry.getAccount().equals(AVAILABLE))
                .reduce((_, last) -> last)
                .map(WalletEntry::getBalanceAfter)
                .orElse(null);
    }
}
