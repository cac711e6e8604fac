package io.fanfare.engine.wallet;

import java.math.BigInteger;

/**
 * What many wallets together hold of one currency and where it came from. The books are balanced: issued − redeemed − lapsed +
 * converted + transferred = available + held. Sums over wallets have no bound of 64 bits.
 *
 * @param available what players can spend
 * @param held what is set aside
 * @param pending what is promised and in no other figure
 * @param issued what players earned, less what was reversed
 * @param redeemed what players spent, less what was reversed
 * @param lapsed what expired or was taken away, less what operators gave without it being earned
 * @param converted what came out of conversions, less what went into them
 * @param transferred what arrived less what was sent; the negative of what is under way, zero at rest
 */
public record BalanceSheet(
        BigInteger available,
        BigInteger held,
        BigInteger pending,
        BigInteger issued,
        BigInteger redeemed,
        BigInteger lapsed,
        BigInteger converted,
        BigInteger transferred) {

    public static final BalanceSheet EMPTY = new BalanceSheet(
            BigInteger.ZERO,
            BigInteger.ZERO,
            BigInteger.ZERO,
            BigInteger.ZERO,
            BigInteger.ZERO,
            BigInteger.ZERO,
            BigInteger.ZERO,
            BigInteger.ZERO);

    /** What one wallet holds. */
    public static BalanceSheet of(Holding holding) {
        return new BalanceSheet(
                BigInteger.valueOf(holding.balance().available()),
                BigInteger.valueOf(holding.balance().held()),
                BigInteger.valueOf(holding.pending()),
                BigInteger.valueOf(holding.balance().lifetimeEarned()),
                BigInteger.valueOf(holding.balance().lifetimeSpent()),
                BigInteger.valueOf(holding.flows().lapsed()),
                BigInteger.valueOf(holding.flows().converted()),
                BigInteger.valueOf(holding.flows().transferred()));
    }

    /** With one more movement in it. */
    public BalanceSheet plus(LedgerEntry entry) {
        var amount = BigInteger.valueOf(entry.amount());
        PlayerAccount account = entry.account();
        CounterAccount counter = entry.counterAccount();
        return new BalanceSheet(
                account == PlayerAccount.AVAILABLE ? available.add(amount) : available,
                account == PlayerAccount.HELD ? held.add(amount) : held,
                account == PlayerAccount.PENDING ? pending.add(amount) : pending,
                counter == CounterAccount.ISSUANCE ? issued.add(amount) : issued,
                counter == CounterAccount.REDEMPTION ? redeemed.subtract(amount) : redeemed,
                counter == CounterAccount.BREAKAGE ? lapsed.subtract(amount) : lapsed,
                counter == CounterAccount.CONVERSION ? converted.add(amount) : converted,
                counter == CounterAccount.TRANSFER ? transferred.add(amount) : transferred);
    }

    public BalanceSheet plus(BalanceSheet other) {
        return new BalanceSheet(
                available.add(other.available),
                held.add(other.held),
                pending.add(other.pending),
                issued.add(other.issued),
                redeemed.add(other.redeemed),
                lapsed.add(other.lapsed),
                converted.add(other.converted),
                transferred.add(other.transferred));
    }

    /** Whether everything that is there came from somewhere. */
    public boolean isBalanced() {
        return issued.subtract(redeemed)
                .subtract(lapsed)
                .add(converted)
                .add(transferred)
                .equals(available.add(held));
    }
}
