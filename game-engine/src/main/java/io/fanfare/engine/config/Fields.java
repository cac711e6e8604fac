package io.fanfare.engine.config;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@link Document} field by field. Every method throws {@link FieldsRefused} with the field's path where the value is
 * not what was asked for; {@link #refuseUnread()} at the end refuses the fields that nobody asked for.
 */
public final class Fields {

    private static final int MAX_ITEMS = 1_000;

    private final String path;
    private final Map<String, @Nullable Object> values;
    private final Set<String> read = new HashSet<>();
    private final List<Fields> children = new ArrayList<>();

    private Fields(String path, Map<String, @Nullable Object> values) {
        this.path = path;
        this.values = values;
    }

    /** @param path what stands before the field names in a refusal, such as {@code handler_config}; may be empty */
    public static Fields of(String path, Document document) {
        return new Fields(path, document.values());
    }

    public String text(String name) {
        return optionalText(name).orElseThrow(() -> refused(name, "is missing, expected text"));
    }

    public Optional<String> optionalText(String name) {
        return switch (value(name)) {
            case null -> Optional.empty();
            case String text -> Optional.of(text);
            case Object other -> throw refused(name, "is %s, expected text".formatted(other));
        };
    }

    public long integer(String name) {
        return optionalInteger(name).orElseThrow(() -> refused(name, "is missing, expected a whole number"));
    }

    public long integerOr(String name, long whenAbsent) {
        return optionalInteger(name).orElse(whenAbsent);
    }

    public Optional<Long> optionalInteger(String name) {
        return switch (value(name)) {
            case null -> Optional.empty();
            case Number number -> Optional.of(whole(name, number));
            case Object other -> throw refused(name, "is %s, expected a whole number".formatted(other));
        };
    }

    /** A finite number. */
    public double number(String name) {
        return switch (value(name)) {
            case null -> throw refused(name, "is missing, expected a number");
            case Number number when Double.isFinite(number.doubleValue()) -> number.doubleValue();
            case Object other -> throw refused(name, "is %s, expected a number".formatted(other));
        };
    }

    public boolean flagOr(String name, boolean whenAbsent) {
        return switch (value(name)) {
            case null -> whenAbsent;
            case Boolean flag -> flag;
            case Object other -> throw refused(name, "is %s, expected true or false".formatted(other));
        };
    }

    /** A list of objects, at most 1,000. */
    public List<Fields> objects(String name) {
        List<?> items = switch (value(name)) {
            case null -> throw refused(name, "is missing, expected a list");
            case List<?> list when list.size() <= MAX_ITEMS -> list;
            case List<?> list ->
                throw refused(name, "has %d items, expected at most %d".formatted(list.size(), MAX_ITEMS));
            case Object other -> throw refused(name, "is %s, expected a list".formatted(other));
        };
        var objects = new ArrayList<Fields>();
        for (Object item : items) {
            objects.add(object("%s[%d]".formatted(name, objects.size()), item));
        }
        return objects;
    }

    /** Refuses what was not asked for, here and in the objects inside. */
    public void refuseUnread() {
        var violations = new ArrayList<FieldViolation>();
        collectUnread(violations);
        if (!violations.isEmpty()) {
            throw new FieldsRefused(violations);
        }
    }

    /** A refusal of one field of this object, for rules beyond its type. */
    public FieldsRefused refused(String name, String description) {
        return new FieldsRefused(pathOf(name), description);
    }

    private void collectUnread(List<FieldViolation> violations) {
        for (String name : values.keySet()) {
            if (!read.contains(name)) {
                violations.add(new FieldViolation(pathOf(name), "is not known"));
            }
        }
        children.forEach(child -> child.collectUnread(violations));
    }

    private @Nullable Object value(String name) {
        read.add(name);
        return values.get(name);
    }

    private Fields object(String name, @Nullable Object item) {
        if (!(item instanceof Map<?, ?> map)) {
            throw refused(name, "is %s, expected an object".formatted(item));
        }
        @SuppressWarnings("unchecked") // a Document holds no other maps
        var object = new Fields(pathOf(name), (Map<String, @Nullable Object>) map);
        children.add(object);
        return object;
    }

    private long whole(String name, Number number) {
        try {
            return new BigDecimal(number.toString()).longValueExact();
        } catch (ArithmeticException | NumberFormatException _) {
            throw refused(name, "is %s, expected a whole number".formatted(number));
        }
    }

    private String pathOf(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
