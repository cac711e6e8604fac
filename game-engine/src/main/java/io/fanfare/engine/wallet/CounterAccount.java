package io.fanfare.engine.wallet;

import java.util.Locale;

/** The other side of every ledger entry; with the players' accounts these sum to zero. */
public enum CounterAccount {
    /** Where credits come from, and where they return to when they are reversed. */
    ISSUANCE,
    /** Where spends go. */
    REDEMPTION,
    /** Where points go that nobody used: expired, or taken away; and where those come from that an operator gives unearned. */
    BREAKAGE,
    /** Between two currencies of one player. */
    CONVERSION,
    /** Between two wallets; zero when no transfer is under way. */
    TRANSFER,
    /** Between what a player can spend and what is set aside; zero after every command. */
    HOLD,
    /** What is promised and not issued yet; the negative of everything pending. */
    PROMISE;

    /** Its name in ledgers and topics. */
    public String account() {
        return name().toLowerCase(Locale.ROOT);
    }
}
