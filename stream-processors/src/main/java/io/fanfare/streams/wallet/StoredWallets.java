package io.fanfare.streams.wallet;

import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.wallet.RecordedOutcome;
import io.fanfare.engine.wallet.ScopeKey;
import io.fanfare.engine.wallet.WalletId;
import io.fanfare.engine.wallet.WalletState;
import io.fanfare.schemas.Topics;
import io.fanfare.streams.query.LocalState;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** The wallets of one partition, to be read; what is read may not be committed yet. */
record StoredWallets(LocalState state) {

    static final int MAX_WALLETS = 1_000;

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

    /** The outcomes of a wallet that are kept, newest first. */
    List<RecordedOutcome> outcomes(WalletId wallet) {
        List<RecordedOutcome> found = new ArrayList<>();
        try (KeyValueIterator<WalletSlot, RecordedOutcome> stored =
                outcomes().reverseRange(new WalletSlot(wallet, 0), new WalletSlot(wallet, Long.MAX_VALUE))) {
            stored.forEachRemaining(next -> found.add(next.value));
        }
        return found;
    }

    private ReadOnlyKeyValueStore<String, WalletState> wallets() {
        return state.store(WalletStores.WALLETS, QueryableStoreTypes.keyValueStore());
    }

    private ReadOnlyKeyValueStore<WalletSlot, RecordedOutcome> outcomes() {
        return state.store(WalletStores.OUTCOMES, QueryableStoreTypes.keyValueStore());
    }
}
