package io.fanfare.engine.fairness;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 with a text as key. One thread at a time. */
public final class Hmac {

    private final Mac mac;

    private Hmac(Mac mac) {
        this.mac = mac;
    }

    /** @param key its UTF-8 bytes are the key */
    public static Hmac keyed(String key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return new Hmac(mac);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    /** In 64 hexadecimal digits. */
    public String hex(String message) {
        return HexFormat.of().formatHex(of(message.getBytes(StandardCharsets.UTF_8)));
    }

    /** Whether a signature in hexadecimal digits is that of the message, in a time that does not tell how nearly. */
    public boolean isSignature(String message, String signature) {
        return MessageDigest.isEqual(
                hex(message).getBytes(StandardCharsets.US_ASCII), signature.getBytes(StandardCharsets.UTF_8));
    }

    byte[] of(byte[] message) {
        return mac.doFinal(message);
    }
}
