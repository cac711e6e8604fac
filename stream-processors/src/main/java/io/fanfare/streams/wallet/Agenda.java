package io.fanfare.streams.wallet;

import io.fanfare.engine.wallet.Settling;
import io.fanfare.engine.wallet.WalletState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Which wallets of one task are to be looked at though no command comes: each once, at the first time that matters. */
final class Agenda {

    /** How long before an expiry players are told. */
    static final Duration NOTICE = Duration.ofDays(7);

    private static final byte[] NOTHING = {};

    private final KeyValueStore<AgendaSlot, byte[]> slots;

    Agenda(KeyValueStore<AgendaSlot, byte[]> slots) {
        this.slots = slots;
    }

    /** Moves a wallet to where it belongs after a change; most wallets belong nowhere. */
    void reschedule(String wallet, WalletState before, WalletState after) {
        Instant was = due(before);
        Instant is = due(after);
        if (was != null && !was.equals(is)) {
            slots.delete(new AgendaSlot(was, wallet));
        }
        if (is != null && !is.equals(was)) {
            slots.put(new AgendaSlot(is, wallet), NOTHING);
        }
    }

    /** The wallets that are due by a time, the most urgent first, at most so many. */
    List<String> due(Instant by, int limit) {
        List<String> wallets = new ArrayList<>();
        try (KeyValueIterator<AgendaSlot, byte[]> due = slots.range(AgendaSlot.FIRST, AgendaSlot.behind(by))) {
            while (due.hasNext() && wallets.size() < limit) {
                wallets.add(due.next().key.wallet());
            }
        }
        return wallets;
    }

    boolean isEmpty() {
        try (KeyValueIterator<AgendaSlot, byte[]> all = slots.all()) {
            return !all.hasNext();
        }
    }

    /** What misses a command waits for it: what was committed before must not find that time has passed. */
    private static @Nullable Instant due(WalletState wallet) {
        if (wallet.hasGap()) {
            return null;
        }
        Instant settlement = wallet.nextDue().orElse(null);
        Instant notice = Settling.nextNotice(wallet, NOTICE).orElse(null);
        if (settlement == null || notice == null) {
            return settlement == null ? notice : settlement;
        }
        return notice.isBefore(settlement) ? notice : settlement;
    }
}
