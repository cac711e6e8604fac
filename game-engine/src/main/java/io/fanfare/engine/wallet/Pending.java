package io.fanfare.engine.wallet;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An amount that was promised by a credit and is not available yet.
 *
 * @param sequence the number of the credit
 * @param activation a time or an action
 * @param expiresAt null: never; counts once the amount is available
 */
public record Pending(
        long sequence,
        Money money,
        Activation activation,
        @Nullable Instant expiresAt) {

    public Pending {
        requireNonNull(money, "money");
        requireNonNull(activation, "activation");
        if (activation instanceof Activation.AtOnce) {
            throw new IllegalArgumentException("%s is due at once, expected a time or an action".formatted(money));
        }
    }
}
