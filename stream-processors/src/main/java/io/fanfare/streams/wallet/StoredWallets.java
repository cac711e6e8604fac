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
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/** The wallets of one partition, to be read; what is read may not be committed yet. */
record StoredWallets(LocalState state) {

    static final int MAX_WALLETS = 1_000;

    /** Of two commands that are this many numbers apart or more, the later one does not say an earlier time. */
    private static final int DISORDER = 64;

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
     * @param cut where reading ended because very many commands in a row were refused: not all that is behind is in it; null
     *     where it was not cut
     */
    record LedgerPart(List<LedgerLine> lines, @Nullable Place cut) {}

    /** @param after null: from the newest on; where the part is cut, it is cut behind this */
    LedgerPart ledger(WalletId wallet, @Nullable Place after, int lines) {
        LedgerPart commands = ofCommands(wallet, after, lines);
        List<LedgerLine> found = new ArrayList<>(commands.lines());
        found.addAll(ofSettlements(wallet, after, lines));
        found.sort(LedgerLine.NEWEST_FIRST);
        return new LedgerPart(found, commands.cut());
    }

    /** Where there are enough, a few more are read, for one that has a lower number may say a later time. */
    private LedgerPart ofCommands(WalletId wallet, @Nullable Place after, int lines) {
        String scope = wallet.scope().value();
        long start = after == null
                ? Long.MAX_VALUE
                : DISORDER + lastBehind(after, outcomes(), wallet, outcome -> Place.of(scope, outcome));
        List<LedgerLine> found = new ArrayList<>();
        try (KeyValueIterator<WalletSlot, RecordedOutcome> stored = downFrom(start, outcomes(), wallet)) {
            @Nullable Place reached = null;
            int read = 0;
            while (stored.hasNext() && found.size() < lines && read < MOST_READ) {
                RecordedOutcome outcome = stored.next().value;
                Place place = Place.of(scope, outcome);
                if (after == null || place.isBehind(after)) {
                    add(found, LedgerLine.of(scope, outcome), after);
                    reached = place;
                    read++;
                }
            }
            @Nullable Place cut = found.size() < lines ? reached : null;
            for (int more = 0; stored.hasNext() && more < DISORDER; more++) {
                add(found, LedgerLine.of(scope, stored.next().value), after);
            }
            return new LedgerPart(found, stored.hasNext() ? cut : null);
        }
    }

    /** Settlements are in order of time, for a wallet's time never runs back. */
    private List<LedgerLine> ofSettlements(WalletId wallet, @Nullable Place after, int lines) {
        String scope = wallet.scope().value();
        long start = after == null
                ? Long.MAX_VALUE
                : lastBehind(after, settlements(), wallet, settlement -> Place.of(scope, settlement));
        List<LedgerLine> found = new ArrayList<>();
        try (KeyValueIterator<WalletSlot, Settlement> stored = downFrom(start, settlements(), wallet)) {
            while (stored.hasNext() && found.size() < lines) {
                add(found, LedgerLine.of(scope, stored.next().value), after);
            }
        }
        return found;
    }

    private static void add(List<LedgerLine> found, List<LedgerLine> lines, @Nullable Place after) {
        for (LedgerLine line : lines) {
            if (after == null || line.place().isBehind(after)) {
                found.add(line);
            }
        }
    }

    /** The last number that is behind a place, found by bisection; where numbers are in disorder, one of the last. */
    private static <V> long lastBehind(
            Place place, ReadOnlyKeyValueStore<WalletSlot, V> store, WalletId wallet, Function<V, Place> placed) {
        long behind = 0;
        long inFront = lastUpTo(Long.MAX_VALUE, store, wallet)
                .map(last -> last.key.sequence() + 1)
                .orElse(0L);
        while (inFront - behind > 1) {
            long middle = behind + (inFront - behind) / 2;
            boolean isBehind = lastUpTo(middle, store, wallet)
                    .map(found -> placed.apply(found.value).isBehind(place))
                    .orElse(true);
            if (isBehind) {
                behind = middle;
            } else {
                inFront = middle;
            }
        }
        return behind;
    }

    /** What is kept of a number or, where nothing is, of the last one before it of which something is. */
    private static <V> Optional<KeyValue<WalletSlot, V>> lastUpTo(
            long number, ReadOnlyKeyValueStore<WalletSlot, V> store, WalletId wallet) {
        try (KeyValueIterator<WalletSlot, V> stored = downFrom(number, store, wallet)) {
            return stored.hasNext() ? Optional.of(stored.next()) : Optional.empty();
        }
    }

    private static <V> KeyValueIterator<WalletSlot, V> downFrom(
            long number, ReadOnlyKeyValueStore<WalletSlot, V> store, WalletId wallet) {
        return store.reverseRange(new WalletSlot(wallet, 0), new WalletSlot(wallet, number));
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
