package io.fanfare.engine.wallet;

/**
 * Why a wallet changes.
 *
 * @param reason play, redeem, adjust, …
 * @param refId the play, redemption or operator action behind it
 */
public record Cause(String reason, String refId) {

    public static final int MAX_LENGTH = 200;

    public Cause {
        requireBounded("reason", reason);
        requireBounded("reference", refId);
    }

    private static void requireBounded(String what, String text) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "%s has %d characters, expected at most %d".formatted(what, text.length(), MAX_LENGTH));
        }
    }
}
