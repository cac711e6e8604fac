package io.fanfare.engine.config;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A document as the one text that everybody writes who writes it: JSON without spaces, names in the order of their UTF-16
 * code units, numbers without exponent and trailing zeros, in texts only {@code " \} and control characters escaped. It is what
 * JavaScript's {@code JSON.stringify} makes of an object with sorted names and whole numbers. For hashes and signatures.
 */
public final class CanonicalText {

    private CanonicalText() {}

    public static String of(Document document) {
        return value(document.values());
    }

    private static String value(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case String text -> quoted(text);
            case Boolean flag -> flag.toString();
            case Number number -> plain(new BigDecimal(number.toString()));
            case List<?> list -> list.stream().map(CanonicalText::value).collect(Collectors.joining(",", "[", "]"));
            case Map<?, ?> map -> object(map);
            default -> throw new IllegalArgumentException("%s is not part of a document".formatted(value.getClass()));
        };
    }

    private static String object(Map<?, ?> map) {
        var sorted = new TreeMap<String, String>();
        map.forEach((name, value) -> sorted.put((String) name, value(value)));
        return sorted.entrySet().stream()
                .map(entry -> quoted(entry.getKey()) + ":" + entry.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    private static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\b' -> quoted.append("\\b");
                case '\f' -> quoted.append("\\f");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> quoted.append(c < 0x20 ? "\\u%04x".formatted((int) c) : String.valueOf(c));
            }
        }
        return quoted.append('"').toString();
    }
}
