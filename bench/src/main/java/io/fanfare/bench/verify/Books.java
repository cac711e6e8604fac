package io.fanfare.bench.verify;

import io.fanfare.bench.verify.Answers.Sheet;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** The accounts of one currency of one tenant, summed over all wallets; without a bound of 64 bits. */
final class Books {

    private final Map<String, BigInteger> accounts = new HashMap<>();
    /** What counter-accounts gave to players, less what they took. */
    private final Map<String, BigInteger> given = new HashMap<>();

    /** All books, by tenant and currency. */
    static final class Shelf {
        private final Map<String, Map<String, Books>> books = new TreeMap<>();

        Books of(String tenant, String currency) {
            return books.computeIfAbsent(tenant, _ -> new TreeMap<>()).computeIfAbsent(currency, _ -> new Books());
        }

        Map<String, Map<String, Books>> all() {
            return books;
        }
    }

    void post(Posting posting) {
        accounts.merge(posting.account(), BigInteger.valueOf(posting.amount()), BigInteger::add);
        given.merge(posting.counterAccount(), BigInteger.valueOf(posting.amount()), BigInteger::add);
    }

    BigInteger account(String name) {
        return accounts.getOrDefault(name, BigInteger.ZERO);
    }

    BigInteger givenBy(String counterAccount) {
        return given.getOrDefault(counterAccount, BigInteger.ZERO);
    }

    /** The balance sheet that the platform must show. */
    Sheet sheet() {
        return new Sheet(
                account("available"),
                account("held"),
                account("pending"),
                givenBy("issuance"),
                givenBy("redemption").negate(),
                givenBy("breakage").negate(),
                givenBy("conversion"),
                givenBy("transfer"));
    }
}
