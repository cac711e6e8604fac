package io.fanfare.engine.wallet;

import io.fanfare.engine.wallet.ConversionRate.Converted;
import java.util.Optional;

/**
 * What a conversion would do; nothing is decided by it.
 *
 * @param asked what the player would convert
 * @param converted what would be taken and given
 * @param covered whether the player has what was asked
 */
public record ConversionPreview(Money asked, ConversionRate rate, Converted converted, boolean covered) {

    /** Empty where the amounts leave the range of 64 bits: the conversion itself would be refused as {@link Refusal#OVERFLOW}. */
    public static Optional<ConversionPreview> of(Balance balance, Money asked, ConversionRate rate) {
        try {
            Converted converted = rate.convert(asked.amount());
            return Optional.of(new ConversionPreview(asked, rate, converted, balance.covers(asked.amount())));
        } catch (ArithmeticException _) {
            return Optional.empty();
        }
    }
}
