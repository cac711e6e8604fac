package io.fanfare.store.wallet;

import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.wallet.Cause;
import io.fanfare.engine.wallet.CounterAccount;
import io.fanfare.engine.wallet.Currency;
import io.fanfare.engine.wallet.LedgerEntry;
import io.fanfare.engine.wallet.Lot;
import io.fanfare.engine.wallet.PlayerAccount;
import io.fanfare.engine.wallet.RecordedOutcome.Verdict.Accepted;
import io.fanfare.engine.wallet.RecordedOutcome.Verdict.Declined;
import io.fanfare.engine.wallet.Refusal;
import io.fanfare.engine.wallet.ScopeKey;
import io.fanfare.engine.wallet.WalletId;
import io.fanfare.events.WalletEntry;
import io.fanfare.events.WalletPosted;
import io.fanfare.events.WalletRefused;
import io.fanfare.store.AcrossTenants;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;

/** Outcomes as the topic of wallet entries carries them. */
@AcrossTenants("it only converts")
public final class OutcomeRecords {

    private OutcomeRecords() {}

    /**
     * The outcome of a command; empty for what time did to a wallet.
     *
     * @throws IllegalArgumentException where the record breaks a rule of the platform
     */
    public static Optional<WalletOutcome> read(SpecificRecord entry) {
        return switch (entry) {
            case WalletPosted posted -> Optional.of(posted(posted));
            case WalletRefused refused -> Optional.of(refused(refused));
            default -> Optional.empty();
        };
    }

    private static WalletOutcome posted(WalletPosted posted) {
        return new WalletOutcome(
                wallet(posted.getTenantId(), posted.getPlayerId(), posted.getScopeKey()),
                UUID.fromString(posted.getCommandId()),
                posted.getSequence(),
                new Cause(posted.getReason(), posted.getRefId()),
                new Accepted(
                        posted.getEntries().stream().map(OutcomeRecords::entry).toList()),
                posted.getOccurredAt());
    }

    private static WalletOutcome refused(WalletRefused refused) {
        return new WalletOutcome(
                wallet(refused.getTenantId(), refused.getPlayerId(), refused.getScopeKey()),
                UUID.fromString(refused.getCommandId()),
                refused.getSequence(),
                new Cause(refused.getReason(), refused.getRefId()),
                new Declined(Refusal.valueOf(refused.getRefusal()), refused.getDetail()),
                refused.getOccurredAt());
    }

    private static LedgerEntry entry(WalletEntry entry) {
        return new LedgerEntry(
                new Currency(entry.getCurrency()),
                entry.getAmount(),
                CounterAccount.valueOf(entry.getCounterAccount().toUpperCase(Locale.ROOT)),
                entry.getBalanceAfter(),
                PlayerAccount.valueOf(entry.getAccount().toUpperCase(Locale.ROOT)),
                entry.getLots().stream()
                        .map(lot -> new Lot(lot.getExpiresAt(), lot.getAmount()))
                        .toList());
    }

    private static WalletId wallet(String tenant, String player, String scope) {
        return new WalletId(new TenantId(tenant), new PlayerId(player), new ScopeKey(scope));
    }
}
