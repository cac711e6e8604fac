package io.fanfare.cli;

/** What was asked for was understood and is not possible now; the message is for the user. */
final class CannotDo extends RuntimeException {

    CannotDo(String why) {
        super(why);
    }

    CannotDo(String why, Throwable cause) {
        super(why, cause);
    }
}
