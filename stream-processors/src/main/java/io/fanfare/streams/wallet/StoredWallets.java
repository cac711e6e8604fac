package io.fanfare.streams.wallet;

import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.wallet.RecordedOutcome;
import io.fanfare.engine.wallet.ScopeKey;
import io.fanfare.engine.wallet.Settlement;
import io.fanfare.engine.wallet.WalletId;
import io.fanfare.engine.wallet.WalletState;
import io.fanfare.schemas.Topics;
import io.fanfare.streams.query.LocalState;
import io.fanfare.streams.wallet.LedgerLine.Place;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/** The wallets of one partition, to be read; what is read may not be committed yet. */
record StoredWallets(LocalState state) {

    static final int MAX_WALLETS = 1_000;

    /** By so many numbers the times of commands may be out of order. */
    private static final int DISORDER = 64;

    private static final int ENOUGH_READ = 256;
    private static final int MOST_READ = 10_000;

    record StoredWallet(WalletId id, WalletState state) {}

    WalletState wallet(WalletId wallet) {
        WalletState stored = wallets().get(wallet.toString());
        return stored == null ? WalletState.EMPTY : stored;
    }

    /** The wallets of a player by scope, at most {@value #MAX_WALLETS}. */
    List<StoredWallet> walletsOf(TenantId tenant, PlayerId player) {
        String prefix = Topics.playerKey(tenant.value(), player.value()) + "/";
        List<StoredWallet> found = new ArrayList<>();
        try (var serializer = new StringSerializer();
                KeyValueIterator<String, WalletState> stored = wallets().prefixScan(prefix, serializer)) {
            while (stored.hasNext() && found.size() < MAX_WALLETS) {
                var next = stored.next();
                var scope = new ScopeKey(next.key.substring(prefix.length()));
                found.add(new StoredWallet(new WalletId(tenant, player, scope), next.value));
            }
        }
        return found;
    }

    /**
     * A part of a wallet's ledger, newest first.
     *
     * @param lines at least as many as were asked for, unless there are no more or it was cut
     * @param cut where reading ended because very many commands in a row were refused: what is behind is not in it; null where it
     *     was not cut
     */
    record LedgerPart(List<LedgerLine> lines, @Nullable Place cut) {}

    /** @param after null: from the newest on */
    LedgerPart ledger(WalletId wallet, @Nullable Place after, int lines) {
        String scope = wallet.scope().value();
        List<LedgerLine> found = new ArrayList<>();
        long last = after != null && after.scope().equals(scope)
                ? Math.addExact(after.sequence(), DISORDER)
                : Long.MAX_VALUE;
        long reached = last;
        @Nullable Place cut = null;
        try (KeyValueIterator<WalletSlot, RecordedOutcome> stored =
                outcomes().reverseRange(new WalletSlot(wallet, 0), new WalletSlot(wallet, last))) {
            int read = 0;
            while (stored.hasNext() && cut == null && (read < ENOUGH_READ || found.size() < lines)) {
                RecordedOutcome outcome = stored.next().value;
                read++;
                reached = outcome.sequence();
                add(found, LedgerLine.of(scope, outcome), after);
                if (read == MOST_READ && found.size() < lines && stored.hasNext()) {
                    cut = new Place(outcome.occurredAt(), scope, outcome.sequence(), 0);
                }
            }
            reached = stored.hasNext() ? reached : 0;
        }
        addSettlements(found, wallet, after, reached);
        found.sort(LedgerLine.NEWEST_FIRST);
        return new LedgerPart(found, cut);
    }

    /** Those behind the command that was reached; the newest ones are passed over where the page begins further back. */
    private void addSettlements(List<LedgerLine> found, WalletId wallet, @Nullable Place after, long reached) {
        try (KeyValueIterator<WalletSlot, Settlement> stored =
                settlements().reverseRange(new WalletSlot(wallet, 0), new WalletSlot(wallet, Long.MAX_VALUE))) {
            while (stored.hasNext()) {
                Settlement settlement = stored.next().value;
                if (settlement.afterSequence() < reached) {
                    return;
                }
                add(found, LedgerLine.of(wallet.scope().value(), settlement), after);
            }
        }
    }

    private static void add(List<LedgerLine> found, List<LedgerLine> lines, @Nullable Place after) {
        for (LedgerLine line : lines) {
            if (after == null || line.place().isBehind(after)) {
                found.add(line);
            }
        }
    }

    private ReadOnlyKeyValueStore<String, WalletState> wallets() {
        return state.store(WalletStores.WALLETS, QueryableStoreTypes.keyValueStore());
    }

    private ReadOnlyKeyValueStore<WalletSlot, RecordedOutcome> outcomes() {
        return state.store(WalletStores.OUTCOMES, QueryableStoreTypes.keyValueStore());
    }

    private ReadOnlyKeyValueStore<WalletSlot, Settlement> settlements() {
        return state.store(WalletStores.SETTLEMENTS, QueryableStoreTypes.keyValueStore());
    }
}
