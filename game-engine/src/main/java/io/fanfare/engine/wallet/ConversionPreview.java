package io.fanfare.engine.wallet;

/**
 * What a conversion would do; nothing is decided by it.
 *
 * @param asked what the player would convert
 * @param converted what would be taken and given
 * @param covered whether the player has what was asked
 */
public record ConversionPreview(Money asked, ConversionRate rate, ConversionRate.Converted converted, boolean covered) {

    /** @throws ArithmeticException where the amounts leave the range of 64 bits */
    public static ConversionPreview of(WalletState wallet, Money asked, ConversionRate rate) {
        var converted = rate.convert(asked.amount());
        boolean covered = wallet.balance(asked.currency()).covers(asked.amount());
        return new ConversionPreview(asked, rate, converted, covered);
    }
}
