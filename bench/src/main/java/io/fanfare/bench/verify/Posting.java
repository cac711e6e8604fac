package io.fanfare.bench.verify;

import io.fanfare.events.SettledEntry;
import io.fanfare.events.WalletEntry;
import java.util.List;

/** One ledger entry, as it is told or as it must be. */
record Posting(
        String currency, String account, String counterAccount, long amount, long balanceAfter, List<LotPart> lots) {

    Posting {
        lots = List.copyOf(lots);
    }

    static Posting of(WalletEntry entry) {
        return new Posting(
                entry.getCurrency(),
                entry.getAccount(),
                entry.getCounterAccount(),
                entry.getAmount(),
                entry.getBalanceAfter(),
                entry.getLots().stream()
                        .map(lot -> new LotPart(lot.getExpiresAt(), lot.getAmount()))
                        .toList());
    }

    static Posting of(SettledEntry entry) {
        return new Posting(
                entry.getCurrency(),
                entry.getAccount(),
                entry.getCounterAccount(),
                entry.getAmount(),
                entry.getBalanceAfter(),
                entry.getLots().stream()
                        .map(lot -> new LotPart(lot.getExpiresAt(), lot.getAmount()))
                        .toList());
    }
}
