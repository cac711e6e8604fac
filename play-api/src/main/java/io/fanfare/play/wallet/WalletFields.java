package io.fanfare.play.wallet;

import io.fanfare.edge.error.Violations;
import io.fanfare.engine.identity.OpaqueId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.play.IdempotencyClaim;
import io.fanfare.engine.wallet.Currency;
import io.fanfare.engine.wallet.Money;
import io.fanfare.engine.wallet.ScopeKey;
import io.fanfare.engine.wallet.Validity;
import io.fanfare.engine.wallet.Validity.Rounding;
import java.time.Duration;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads what bodies about wallets have in common. Like {@link Violations} it answers something also where a value is refused; {@link
 * #refuseAny} comes before what was read is used.
 */
final class WalletFields {

    static final String KEY = "Idempotency-Key";
    static final int MAX_AMOUNTS = 100;

    /** Far from where sums leave 64 bits, and more than anybody has. */
    static final long MAX_AMOUNT = 1_000_000_000_000_000L;

    private static final long MAX_DELAY_SECONDS = Duration.ofDays(3_650).toSeconds();
    private static final int MAX_MONTHS = 1_000;

    private final Violations violations = new Violations();

    /** An amount as bodies carry it. */
    record AmountBody(@Nullable String currency, @Nullable Long amount) {}

    /**
     * What an amount waits for until it is available.
     *
     * @param delay zero: none
     * @param action null: none
     */
    record Waiting(Duration delay, @Nullable String action) {}

    Violations violations() {
        return violations;
    }

    void refuseAny() {
        violations.refuseAny();
    }

    ScopeKey scope(@Nullable String value) {
        return id("scope_key", value, ScopeKey::new);
    }

    PlayerId player(String field, @Nullable String value) {
        return id(field, value, PlayerId::new);
    }

    <T> T id(String field, @Nullable String value, Function<String, T> type) {
        if (value == null || value.isBlank()) {
            violations.add(field, "is missing");
        } else if (OpaqueId.isValid(value)) {
            return type.apply(value);
        } else {
            violations.add(field, "is '%s', expected 1 to 100 letters, digits, '_', '-' or '.'".formatted(value));
        }
        return type.apply("any");
    }

    /** The idempotency key of an operator's request, on which the filter of players' and programs' keys does not look; null: none. */
    @Nullable
    String key(@Nullable String header) {
        if (header == null) {
            return null;
        }
        String key = header.strip();
        if (key.isEmpty() || key.length() > IdempotencyClaim.MAX_KEY_LENGTH) {
            violations.add(
                    KEY,
                    "has %d characters, expected 1 to %d".formatted(key.length(), IdempotencyClaim.MAX_KEY_LENGTH));
        }
        return key;
    }

    Currency currency(String field, @Nullable String value) {
        String text = violations.text(field, value, Currency.MAX_LENGTH);
        try {
            return new Currency(text);
        } catch (IllegalArgumentException e) {
            if (!text.isBlank() && text.length() <= Currency.MAX_LENGTH) {
                violations.add(field, "holds characters that cannot be printed");
            }
            return new Currency("any");
        }
    }

    Currency currency(String field, @Nullable String value, Currency whenAbsent) {
        return value == null ? whenAbsent : currency(field, value);
    }

    long amount(String field, @Nullable Long value) {
        if (value == null) {
            violations.add(field, "is missing");
            return 1;
        }
        return Math.max(1, violations.number(field, value, 1, MAX_AMOUNT));
    }

    /** @param prefix of the fields' names in violations */
    Waiting waiting(String prefix, @Nullable Long activatesAfter, @Nullable String activatesOn) {
        long delay = Math.max(0, violations.number(prefix + "activates_after", activatesAfter, 0, MAX_DELAY_SECONDS));
        if (activatesOn == null) {
            return new Waiting(Duration.ofSeconds(delay), null);
        }
        if (delay != 0) {
            violations.add(prefix + "activates_on", "does not go with activates_after");
        }
        return new Waiting(
                Duration.ZERO, id(prefix + "activates_on", activatesOn, word -> OpaqueId.require("action", word)));
    }

    /**
     * How long an amount is there; null: for ever.
     *
     * @param prefix as in {@link #waiting}
     */
    @Nullable
    Validity validity(
            String prefix, @Nullable Long afterDays, @Nullable Long afterMonths, @Nullable String expiryRounding) {
        Rounding rounding = violations.word(
                prefix + "expiry_rounding",
                expiryRounding,
                Rounding.NONE,
                each -> each.name().toLowerCase(Locale.ROOT));
        long days = violations.number(prefix + "expires_after_days", afterDays, 0, Validity.MAX_DAYS);
        long months = violations.number(prefix + "expires_after_months", afterMonths, 0, MAX_MONTHS);
        if (days != 0 && months != 0) {
            violations.add(prefix + "expires_after_months", "does not go with expires_after_days");
        }
        if (days <= 0 && months <= 0) {
            if (expiryRounding != null) {
                violations.add(prefix + "expiry_rounding", "needs a time after which it expires");
            }
            return null;
        }
        Period lasts = days > 0
                ? Period.ofDays((int) Math.min(days, Validity.MAX_DAYS))
                : Period.ofMonths((int) Math.min(months, MAX_MONTHS));
        return new Validity(lasts, rounding);
    }

    Money money(@Nullable String currency, @Nullable Long amount) {
        return new Money(currency("currency", currency), amount("amount", amount));
    }

    List<Money> amounts(@Nullable List<@Nullable AmountBody> bodies) {
        if (bodies == null || bodies.isEmpty() || bodies.size() > MAX_AMOUNTS) {
            violations.add(
                    "amounts",
                    bodies == null
                            ? "is missing"
                            : "has %d items, expected 1 to %d".formatted(bodies.size(), MAX_AMOUNTS));
            return List.of();
        }
        var amounts = new ArrayList<Money>();
        for (int i = 0; i < bodies.size(); i++) {
            String field = "amounts[%d]".formatted(i);
            AmountBody body = bodies.get(i);
            if (body == null) {
                violations.add(field, "is null");
            } else {
                amounts.add(new Money(
                        currency(field + ".currency", body.currency()), amount(field + ".amount", body.amount())));
            }
        }
        return amounts;
    }
}
