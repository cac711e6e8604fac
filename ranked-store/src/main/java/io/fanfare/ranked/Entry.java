package io.fanfare.ranked;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;

/**
 * What a player has achieved on a board.
 *
 * @param reachedAt event time that breaks ties, earlier is better, in milliseconds since 1970
 * @param plays how many plays were counted into it
 * @param state only live entries are ranked
 */
public record Entry(long score, long reachedAt, long plays, State state) {

    /** Whether an entry takes part in the ranking. */
    public enum State {
        LIVE(0),
        /** Kept out of the ranking until somebody has looked at it. */
        FLAGGED(1),
        DISQUALIFIED(2);

        private final byte code;

        State(int code) {
            this.code = (byte) code;
        }

        private static State of(byte code) {
            for (State state : values()) {
                if (state.code == code) {
                    return state;
                }
            }
            throw new IllegalArgumentException("state is %d, expected 0 to 2".formatted(code));
        }
    }

    private static final byte FORMAT = 1;
    private static final int ENCODED_BYTES = 2 + 3 * Long.BYTES;

    public Entry {
        requireNonNull(state, "state");
        if (plays < 0) {
            throw new IllegalArgumentException("plays is %d, expected 0 or more".formatted(plays));
        }
    }

    byte[] toBytes() {
        return ByteBuffer.allocate(ENCODED_BYTES)
                .put(FORMAT)
                .put(state.code)
                .putLong(score)
                .putLong(reachedAt)
                .putLong(plays)
                .array();
    }

    static Entry fromBytes(byte[] bytes) {
        if (bytes.length != ENCODED_BYTES || bytes[0] != FORMAT) {
            throw new IllegalArgumentException(
                    "%d bytes that are no entry of format %d".formatted(bytes.length, FORMAT));
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 1, ENCODED_BYTES - 1);
        State state = State.of(buffer.get());
        return new Entry(buffer.getLong(), buffer.getLong(), buffer.getLong(), state);
    }
}
