package io.fanfare.store.wallet;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.wallet.Money;
import io.fanfare.engine.wallet.ScopeKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A line of a grant to many, as it was read. */
public sealed interface GrantLine {

    /** Its place in what was sent, from 1; the heading is line 1. */
    int line();

    /**
     * One player is given an amount.
     *
     * @param expiresAt null: never
     * @param ref the same reference is granted once per tenant, in whichever grant it comes; null: once in this grant
     */
    record Valid(
            int line,
            PlayerId player,
            ScopeKey scope,
            Money money,
            @Nullable Instant expiresAt,
            @Nullable String ref) implements GrantLine {
        public Valid {
            requireNonNull(player, "player");
            requireNonNull(scope, "scope");
            requireNonNull(money, "money");
        }
    }

    /** @param error what is wrong with it, for people */
    record Invalid(int line, String error) implements GrantLine {

        static final int MAX_ERROR = 500;

        public Invalid {
            error = error.length() <= MAX_ERROR ? error : error.substring(0, MAX_ERROR);
        }
    }
}
