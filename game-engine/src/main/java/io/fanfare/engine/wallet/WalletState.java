package io.fanfare.engine.wallet;

import static java.util.Collections.unmodifiableSortedMap;
import static java.util.Collections.unmodifiableSortedSet;
import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A wallet between two commands. Everything in it has a bound.
 *
 * @param appliedSequence the number of the last command applied; every lower one is applied too
 * @param parked how many later commands wait for the next number
 * @param clock the wallet's time, which never runs back: a command that says an earlier one happens now
 * @param settlements how many there were
 * @param holdings by currency, only those that ever moved
 * @param holds by their ids
 * @param pending in the order of their credits
 * @param grants what was granted once
 */
public record WalletState(
        long appliedSequence,
        int parked,
        Instant clock,
        long settlements,
        SortedMap<Currency, Holding> holdings,
        List<Hold> holds,
        List<Pending> pending,
        SortedSet<String> grants) {

    public static final int MAX_HOLDS = 256;
    public static final int MAX_PENDING = 4_096;
    public static final int MAX_GRANTS = 1_000;

    private static final SortedSet<String> NO_GRANTS = unmodifiableSortedSet(new TreeSet<>());

    public static final WalletState EMPTY =
            new WalletState(0, 0, Instant.EPOCH, 0, new TreeMap<>(), List.of(), List.of(), NO_GRANTS);

    public WalletState {
        requireNonNull(clock, "clock");
        holdings = unmodifiableSortedMap(holdings);
        holds = List.copyOf(holds);
        pending = List.copyOf(pending);
        grants = unmodifiableSortedSet(grants);
        if (appliedSequence < 0) {
            throw new IllegalArgumentException("applied sequence is %d, expected 0 or more".formatted(appliedSequence));
        }
        if (parked < 0) {
            throw new IllegalArgumentException("parked is %d, expected 0 or more".formatted(parked));
        }
    }

    /** A wallet of which nothing expires, waits or is held. */
    public static WalletState of(long appliedSequence, int parked, SortedMap<Currency, Balance> balances) {
        var holdings = new TreeMap<Currency, Holding>();
        balances.forEach((currency, balance) -> holdings.put(currency, Holding.of(balance)));
        return new WalletState(appliedSequence, parked, Instant.EPOCH, 0, holdings, List.of(), List.of(), NO_GRANTS);
    }

    public Holding holding(Currency currency) {
        return holdings.getOrDefault(currency, Holding.EMPTY);
    }

    public Balance balance(Currency currency) {
        return holding(currency).balance();
    }

    public long nextSequence() {
        return Math.addExact(appliedSequence, 1);
    }

    /** Whether a command is missing while later ones are there. */
    public boolean hasGap() {
        return parked > 0;
    }

    /** When time next changes the wallet by itself: an expiry, a timeout, an activation; empty where it never does. */
    public Optional<Instant> nextDue() {
        return Settling.next(this).map(Settling.Due::at);
    }

    /** Whether anything in it will change by time alone. */
    public boolean hasDates() {
        return nextDue().isPresent();
    }

    /** One command that waited is about to be applied. */
    public WalletState unparkingOne() {
        return withParked(parked - 1);
    }

    WalletState parkingOne() {
        return withParked(parked + 1);
    }

    /** The next number is used. */
    WalletState numbered() {
        return new WalletState(nextSequence(), parked, clock, settlements, holdings, holds, pending, grants);
    }

    WalletState at(Instant time) {
        return time.isAfter(clock)
                ? new WalletState(appliedSequence, parked, time, settlements, holdings, holds, pending, grants)
                : this;
    }

    private WalletState withParked(int count) {
        return new WalletState(appliedSequence, count, clock, settlements, holdings, holds, pending, grants);
    }
}
