package io.fanfare.engine.config;

import io.fanfare.engine.identity.OpaqueId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What one value may be: how it is read, and how JSON Schema says the same. Both are written in one place, so what is
 * published and what is checked cannot differ.
 *
 * @param <V> what it is read into
 */
public final class Kind<V> {

    private static final int MAX_TEXT = 4_000;
    private static final int MAX_NAMES = 1_000;
    private static final long LAST_SECOND = 253_402_300_799L;

    private final Map<String, Object> schema;
    private final Reader<V> reader;

    /** Reads a value that is there. */
    private interface Reader<V> {

        /** @throws FieldsRefused naming {@code path}, or a path inside it */
        V read(String path, Object value);
    }

    private Kind(Map<String, Object> schema, Reader<V> reader) {
        this.schema = schema;
        this.reader = reader;
    }

    public static Kind<String> text(int maxLength) {
        return new Kind<>(Map.of("type", "string", "maxLength", maxLength), (path, value) -> {
            String text = requireText(path, value);
            if (text.length() > maxLength) {
                throw new FieldsRefused(
                        path, "has %d characters, expected at most %d".formatted(text.length(), maxLength));
            }
            return text;
        });
    }

    /** What {@link OpaqueId} allows. */
    public static Kind<String> id() {
        return new Kind<>(
                Map.of("type", "string", "pattern", "^[A-Za-z0-9_.-]+$", "maxLength", OpaqueId.MAX_LENGTH),
                (path, value) -> {
                    String text = requireText(path, value);
                    if (!OpaqueId.isValid(text)) {
                        throw new FieldsRefused(
                                path,
                                "is '%s', expected 1 to %d letters, digits, '_', '-' or '.'"
                                        .formatted(text, OpaqueId.MAX_LENGTH));
                    }
                    return text;
                });
    }

    /** An id, or nothing: an empty text. */
    public static Kind<Optional<String>> idOrEmpty() {
        return new Kind<>(
                Map.of("type", "string", "pattern", "^[A-Za-z0-9_.-]*$", "maxLength", OpaqueId.MAX_LENGTH),
                (path, value) -> "".equals(value) ? Optional.empty() : Optional.of(id().read(path, value)));
    }

    /** One of a few words; {@code named} gives the value of each. */
    public static <E> Kind<E> word(Map<String, E> named) {
        var words = List.copyOf(new TreeSet<>(named.keySet()));
        return new Kind<>(Map.of("type", "string", "enum", words), (path, value) -> {
            E found = value instanceof String text ? named.get(text) : null;
            if (found == null) {
                throw new FieldsRefused(path, "is %s, expected one of %s".formatted(shown(value), words));
            }
            return found;
        });
    }

    public static Kind<Long> integer(long min, long max) {
        return new Kind<>(Map.of("type", "integer", "minimum", min, "maximum", max), (path, value) -> {
            long whole = requireWhole(path, value);
            if (whole < min || whole > max) {
                throw new FieldsRefused(path, "is %d, expected %d to %d".formatted(whole, min, max));
            }
            return whole;
        });
    }

    /**
     * An integer whose bound was higher before: what was saved then is still read. Whoever declares it refuses more than
     * {@code max} when something is saved.
     *
     * @param before the bound at the time, above {@code max}
     */
    public static Kind<Long> loweredInteger(long min, long max, long before) {
        return new Kind<>(integer(min, max).schema, integer(min, before).reader);
    }

    /** A number of 0 or more, kept as it was written. */
    public static Kind<BigDecimal> weight() {
        return new Kind<>(Map.of("type", "number", "minimum", 0), (path, value) -> {
            BigDecimal number = requireDecimal(path, value);
            if (number.signum() < 0) {
                throw new FieldsRefused(path, "is %s, expected 0 or more".formatted(number));
            }
            return number;
        });
    }

    public static Kind<Boolean> flag() {
        return new Kind<>(Map.of("type", "boolean"), (path, value) -> switch (value) {
            case Boolean flag -> flag;
            default -> throw new FieldsRefused(path, "is %s, expected true or false".formatted(shown(value)));
        });
    }

    /** A point in time, as unix seconds. */
    public static Kind<Instant> instant() {
        return integer(0, LAST_SECOND).as(Instant::ofEpochSecond);
    }

