package io.fanfare.bench.wallet;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can be measured by itself. */
enum Half {
    /** The wallets app on a broker of its own. */
    APP,
    /** Redemptions on a platform of their own. */
    REDEEM;

    static Optional<Half> of(String word) {
        return Arrays.stream(values()).filter(half -> half.word().equals(word)).findFirst();
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
