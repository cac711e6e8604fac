package io.fanfare.engine.wallet;

/** What is counted in a wallet: {@code points}, or the name of an item. Printable, 1 to 100 characters. */
public record Currency(String code) implements Comparable<Currency> {

    public static final int MAX_LENGTH = 100;

    public Currency {
        if (code.isBlank() || code.length() > MAX_LENGTH || hasControl(code)) {
            throw new IllegalArgumentException(
                    "currency is '%s', expected 1 to %d printable characters".formatted(code, MAX_LENGTH));
        }
    }

    /** Without a stream: a currency is made with every balance that is read. */
    private static boolean hasControl(String code) {
        for (int i = 0; i < code.length(); i++) {
            if (Character.isISOControl(code.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public int compareTo(Currency other) {
        return code.compareTo(other.code);
    }

    @Override
    public String toString() {
        return code;
    }
}
