package io.fanfare.engine.wallet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A holding while a command is posted to it. All arithmetic is exact.
 *
 * <p>What becomes available without being asked, pending and held amounts, must always find room. So available, held, pending
 * and lapsed amounts together stay within 64 bits, and so do earned and pending ones; {@link #close} sees to it.
 */
final class OpenHolding {

    private static final Comparator<Lot> EARLIEST_FIRST =
            Comparator.comparing(Lot::expiresAt, Comparator.nullsLast(Comparator.naturalOrder()));

    private long available;
    private long held;
    private long pending;
    private long earned;
    private long spent;
    private long lapsed;
    private long converted;
    private long transferred;
    private List<DatedLot> lots;

    OpenHolding(Holding before) {
        available = before.balance().available();
        held = before.balance().held();
        pending = before.pending();
        earned = before.balance().lifetimeEarned();
        spent = before.balance().lifetimeSpent();
        lapsed = before.flows().lapsed();
        converted = before.flows().converted();
        transferred = before.flows().transferred();
        lots = before.lots();
    }

    long available() {
        return available;
    }

    /**
     * The holding as it is now.
     *
     * @throws ArithmeticException where what may become available would find no room
     */
    Holding close() {
        Math.addExact(Math.addExact(Math.addExact(available, held), pending), lapsed);
        Math.addExact(earned, pending);
        return new Holding(
                new Balance(available, held, earned, spent), new Flows(lapsed, converted, transferred), pending, lots);
    }

    /**
     * Moves an amount between an account of the player and a counter-account; lots are the caller's affair.
     *
     * @return what the player's account comes to
     * @throws ArithmeticException where a total leaves the range of 64 bits
     */
    long move(PlayerAccount account, long amount, CounterAccount counterAccount) {
        switch (counterAccount) {
            case ISSUANCE -> earned = Math.addExact(earned, amount);
            case REDEMPTION -> spent = Math.subtractExact(spent, amount);
            case BREAKAGE -> lapsed = Math.subtractExact(lapsed, amount);
            case CONVERSION -> converted = Math.addExact(converted, amount);
            case TRANSFER -> transferred = Math.addExact(transferred, amount);
            case HOLD, PROMISE -> {}
        }
        return switch (account) {
            case AVAILABLE -> {
                available = Math.addExact(available, amount);
                yield available;
            }
            case HELD -> {
                held = Math.addExact(held, amount);
                yield held;
            }
            case PENDING -> {
                pending = Math.addExact(pending, amount);
                yield pending;
            }
        };
    }

    /** Takes an amount out of the lots, what expires first first; to be called before the amount is moved. */
    List<Lot> draw(long amount) {
        return drawRest(new ArrayList<>(), amount);
    }

    /** Takes an amount out of the lots, from those named as far as they are still there. */
    List<Lot> drawPreferring(List<Lot> preferred, long amount) {
        var drawn = new ArrayList<Lot>();
        long left = amount;
        for (Lot lot : preferred.isEmpty() ? List.of(new Lot(null, amount)) : preferred) {
            long taken = Math.min(Math.min(lot.amount(), left), in(lot.expiresAt()) - alreadyUndated(drawn, lot));
            if (taken > 0) {
                take(drawn, lot.expiresAt(), taken);
                left -= taken;
            }
        }
        return drawRest(drawn, left);
    }

    /** Takes one lot out whole. */
    void dissolve(Instant expiresAt) {
        var remaining = new ArrayList<>(lots);
        remaining.removeIf(lot -> lot.expiresAt().equals(expiresAt));
        lots = remaining;
    }

    /** Puts amounts back into their lots, or into new ones. */
    void fill(List<Lot> filled) {
        for (Lot lot : filled) {
            if (lot.expiresAt() != null) {
                fill(lot.expiresAt(), lot.amount());
            }
        }
    }

    private void fill(Instant expiresAt, long amount) {
        var changed = new ArrayList<>(lots);
        int place = 0;
        while (place < changed.size() && changed.get(place).expiresAt().isBefore(expiresAt)) {
            place++;
        }
        if (place < changed.size() && changed.get(place).expiresAt().equals(expiresAt)) {
            DatedLot there = changed.get(place);
            changed.set(place, there.of(Math.addExact(there.amount(), amount)));
        } else {
            changed.add(place, new DatedLot(expiresAt, amount, false));
        }
        if (changed.size() > Holding.MAX_LOTS) {
            DatedLot last = changed.removeLast();
            DatedLot lastButOne = changed.removeLast();
            changed.add(last.of(Math.addExact(last.amount(), lastButOne.amount())));
        }
        lots = changed;
    }

    private List<Lot> drawRest(List<Lot> drawn, long amount) {
        long left = amount;
        while (left > 0 && !lots.isEmpty()) {
            DatedLot first = lots.getFirst();
            long taken = Math.min(first.amount(), left);
            take(drawn, first.expiresAt(), taken);
            left -= taken;
        }
        if (left > 0 && !drawn.isEmpty()) {
            take(drawn, null, left);
        }
        if (drawn.stream().allMatch(lot -> lot.expiresAt() == null)) {
            return Lot.UNDATED;
        }
        drawn.sort(EARLIEST_FIRST);
        return List.copyOf(drawn);
    }

    private void take(List<Lot> drawn, @Nullable Instant expiresAt, long amount) {
        long total = amount;
        for (int index = 0; index < drawn.size(); index++) {
            Lot before = drawn.get(index);
            if (Objects.equals(before.expiresAt(), expiresAt)) {
                total = Math.addExact(total, before.amount());
                drawn.remove(index);
                break;
            }
        }
        drawn.add(new Lot(expiresAt, total));
        if (expiresAt != null) {
            lessen(expiresAt, amount);
        }
    }

    private void lessen(Instant expiresAt, long amount) {
        var changed = new ArrayList<DatedLot>(lots.size());
        for (DatedLot lot : lots) {
            if (!lot.expiresAt().equals(expiresAt)) {
                changed.add(lot);
            } else if (lot.amount() > amount) {
                changed.add(lot.of(lot.amount() - amount));
            }
        }
        lots = changed;
    }

    /** What is in the lot of a time, or, without a time, in none. */
    private long in(@Nullable Instant expiresAt) {
        long dated = 0;
        for (DatedLot lot : lots) {
            if (lot.expiresAt().equals(expiresAt)) {
                return lot.amount();
            }
            dated += lot.amount();
        }
        return expiresAt == null ? available - dated : 0;
    }

    /** Undated amounts are in no lot that would shrink as they are taken; dated ones taken are not available any more. */
    private static long alreadyUndated(List<Lot> drawn, Lot lot) {
        if (lot.expiresAt() != null) {
            return 0;
        }
        return drawn.stream().mapToLong(Lot::amount).sum();
    }
}
