package io.fanfare.streams.leaderboard;

import io.fanfare.engine.sequence.Gap;
import io.fanfare.engine.sequence.SeenNumbers;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** Seen numbers as they are in a store: format, highest, then first and last of each gap. */
final class SeenNumbersSerde {

    private static final byte FORMAT = 1;
    private static final int HEAD_BYTES = 1 + Long.BYTES;
    private static final int GAP_BYTES = 2 * Long.BYTES;

    private SeenNumbersSerde() {}

    static Serde<SeenNumbers> serde() {
        return Serdes.serdeFrom(
                (_, seen) -> seen == null ? null : write(seen), (_, bytes) -> bytes == null ? null : read(bytes));
    }

    private static byte[] write(SeenNumbers seen) {
        ByteBuffer buffer = ByteBuffer.allocate(HEAD_BYTES + seen.gaps().size() * GAP_BYTES)
                .put(FORMAT)
                .putLong(seen.highest());
        seen.gaps().forEach(gap -> buffer.putLong(gap.first()).putLong(gap.last()));
        return buffer.array();
    }

    private static SeenNumbers read(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        byte format = buffer.get();
        if (format != FORMAT) {
            throw new IllegalStateException("format is %d, expected %d".formatted(format, FORMAT));
        }
        long highest = buffer.getLong();
        List<Gap> gaps = new ArrayList<>(buffer.remaining() / GAP_BYTES);
        while (buffer.hasRemaining()) {
            gaps.add(new Gap(buffer.getLong(), buffer.getLong()));
        }
        return new SeenNumbers(highest, gaps);
    }
}
