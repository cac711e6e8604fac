package io.fanfare.play.wallet;

import io.fanfare.engine.wallet.LedgerEntry;
import io.fanfare.engine.wallet.Lot;
import io.fanfare.engine.wallet.PlayerAccount;
import io.fanfare.engine.wallet.RecordedOutcome.Verdict;
import io.fanfare.engine.wallet.RecordedOutcome.Verdict.Accepted;
import io.fanfare.engine.wallet.RecordedOutcome.Verdict.Declined;
import io.fanfare.store.wallet.CommandStatus;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A command to a wallet and what became of it.
 *
 * @param status pending, posted or refused
 * @param refusal null where it was not refused
 * @param detail for people; null where it was not refused
 * @param entries what moved, once it is posted
 * @param balances what is available of each currency that moved, once it is posted
 * @param consistency wallet and number to which it brings the wallet, as {@code scope_key:number}
 */
record CommandView(
        UUID commandId,
        String playerId,
        String scopeKey,
        long sequence,
        String status,
        @Nullable String refusal,
        @Nullable String detail,
        List<EntryView> entries,
        SortedMap<String, Long> balances,
        String consistency,
        long createdAt) {

    /**
     * @param amount below zero for what went out
     * @param account of the player: available, held or pending
     * @param lots what of it expires when; empty where nothing does
     */
    record EntryView(
            String currency,
            long amount,
            String account,
            String counterAccount,
            long balanceAfter,
            List<LotView> lots) {

        static EntryView of(LedgerEntry entry) {
            return new EntryView(
                    entry.currency().code(),
                    entry.amount(),
                    entry.account().account(),
                    entry.counterAccount().account(),
                    entry.balanceAfter(),
                    entry.lots().stream().map(LotView::of).toList());
        }
    }

    /** @param expiresAt 0: never */
    record LotView(long amount, long expiresAt) {

        static LotView of(Lot lot) {
            var expiresAt = lot.expiresAt();
            return new LotView(lot.amount(), expiresAt == null ? 0 : expiresAt.getEpochSecond());
        }
    }

    static CommandView of(CommandStatus command) {
        var written = command.command();
        String scope = written.wallet().scope().value();
        return new CommandView(
                written.id(),
                written.wallet().player().value(),
                scope,
                written.number(),
                status(command.verdict()),
                command.verdict() instanceof Declined declined
                        ? declined.refusal().name()
                        : null,
                command.verdict() instanceof Declined declined ? declined.detail() : null,
                entries(command.verdict()).stream().map(EntryView::of).toList(),
                balances(entries(command.verdict())),
                scope + ":" + written.number(),
                command.occurredAt().getEpochSecond());
    }

    private static String status(@Nullable Verdict verdict) {
        return switch (verdict) {
            case null -> "pending";
            case Accepted _ -> "posted";
            case Declined _ -> "refused";
        };
    }

    private static List<LedgerEntry> entries(@Nullable Verdict verdict) {
        return verdict instanceof Accepted(List<LedgerEntry> entries) ? entries : List.of();
    }

    private static SortedMap<String, Long> balances(List<LedgerEntry> entries) {
        var balances = new TreeMap<String, Long>();
        entries.stream()
                .filter(entry -> entry.account() == PlayerAccount.AVAILABLE)
                .forEach(entry -> balances.put(entry.currency().code(), entry.balanceAfter()));
        return balances;
    }
}
