package io.fanfare.engine.wallet;

/** Why a command was refused; the names appear on topics and in answers. */
public enum Refusal {
    /** Less is available than the player would spend, or than a reversal takes back. */
    INSUFFICIENT_BALANCE,
    /** The player has not earned enough yet. */
    BELOW_THRESHOLD,
    /** It was granted before, or there is a hold of that name. */
    ALREADY_EXISTS,
    /** No such hold, or no such command to reverse. */
    NOT_FOUND,
    /** The command was reversed before. */
    ALREADY_REVERSED,
    /** The command moved nothing that a reversal gives back, or it is undone in another way: a transfer, a hold, an activation. */
    NOT_REVERSIBLE,
    /** The amount is too small for one unit of the other currency. */
    NOTHING_TO_CONVERT,
    /** The wallet has as many holds, pending amounts or grants as it may have. */
    LIMIT_REACHED,
    /** A total would leave the range of 64 bits. */
    OVERFLOW,
    /** The command asks for what cannot be. */
    INVALID_COMMAND,
    /** Another command already has this number: the database went back in time or split in two. */
    FORKED
}
