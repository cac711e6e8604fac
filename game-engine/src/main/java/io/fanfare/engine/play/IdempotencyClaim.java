package io.fanfare.engine.play;

/**
 * The caller's promise that this is one request, however often it arrives.
 *
 * @param key 1 to 255 characters, chosen by the caller, unique per player
 * @param requestHash of what was asked for: the same key with another hash is refused
 */
public record IdempotencyClaim(String key, String requestHash) {

    public static final int MAX_KEY_LENGTH = 255;

    public IdempotencyClaim {
        if (key.isEmpty() || key.length() > MAX_KEY_LENGTH) {
            throw new IllegalArgumentException(
                    "the idempotency key has %d characters, expected 1 to %d".formatted(key.length(), MAX_KEY_LENGTH));
        }
        if (requestHash.isEmpty()) {
            throw new IllegalArgumentException("the request hash is empty");
        }
    }
}
