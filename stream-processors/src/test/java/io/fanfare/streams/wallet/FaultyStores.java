package io.fanfare.streams.wallet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fanfare.engine.wallet.Holding;
import io.fanfare.engine.wallet.ScopeKey;
import io.fanfare.engine.wallet.WalletId;
import io.fanfare.engine.wallet.WalletState;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Stores of the wallets app with a fault in how they keep what they are given. */
final class FaultyStores {

    private FaultyStores() {}

    static StoreBuilder<?> walletsWithoutTenant() {
        Serde<String> keys = Serdes.serdeFrom(
                (_, key) -> key.substring(key.indexOf('/') + 1).getBytes(UTF_8),
                (_, bytes) -> "acme/" + new String(bytes, UTF_8));
        return persistent(WalletStores.WALLETS, keys, StateForm.SERDE);
    }

    static StoreBuilder<?> walletsWithTheLatestExpiryFirst() {
        Serde<WalletState> values =
                altered(StateForm.SERDE, UnaryOperator.identity(), FaultyStores::withTheLatestExpiryFirst);
        return persistent(WalletStores.WALLETS, Serdes.String(), values);
    }

    static StoreBuilder<?> outcomesWithoutScope() {
        Serde<WalletSlot> keys = altered(WalletSlot.SERDE, FaultyStores::withoutScope, UnaryOperator.identity());
        return persistent(WalletStores.OUTCOMES, keys, OutcomeForm.OUTCOMES);
    }

    private static WalletSlot withoutScope(WalletSlot slot) {
        WalletId wallet = slot.wallet();
        return new WalletSlot(new WalletId(wallet.tenant(), wallet.player(), new ScopeKey("any")), slot.sequence());
    }

    private static WalletState withTheLatestExpiryFirst(WalletState wallet) {
        var holdings = new TreeMap<>(wallet.holdings());
        holdings.replaceAll((_, holding) -> new Holding(
                holding.balance(),
                holding.flows(),
                holding.pending(),
                holding.lots().reversed()));
        return new WalletState(
                wallet.appliedSequence(),
                wallet.parked(),
                wallet.clock(),
                wallet.settlements(),
                holdings,
                wallet.holds(),
                wallet.pending(),
                wallet.grants());
    }

    private static <T> Serde<T> altered(Serde<T> right, UnaryOperator<T> written, UnaryOperator<T> read) {
        return Serdes.serdeFrom(
                (topic, value) -> value == null ? null : right.serializer().serialize(topic, written.apply(value)),
                (topic, bytes) ->
                        bytes == null ? null : read.apply(right.deserializer().deserialize(topic, bytes)));
    }

    private static <K, V> StoreBuilder<?> persistent(String store, Serde<K> keys, Serde<V> values) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(store), keys, values)
                .withCachingDisabled()
                .withLoggingEnabled(Map.of());
    }
}
