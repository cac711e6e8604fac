package io.fanfare.engine.fairness;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The secret behind the draws of one session: shown as its hash at start and revealed by the play.
 *
 * @param value 64 hexadecimal digits
 */
public record ServerSeed(String value) {

    private static final int DIGITS = 64;

    public ServerSeed {
        if (value.length() != DIGITS
                || !value.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
            throw new IllegalArgumentException(
                    "a server seed is 64 hexadecimal digits, got %d characters".formatted(value.length()));
        }
    }

    /** SHA-256 of the seed's text, in hexadecimal digits. */
    public String hash() {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(value.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Never the seed itself: a log line must not give it away before the play does. */
    @Override
    public String toString() {
        return "ServerSeed[hash=%s]".formatted(hash());
    }
}
