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
     * A part of a wallet's ledger, newest first: at least so many lines, unless there are no more or very many commands in
     * between were refused.
     *
     * @param after null: from the newest on
     */
    List<LedgerLine> ledger(WalletId wallet, @Nullable Place after, int lines) {
        String scope = wallet.scope().value();
        List<LedgerLine> found = new ArrayList<>();
        long last = after != null && after.scope().equals(scope)
                ? Math.addExact(after.sequence(), DISORDER)
                : Long.MAX_VALUE;
        long reached = last;
        try (KeyValueIterator<WalletSlot, RecordedOutcome> stored =
                outcomes().reverseRange(new WalletSlot(wallet, 0), new WalletSlot(wallet, last))) {
            for (int read = 0; stored.hasNext() && (read < ENOUGH_READ || found.size() < lines); read++) {
                if (read == MOST_READ) {
                    break;
                }
                RecordedOutcome outcome = stored.next().value;
                reached = outcome.sequence();
                add(found, LedgerLine.of(scope, outcome), after);
            }
            reached = stored.hasNext() ? reached : 0;
        }
        try (KeyValueIterator<WalletSlot, Settlement> stored =
                settlements().reverseRange(new WalletSlot(wallet, 0), new WalletSlot(wallet, Long.MAX_VALUE))) {
            while (stored.hasNext()) {
                Settlement settlement = stored.next().value;
                if (settlement.afterSequence() >= reached) {
                    add(found, LedgerLine.of(scope, settlement), after);
                }
            }
        }
        found.sort(LedgerLine.NEWEST_FIRST);
        return found;
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
