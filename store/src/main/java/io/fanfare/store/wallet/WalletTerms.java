package io.fanfare.store.wallet;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.wallet.Activation;
import io.fanfare.engine.wallet.ConversionRate;
import io.fanfare.engine.wallet.Currency;
import io.fanfare.engine.wallet.Money;
import io.fanfare.engine.wallet.Validity;
import io.fanfare.engine.wallet.WalletCommand.Credit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant allows its players to do with their wallets, and what becomes of what they win.
 *
 * @param conversions one per pair of currencies
 * @param transfers one per currency that may be sent; none where players send nothing
 * @param earnings one per currency that is not simply there and stays, once it is won
 */
public record WalletTerms(List<Conversion> conversions, List<TransferLimits> transfers, List<Earning> earnings) {

    public static final int MAX_CONVERSIONS = 100;
    public static final int MAX_TRANSFERS = 100;
    public static final int MAX_EARNINGS = 100;

    /** As long as nobody says otherwise: a hundred points are a coin, and nothing is sent. */
    public static final WalletTerms DEFAULT = new WalletTerms(
            List.of(new Conversion(
                    new Currency("points"), new Currency("coins"), ConversionRate.HUNDRED_TO_ONE, Instant.EPOCH)),
            List.of(),
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

    /**
     * How a currency is credited that is won in games or granted for milestones.
     *
     * @param activatesAfter when it becomes available; zero: at once, or on the action
     * @param activatesOn the action that makes it available; null: none
     * @param validity from then on, or from the win on where an action is waited for; null: it does not expire
     */
    public record Earning(
            Currency currency,
            Duration activatesAfter,
            @Nullable String activatesOn,
            @Nullable Validity validity) {
        public Earning {
            requireNonNull(currency, "currency");
            if (activatesAfter.isNegative()) {
                throw new IllegalArgumentException("%s activates after %s".formatted(currency, activatesAfter));
            }
            if (activatesOn != null && !activatesAfter.isZero()) {
                throw new IllegalArgumentException("%s activates after %s and on '%s', expected one of them"
                        .formatted(currency, activatesAfter, activatesOn));
            }
        }

        /** What is credited of an amount that is won at a time. */
        public Credit credit(Money won, Instant at) {
            Instant available = at.plus(activatesAfter);
            return new Credit(
                    List.of(won), activation(available), validity == null ? null : validity.expiry(available));
        }

        private Activation activation(Instant available) {
            if (activatesOn != null) {
                return new Activation.OnAction(activatesOn);
            }
            return activatesAfter.isZero() ? Activation.AT_ONCE : new Activation.At(available);
        }
    }

    public WalletTerms {
        earnings = List.copyOf(earnings);
        conversions = List.copyOf(conversions);
        transfers = List.copyOf(transfers);
        if (conversions.size() > MAX_CONVERSIONS
                || transfers.size() > MAX_TRANSFERS
                || earnings.size() > MAX_EARNINGS) {
            throw new IllegalArgumentException("%d conversions, %d transfers and %d earnings"
                    .formatted(conversions.size(), transfers.size(), earnings.size()));
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

    /** Empty where what is won of the currency is there at once, and stays. */
    public Optional<Earning> earning(Currency currency) {
        return earnings.stream()
                .filter(earning -> earning.currency().equals(currency))
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
                transfers,
                earnings);
    }
}
