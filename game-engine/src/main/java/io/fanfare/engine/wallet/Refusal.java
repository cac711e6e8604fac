package io.fanfare.engine.wallet;

/** Why a command was refused; the names appear on topics and in answers. */
public enum Refusal {
    /** Less is available than the player would spend. */
    INSUFFICIENT_BALANCE,
    /** A total would leave the range of 64 bits. */
    OVERFLOW,
    /** The command asks for what cannot be. */
    INVALID_COMMAND,
    /** Another command already has this number: the database went back in time or split in two. */
    FORKED
}
