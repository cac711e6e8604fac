package io.fanfare.bench.verify;

import io.fanfare.bench.verify.Answers.Balance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One currency of a wallet as it is counted again: accounts, where amounts came from and went, and what ends when. */
final class RecountedHolding {

    private static final int MOST_LOTS = 512;
    private static final Comparator<LotPart> SOONEST_FIRST =
            Comparator.comparing(LotPart::expiresAt, Comparator.nullsLast(Comparator.naturalOrder()));

    private final Map<String, Long> accounts = new TreeMap<>();
    /** What counter-accounts gave, less what they took. */
    private final Map<String, Long> given = new TreeMap<>();

    private final TreeMap<Instant, Long> lots = new TreeMap<>();

    RecountedHolding copy() {
        var copy = new RecountedHolding();
        copy.accounts.putAll(accounts);
        copy.given.putAll(given);
        copy.lots.putAll(lots);
        return copy;
    }

    long account(String name) {
        return accounts.getOrDefault(name, 0L);
    }

    long givenBy(String counterAccount) {
        return given.getOrDefault(counterAccount, 0L);
    }

    long available() {
        return account("available");
    }

    /** What ends next; null where nothing does. */
    Map.@Nullable Entry<Instant, Long> firstLot() {
        return lots.firstEntry();
    }

    Balance balance() {
        Map<Long, Long> expiring = new TreeMap<>();
        lots.forEach((time, amount) -> expiring.merge(time.getEpochSecond(), amount, Math::addExact));
        return new Balance(
                available(),
                account("held"),
                givenBy("issuance"),
                -givenBy("redemption"),
                account("pending"),
                expiring);
    }

    /**
     * Moves an amount between an account of the player and a counter-account.
     *
     * @return what the account comes to
     * @throws ArithmeticException where a sum does not fit into 64 bits
     */
    long move(String account, String counterAccount, long amount) {
        given.merge(counterAccount, amount, Math::addExact);
        return accounts.merge(account, amount, Math::addExact);
    }

    /**
     * To be called when a command is through.
     *
     * @throws ArithmeticException where what may become available one day would not fit into 64 bits
     */
    void requireRoom() {
        long lapsed = Math.negateExact(givenBy("breakage"));
        Math.addExact(Math.addExact(Math.addExact(available(), account("held")), account("pending")), lapsed);
        Math.addExact(givenBy("issuance"), account("pending"));
    }

    void fill(List<LotPart> parts) {
        for (LotPart part : parts) {
            if (part.expiresAt() != null) {
                lots.merge(part.expiresAt(), part.amount(), Math::addExact);
                if (lots.size() > MOST_LOTS) {
                    Map.Entry<Instant, Long> last = lots.pollLastEntry();
                    Map.Entry<Instant, Long> beforeLast = lots.pollLastEntry();
                    lots.put(last.getKey(), Math.addExact(last.getValue(), beforeLast.getValue()));
                }
            }
        }
    }

    void endLot(Instant time) {
        lots.remove(time);
    }

    /** Takes an amount that is there out of the lots; the amount itself is still to be moved. */
    List<LotPart> draw(long amount, List<LotPart> preferred) {
        Map<Instant, Long> dated = new TreeMap<>();
        long undated = 0;
        long left = amount;
        long undatedThere = available() - sum(lots);
        for (LotPart part : preferred) {
            Instant time = part.expiresAt();
            if (time == null) {
                long taken = Math.max(0, Math.min(Math.min(part.amount(), left), undatedThere - undated));
                undated += taken;
                left -= taken;
            } else {
                left -= drawFrom(time, Math.min(part.amount(), left), dated);
            }
        }
        while (left > 0 && !lots.isEmpty()) {
            left -= drawFrom(lots.firstKey(), left, dated);
        }
        undated += left;
        if (dated.isEmpty()) {
            return List.of();
        }
        List<LotPart> drawn = new ArrayList<>();
        dated.forEach((time, taken) -> drawn.add(new LotPart(time, taken)));
        if (undated > 0) {
            drawn.add(new LotPart(null, undated));
        }
        drawn.sort(SOONEST_FIRST);
        return drawn;
    }

    private long drawFrom(Instant time, long most, Map<Instant, Long> drawn) {
        long there = lots.getOrDefault(time, 0L);
        long taken = Math.min(there, most);
        if (taken > 0) {
            drawn.merge(time, taken, Math::addExact);
            if (taken == there) {
                lots.remove(time);
            } else {
                lots.put(time, there - taken);
            }
        }
        return taken;
    }

    private static long sum(Map<Instant, Long> lots) {
        return lots.values().stream().mapToLong(Long::longValue).sum();
    }
}
