package io.fanfare.cli;

/** The command line makes no sense; the message says what was expected. */
final class NotUnderstood extends RuntimeException {

    NotUnderstood(String why) {
        super(why);
    }
}
