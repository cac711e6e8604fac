package io.fanfare.engine.wallet;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * One currency of a wallet: the balance, how it came about, and which part of it expires when. Whatever is in no lot never
 * expires. The books of a holding are closed: available + held = earned − spent − lapsed + converted + transferred.
 *
 * @param pending what is promised
 * @param lots by expiry, earliest first, each time once; at most {@value #MAX_LOTS}
 */
public record Holding(Balance balance, Flows flows, long pending, List<DatedLot> lots) {

    /** More than a year of daily expiries. Beyond it the two latest become one, with the later time: nobody loses by it. */
    public static final int MAX_LOTS = 512;

    public static final Holding EMPTY = new Holding(Balance.ZERO, Flows.NONE, 0, List.of());

    public Holding {
        requireNonNull(balance, "balance");
        requireNonNull(flows, "flows");
        lots = List.copyOf(lots);
        if (pending < 0) {
            throw new IllegalArgumentException("pending is %d, expected 0 or more".formatted(pending));
        }
        if (lots.size() > MAX_LOTS) {
            throw new IllegalArgumentException("%d lots, expected at most %d".formatted(lots.size(), MAX_LOTS));
        }
        if (dated(lots) > balance.available()) {
            throw new IllegalArgumentException(
                    "%d in lots, expected at most the %d available".formatted(dated(lots), balance.available()));
        }
        long books = balance.lifetimeEarned()
                - balance.lifetimeSpent()
                - flows.lapsed()
                + flows.converted()
                + flows.transferred();
        if (balance.available() + balance.held() != books) {
            throw new IllegalArgumentException("the books are not closed: %s, %s".formatted(balance, flows));
        }
    }

    /** A holding of which nothing expires and that was only earned and spent. */
    public static Holding of(Balance balance) {
        return new Holding(balance, Flows.NONE, 0, List.of());
    }

    private static long dated(List<DatedLot> lots) {
        long sum = 0;
        for (DatedLot lot : lots) {
            sum = Math.addExact(sum, lot.amount());
        }
        return sum;
    }
}
