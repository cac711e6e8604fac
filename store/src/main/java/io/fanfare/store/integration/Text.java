package io.fanfare.store.integration;

/** Text from outside, made fit for a column. */
final class Text {

    private Text() {}

    /** Without the zero characters that a database refuses, and cut to a length in characters. */
    static String limited(String text, int maxLength) {
        String clean = text.replace("\0", "");
        if (clean.length() <= maxLength) {
            return clean;
        }
        boolean wouldSplitPair = Character.isHighSurrogate(clean.charAt(maxLength - 1));
        return clean.substring(0, wouldSplitPair ? maxLength - 1 : maxLength);
    }
}