    public static <T> Kind<T> object(Form<T> form) {
        return new Kind<>(form.objectSchema(), (path, value) -> form.readObject(path, requireObject(path, value)));
    }

    public static <T> Kind<List<T>> list(Kind<T> item, int min, int max) {
        return new Kind<>(
                Map.of("type", "array", "minItems", min, "maxItems", max, "items", item.schema), (path, value) -> {
                    List<?> items = requireList(path, value);
                    if (items.size() < min || items.size() > max) {
                        throw new FieldsRefused(
                                path, "has %d items, expected %d to %d".formatted(items.size(), min, max));
                    }
                    return readAll(path, items, item);
                });
    }

    /** An object whose names are up to the operator, each with a value of the same kind. */
    public static <T> Kind<Map<String, T>> named(Kind<T> each) {
        return new Kind<>(
                Map.of("type", "object", "additionalProperties", each.schema, "maxProperties", MAX_NAMES),
                (path, value) -> readNamed(path, requireObject(path, value), each));
    }

    /** The same on the wire, read into something else. */
    public <W> Kind<W> as(Function<V, W> into) {
        return new Kind<>(schema, (path, value) -> into.apply(reader.read(path, value)));
    }

    Map<String, Object> schema() {
        return schema;
    }

    V read(String path, Object value) {
        return reader.read(path, value);
    }

    private static <T> List<T> readAll(String path, List<?> items, Kind<T> item) {
        var read = new ArrayList<T>();
        var violations = new ArrayList<FieldViolation>();
        for (int i = 0; i < items.size(); i++) {
            String place = "%s[%d]".formatted(path, i);
            try {
                read.add(item.read(place, requirePresent(place, items.get(i))));
            } catch (FieldsRefused refused) {
                violations.addAll(refused.violations());
            }
        }
        FieldsRefused.throwAny(violations);
        return List.copyOf(read);
    }

    private static <T> Map<String, T> readNamed(String path, Map<String, @Nullable Object> values, Kind<T> each) {
        if (values.size() > MAX_NAMES) {
            throw new FieldsRefused(path, "has %d names, expected at most %d".formatted(values.size(), MAX_NAMES));
        }
        var read = new LinkedHashMap<String, T>();
        var violations = new ArrayList<FieldViolation>();
        values.forEach((name, value) -> {
            String place = path + "." + name;
            try {
                read.put(name, each.read(place, requirePresent(place, value)));
            } catch (FieldsRefused refused) {
                violations.addAll(refused.violations());
            }
        });
        FieldsRefused.throwAny(violations);
        return Map.copyOf(read);
    }

    private static Object requirePresent(String path, @Nullable Object value) {
        if (value == null) {
            throw new FieldsRefused(path, "is null");
        }
        return value;
    }

    private static String requireText(String path, Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw new FieldsRefused(path, "is %s, expected text".formatted(shown(value)));
    }

    private static List<?> requireList(String path, Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        throw new FieldsRefused(path, "is %s, expected a list".formatted(shown(value)));
    }

    private static Map<String, @Nullable Object> requireObject(String path, Object value) {
        if (value instanceof Map<?, ?> map) {
            @SuppressWarnings("unchecked") // a Document holds no other maps
            var object = (Map<String, @Nullable Object>) map;
            return object;
        }
        throw new FieldsRefused(path, "is %s, expected an object".formatted(shown(value)));
    }

    private static long requireWhole(String path, Object value) {
        try {
            return requireDecimal(path, value).longValueExact();
        } catch (ArithmeticException _) {
            throw new FieldsRefused(path, "is %s, expected a whole number".formatted(value));
        }
    }

    private static BigDecimal requireDecimal(String path, Object value) {
        if (value instanceof Number number) {
            try {
                BigDecimal decimal = new BigDecimal(number.toString());
                // A billion digits would fit into "1e1000000000", and into nothing that reckons with them.
                if (Math.abs((long) decimal.scale()) + decimal.precision() <= 400) {
                    return decimal;
                }
            } catch (NumberFormatException _) {
                // not a number, or infinite: refused below
            }
        }
        throw new FieldsRefused(path, "is %s, expected a number".formatted(shown(value)));
    }

    /** As in a refusal: whole where it is short. */
    private static String shown(Object value) {
        String text = String.valueOf(value);
        return text.length() <= MAX_TEXT / 40 ? text : text.substring(0, MAX_TEXT / 40) + "…";
    }
}
