package io.fanfare.engine.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object of named values as it came from outside: text, numbers, booleans, lists and objects of the same. The engine
 * knows no JSON; whoever embeds it turns its own format into this and back.
 *
 * @param values by name, in the order they came; a value may be null
 */
public record Document(Map<String, @Nullable Object> values) {

    private static final Document EMPTY = new Document(Map.of());

    public Document {
        values = copyOf(values);
    }

    public static Document empty() {
        return EMPTY;
    }

    public static Document of(String name, Object value) {
        return new Document(Map.of(name, value));
    }

    private static Map<String, @Nullable Object> copyOf(Map<?, ?> values) {
        var copy = new LinkedHashMap<String, @Nullable Object>();
        values.forEach((name, value) -> copy.put((String) name, plain(value)));
        return Collections.unmodifiableMap(copy);
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Document document -> document.values();
            case Map<?, ?> map -> copyOf(map);
            case List<?> list ->
                Collections.unmodifiableList(list.stream().map(Document::plain).toList());
            case String text -> text;
            case Boolean flag -> flag;
            case Number number -> number;
            default ->
                throw new IllegalArgumentException(
                        "%s is not text, number, boolean, list or object".formatted(value.getClass()));
        };
    }
}
