package io.fanfare.store.integration;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What a receiver and the platform both know. Either {@code whsec_} and the key in Base64, as Standard Webhooks has it, or
 * any other text. It shows itself to nobody: {@link #toString} is a hint that tells two secrets apart.
 *
 * @param text as the tenant configured it, 8 to 200 characters of ASCII
 */
public record WebhookSecret(String text) {

    private static final String PREFIX = "whsec_";
    private static final int MIN_LENGTH = 8;
    private static final int MAX_LENGTH = 200;
    private static final int HINT_LENGTH = 4;

    public WebhookSecret {
        // The one place where a message must not hold the offending value.
        if (text.length() < MIN_LENGTH || text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("webhook secret has %d characters, expected %d to %d"
                    .formatted(text.length(), MIN_LENGTH, MAX_LENGTH));
        }
        if (!text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException("webhook secret has characters outside of printable ASCII");
        }
        if (text.startsWith(PREFIX)) {
            requireKey(text.substring(PREFIX.length()));
        }
    }

    /** The key of the Standard Webhooks signature: what follows {@code whsec_}, decoded; of another text its bytes. */
    public byte[] standardKey() {
        return text.startsWith(PREFIX) ? Base64.getDecoder().decode(text.substring(PREFIX.length())) : textKey();
    }

    /** The key of the plain hex signature: the bytes of the text as it was configured. */
    public byte[] textKey() {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Its last characters, where it is long enough to spare them. */
    public String hint() {
        boolean canSpareThem = text.length() >= 4 * HINT_LENGTH;
        return "…" + (canSpareThem ? text.substring(text.length() - HINT_LENGTH) : "");
    }

    @Override
    public String toString() {
        return "WebhookSecret[" + hint() + "]";
    }

    private static void requireKey(String base64) {
        try {
            if (Base64.getDecoder().decode(base64).length == 0) {
                throw new IllegalArgumentException("webhook secret has no key after " + PREFIX);
            }
        } catch (IllegalArgumentException _) {
            throw new IllegalArgumentException("webhook secret has no Base64 after " + PREFIX);
        }
    }
}
