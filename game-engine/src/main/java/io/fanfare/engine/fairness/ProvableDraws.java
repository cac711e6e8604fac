package io.fanfare.engine.fairness;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Draw number n is the first 53 bits of HMAC-SHA256(key = text of the server seed, message = client seed + ":" + session id +
 * ":" + n), divided by 2⁵³. With the revealed seed anyone can recompute it: see {@link FairnessProof}. The draws of a play are
 * counted from 0; those of a start from {@link #FIRST_AT_START}, so that what is dealt openly says nothing about what is
 * drawn later.
 */
public final class ProvableDraws implements Draws {

    public static final long FIRST_AT_START = 1_000_000_000;

    private static final int BITS = 53;
    private static final double STEP = 0x1.0p-53;

    private final ServerSeed serverSeed;
    private final String prefix;
    private long counter;

    /** Made with the first draw: few plays need any behind their own. */
    private @Nullable Hmac hmac;

    private ProvableDraws(ServerSeed serverSeed, String clientSeed, String sessionId, long from) {
        this.serverSeed = serverSeed;
        this.prefix = clientSeed + ":" + sessionId + ":";
        this.counter = from;
    }

    /**
     * The draws of a play.
     *
     * @param clientSeed what the player added, empty where nothing
     */
    public ProvableDraws(ServerSeed serverSeed, String clientSeed, String sessionId) {
        this(serverSeed, clientSeed, sessionId, 0);
    }

    /** The draws of a start. */
    public static ProvableDraws atStart(ServerSeed serverSeed, String clientSeed, String sessionId) {
        return new ProvableDraws(serverSeed, clientSeed, sessionId, FIRST_AT_START);
    }

    /** The draws of a play from draw number {@code from} on. */
    public static ProvableDraws continued(ServerSeed serverSeed, String clientSeed, String sessionId, long from) {
        return new ProvableDraws(serverSeed, clientSeed, sessionId, from);
    }

    @Override
    public double next() {
        if (hmac == null) {
            hmac = Hmac.keyed(serverSeed.value());
        }
        byte[] block = hmac.of((prefix + counter++).getBytes(StandardCharsets.UTF_8));
        return (ByteBuffer.wrap(block).getLong() >>> (Long.SIZE - BITS)) * STEP;
    }

    /** The number of the next draw. */
    public long position() {
        return counter;
    }
}
