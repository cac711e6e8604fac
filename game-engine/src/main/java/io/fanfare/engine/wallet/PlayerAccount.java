package io.fanfare.engine.wallet;

import java.util.Locale;

/** Where a player's amounts of one currency stand. */
public enum PlayerAccount {
    /** Can be spent. */
    AVAILABLE,
    /** Set aside by a hold. */
    HELD,
    /** Promised; becomes available later. */
    PENDING;

    /** Its name in ledgers and topics. */
    public String account() {
        return name().toLowerCase(Locale.ROOT);
    }
}
