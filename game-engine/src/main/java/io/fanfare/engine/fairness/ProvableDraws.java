package io.fanfare.engine.fairness;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Draw number n, counted from 0, is the first 53 bits of HMAC-SHA256(key = text of the server seed, message = client seed +
 * ":" + session id + ":" + n), divided by 2⁵³. With the revealed seed anyone can recompute it.
 */
public final class ProvableDraws implements Draws {

    private static final int BITS = 53;
    private static final double STEP = 0x1.0p-53;

    private final Mac mac;
    private final String prefix;
    private long counter;

    /** @param clientSeed what the player added, empty where nothing */
    public ProvableDraws(ServerSeed serverSeed, String clientSeed, String sessionId) {
        this.mac = hmac(serverSeed);
        this.prefix = clientSeed + ":" + sessionId + ":";
    }

    @Override
    public double next() {
        byte[] block = mac.doFinal((prefix + counter++).getBytes(StandardCharsets.UTF_8));
        return (ByteBuffer.wrap(block).getLong() >>> (Long.SIZE - BITS)) * STEP;
    }

    private static Mac hmac(ServerSeed serverSeed) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(serverSeed.value().getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
