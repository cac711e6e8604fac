package io.fanfare.store.wallet;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.wallet.ConversionRate;
import io.fanfare.engine.wallet.Currency;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a tenant allows its players to do with their wallets.
 *
 * @param conversions one per pair of currencies
 * @param transfers one per currency that may be sent; none where players send nothing
 */
public record WalletTerms(List<Conversion> conversions, List<TransferLimits> transfers) {

    public static final int MAX_CONVERSIONS = 100;
    public static final int MAX_TRANSFERS = 100;

    /** As long as nobody says otherwise: a hundred points are a coin, and nothing is sent. */
    public static final WalletTerms DEFAULT = new WalletTerms(
            List.of(new Conversion(
                    new Currency("points"), new Currency("coins"), ConversionRate.HUNDRED_TO_ONE, Instant.EPOCH)),
            List.of());

    /** @param since when the rate was set */
    public record Conversion(Currency from, Currency to, ConversionRate rate, Instant since) {
        public Conversion {
            requireNonNull(rate, "rate");
            requireNonNull(since, "since");
            if (from.equals(to)) {
                throw new IllegalArgumentException("%s cannot be converted to itself".formatted(from));
            }
        }

        boolean isBetween(Currency one, Currency other) {
            return from.equals(one) && to.equals(other);
        }
    }

    /**
     * What players may send of a currency.
     *
     * @param least of one transfer, at least 1
     * @param most of one transfer
     * @param mostPerDay of all that a player sends on a day (UTC)
     */
    public record TransferLimits(Currency currency, long least, long most, long mostPerDay) {
        public TransferLimits {
            requireNonNull(currency, "currency");
            if (least < 1 || most < least || mostPerDay < least) {
                throw new IllegalArgumentException(
                        "limits of %s are %d to %d, %d a day: expected 1 or more, in this order"
                                .formatted(currency, least, most, mostPerDay));
            }
        }
    }

    public WalletTerms {
        conversions = List.copyOf(conversions);
        transfers = List.copyOf(transfers);
        if (conversions.size() > MAX_CONVERSIONS || transfers.size() > MAX_TRANSFERS) {
            throw new IllegalArgumentException(
                    "%d conversions and %d transfers".formatted(conversions.size(), transfers.size()));
        }
    }

    public Optional<Conversion> conversion(Currency from, Currency to) {
        return conversions.stream().filter(one -> one.isBetween(from, to)).findFirst();
    }

    /** Empty where the currency may not be sent. */
    public Optional<TransferLimits> transfer(Currency currency) {
        return transfers.stream()
                .filter(limits -> limits.currency().equals(currency))
                .findFirst();
    }

    /** These terms, where a rate that did not change is as old as it was. */
    WalletTerms replacing(WalletTerms before) {
        return new WalletTerms(
                conversions.stream()
                        .map(one -> before.conversion(one.from(), one.to())
                                .filter(old -> old.rate().equals(one.rate()))
                                .orElse(one))
                        .toList(),
                transfers);
    }
}
