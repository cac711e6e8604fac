package io.fanfare.engine.wallet;

import java.util.Locale;

/** The other side of every ledger entry; with the players' accounts these sum to zero. */
public enum CounterAccount {
    /** Where credits come from. */
    ISSUANCE,
    /** Where spends go. */
    REDEMPTION;

    /** Its name in ledgers and topics. */
    public String account() {
        return name().toLowerCase(Locale.ROOT);
    }
}
