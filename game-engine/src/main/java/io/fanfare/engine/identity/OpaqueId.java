package io.fanfare.engine.identity;

/** The rule for every id that a caller may supply: 1 to 100 letters, digits, {@code _ - .}; never parsed, only compared. */
public final class OpaqueId {

    public static final int MAX_LENGTH = 100;

    private OpaqueId() {}

    /**
     * The id itself.
     *
     * @throws IllegalArgumentException where it breaks the rule; the message names {@code what} and the value
     */
    public static String require(String what, String id) {
        if (!isValid(id)) {
            throw new IllegalArgumentException("%s is '%s', expected 1 to %d letters, digits, '_', '-' or '.'"
                    .formatted(what, abbreviated(id), MAX_LENGTH));
        }
        return id;
    }

    public static boolean isValid(String id) {
        if (id.isEmpty() || id.length() > MAX_LENGTH) {
            return false;
        }
        // Every record that comes in has several ids: a stream of their characters would cost more than all else about
        // them.
        for (int i = 0; i < id.length(); i++) {
            if (!isAllowed(id.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAllowed(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '_'
                || c == '-'
                || c == '.';
    }

    private static String abbreviated(String id) {
        return id.length() <= MAX_LENGTH ? id : id.substring(0, MAX_LENGTH) + "…";
    }
}
