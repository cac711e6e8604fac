package io.fanfare.bench.verify;

/** What should have come to rest in time has not; the message says what and how far it is. */
final class NotDrained extends RuntimeException {

    private static final long serialVersionUID = 1;

    NotDrained(String what) {
        super(what);
    }
}
