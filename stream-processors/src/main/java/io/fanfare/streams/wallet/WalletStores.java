package io.fanfare.streams.wallet;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** What the wallets app keeps. */
final class WalletStores {

    /** The state of each wallet, by {@code tenant/player/scope}. */
    static final String WALLETS = "wallets";

    /** Every outcome of each wallet, by number: they answer duplicates, show the ledger and can be reversed. */
    static final String OUTCOMES = "wallet-outcomes";

    /** Everything that time did to each wallet, by the settlement's number: for the ledger. */
    static final String SETTLEMENTS = "wallet-settlements";

    /** Commands that wait for their turn, by number. */
    static final String PARKED = "wallet-parked";

    /** Which wallets are to be looked at though no command comes, by when. */
    static final String AGENDA = "wallet-agenda";

    /** This task's slice of the balance sheets, by {@code tenant/currency}. */
    static final String SHEETS = "wallet-sheets";

    /** Which milestones of which wallet were noticed, by {@code tenant/player/scope/game/milestone}. */
    static final String MILESTONES = "wallet-milestones";

    private WalletStores() {}

    static Set<StoreBuilder<?>> all() {
        return new LinkedHashSet<>(List.of(
                persistent(WALLETS, Serdes.String(), StateForm.SERDE).withCachingDisabled(),
                persistent(OUTCOMES, WalletSlot.SERDE, OutcomeForm.OUTCOMES).withCachingDisabled(),
                persistent(SETTLEMENTS, WalletSlot.SERDE, OutcomeForm.SETTLEMENTS)
                        .withCachingDisabled(),
                persistent(PARKED, WalletSlot.SERDE, ParkedForm.SERDE).withCachingDisabled(),
                persistent(AGENDA, AgendaSlot.SERDE, Serdes.ByteArray()).withCachingDisabled(),
                persistent(MILESTONES, Serdes.String(), Serdes.Long()).withCachingDisabled(),
                // Every command changes the same few sheets: the cache writes each of them once per commit.
                persistent(SHEETS, Serdes.String(), SheetForm.SERDE).withCachingEnabled()));
    }

    private static <K, V> StoreBuilder<KeyValueStore<K, V>> persistent(String name, Serde<K> keys, Serde<V> values) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), keys, values)
                .withLoggingEnabled(Map.of());
    }
}
