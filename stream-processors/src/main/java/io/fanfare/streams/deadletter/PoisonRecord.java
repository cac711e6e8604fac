package io.fanfare.streams.deadletter;

/**
 * A record that can be read but must not be processed, on no retry. Thrown by a processor before it has written anything:
 * the record goes to the dead letters and the next one is processed.
 */
public final class PoisonRecord extends RuntimeException {

    public PoisonRecord(String why) {
        super(why);
    }

    public PoisonRecord(String why, Throwable cause) {
        super(why, cause);
    }
}
