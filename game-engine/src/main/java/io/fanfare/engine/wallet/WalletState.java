package io.fanfare.engine.wallet;

import static java.util.Collections.unmodifiableSortedMap;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A wallet between two commands.
 *
 * @param appliedSequence the number of the last command applied; every lower one is applied too
 * @param parked how many later commands wait for the next number
 * @param balances by currency, only those that ever moved
 */
public record WalletState(long appliedSequence, int parked, SortedMap<Currency, Balance> balances) {

    public static final WalletState EMPTY = new WalletState(0, 0, new TreeMap<>());

    public WalletState {
        balances = unmodifiableSortedMap(new TreeMap<>(balances));
        if (appliedSequence < 0) {
            throw new IllegalArgumentException("applied sequence is %d, expected 0 or more".formatted(appliedSequence));
        }
        if (parked < 0) {
            throw new IllegalArgumentException("parked is %d, expected 0 or more".formatted(parked));
        }
    }

    public Balance balance(Currency currency) {
        return balances.getOrDefault(currency, Balance.ZERO);
    }

    public long nextSequence() {
        return Math.addExact(appliedSequence, 1);
    }

    /** Whether a command is missing while later ones are there. */
    public boolean hasGap() {
        return parked > 0;
    }

    /** One command that waited is about to be applied. */
    public WalletState unparkingOne() {
        return new WalletState(appliedSequence, parked - 1, balances);
    }

    WalletState parkingOne() {
        return new WalletState(appliedSequence, parked + 1, balances);
    }

    WalletState applied(Map<Currency, Balance> changed) {
        var next = new TreeMap<>(balances);
        next.putAll(changed);
        return new WalletState(nextSequence(), parked, next);
    }
}
