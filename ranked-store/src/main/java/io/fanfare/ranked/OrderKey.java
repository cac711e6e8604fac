package io.fanfare.ranked;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Where an entry stands in the total order of its board: higher score first, then who reached it earlier, then the
 * player id by its UTF-8 bytes. The first of two is ahead.
 *
 * @param reachedAt event time, in milliseconds since 1970
 * @param player may be empty, for a position that no entry takes
 */
public record OrderKey(long score, long reachedAt, String player) implements Comparable<OrderKey> {

    private static final int NUMBERS_BYTES = 2 * Long.BYTES;

    /** Ahead of every entry with this score and behind every entry with a higher one. */
    public static OrderKey firstWith(long score) {
        return new OrderKey(score, Long.MIN_VALUE, "");
    }

    @Override
    public int compareTo(OrderKey other) {
        int byScore = Long.compare(other.score, score);
        if (byScore != 0) {
            return byScore;
        }
        int byTime = Long.compare(reachedAt, other.reachedAt);
        return byTime != 0 ? byTime : Arrays.compareUnsigned(player.getBytes(UTF_8), other.player.getBytes(UTF_8));
    }

    /** Bytes that compare, unsigned, as the keys do. */
    byte[] toBytes() {
        byte[] id = player.getBytes(UTF_8);
        return ByteBuffer.allocate(NUMBERS_BYTES + id.length)
                .putLong(~(score ^ Long.MIN_VALUE))
                .putLong(reachedAt ^ Long.MIN_VALUE)
                .put(id)
                .array();
    }

    static OrderKey fromBytes(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        long score = ~buffer.getLong() ^ Long.MIN_VALUE;
        long reachedAt = buffer.getLong() ^ Long.MIN_VALUE;
        return new OrderKey(score, reachedAt, new String(bytes, NUMBERS_BYTES, bytes.length - NUMBERS_BYTES, UTF_8));
    }
}
