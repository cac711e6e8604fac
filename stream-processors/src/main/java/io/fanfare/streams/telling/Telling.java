package io.fanfare.streams.telling;

/**
 * Of which records of its source an app tells what became of them. An app that rebuilds its state replays what was told long ago and
 * is silent about it.
 */
public interface Telling {

    /** Nothing was ever rebuilt: of all of them. */
    Telling OF_EVERYTHING = new Telling() {
        @Override
        public void begin() {}

        @Override
        public boolean of(String topic, int partition, long offset) {
            return true;
        }

        @Override
        public boolean isLive() {
            return true;
        }
    };

    /**
     * To be asked by each task when it has its partition and before it does anything.
     *
     * @throws IllegalStateException where this app was replaced and must not go on
     */
    void begin();

    /**
     * Whether to tell what becomes of a record. While that is not decided yet it waits.
     *
     * @throws IllegalStateException where it is not decided for long, or the app is stopped meanwhile; the record is to be read again
     */
    boolean of(String topic, int partition, long offset);

    /** Whether the app has taken over: only then does it do what the clock alone asks for. */
    boolean isLive();
}
