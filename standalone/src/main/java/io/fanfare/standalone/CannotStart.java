package io.fanfare.standalone;

/** A reason, told in the user's words, why the platform does not come up. Not a bug: printed without a stack trace. */
final class CannotStart extends RuntimeException {

    CannotStart(String reason) {
        super(reason);
    }

    CannotStart(String reason, Throwable cause) {
        super(reason, cause);
    }
}
