package io.fanfare.edge.error;

import static java.util.Objects.requireNonNullElse;
import static java.util.stream.Collectors.joining;

import io.fanfare.engine.config.FieldViolation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Collects what is wrong with a body, so that the caller hears all of it at once. Every reader answers something, also where
 * the value is refused; {@link #refuseAny()} must be called before what was read is used.
 */
public final class Violations {

    private final List<FieldViolation> found = new ArrayList<>();

    public void add(String field, String description) {
        found.add(new FieldViolation(field, description));
    }

    public void addAll(List<FieldViolation> violations) {
        found.addAll(violations);
    }

    /** Takes over what others have collected. */
    public void addAll(Violations others) {
        found.addAll(others.found);
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** Ends the request where anything was found. */
    public void refuseAny() {
        if (!found.isEmpty()) {
            throw Refused.invalid(found);
        }
    }

    /** A text that must be there, of 1 to {@code maxLength} characters. */
    public String text(String field, @Nullable String value, int maxLength) {
        if (value == null || value.isBlank()) {
            add(field, "is missing");
        } else {
            requireStorable(field, value, maxLength);
        }
        return requireNonNullElse(value, "");
    }

    /** A text that may be left out, of at most {@code maxLength} characters. */
    public @Nullable String optionalText(String field, @Nullable String value, int maxLength) {
        if (value != null) {
            requireStorable(field, value, maxLength);
        }
        return value == null || value.isEmpty() ? null : value;
    }

    /** A database takes any character but the zero one. */
    private void requireStorable(String field, String value, int maxLength) {
        if (value.length() > maxLength) {
            add(field, "has %d characters, expected at most %d".formatted(value.length(), maxLength));
        } else if (value.indexOf('\0') >= 0) {
            add(field, "holds the character U+0000");
        }
    }

    /** A number that counts as 0 where it is left out. */
    public long number(String field, @Nullable Long value, long min, long max) {
        long number = requireNonNullElse(value, 0L);
        if (number < min || number > max) {
            add(field, "is %d, expected %d to %d".formatted(number, min, max));
        }
        return number;
    }

    /** One of the constants of an enumeration, by its name on the wire. */
    public <E extends Enum<E>> E word(
            String field, @Nullable String value, E whenAbsent, Function<E, String> wireName) {
        return value == null ? whenAbsent : oneOf(field, value, whenAbsent, wireName);
    }

    /** The same, where it must be there; {@code any} stands in where it is not. */
    public <E extends Enum<E>> E requiredWord(
            String field, @Nullable String value, E any, Function<E, String> wireName) {
        if (value == null) {
            add(field, "is missing, expected one of " + words(any, wireName));
            return any;
        }
        return oneOf(field, value, any, wireName);
    }

    private <E extends Enum<E>> E oneOf(String field, String value, E otherwise, Function<E, String> wireName) {
        for (E constant : otherwise.getDeclaringClass().getEnumConstants()) {
            if (wireName.apply(constant).equals(value)) {
                return constant;
            }
        }
        add(field, "is '%s', expected one of %s".formatted(value, words(otherwise, wireName)));
        return otherwise;
    }

    private static <E extends Enum<E>> String words(E any, Function<E, String> wireName) {
        return Arrays.stream(any.getDeclaringClass().getEnumConstants())
                .map(wireName)
                .collect(joining(", "));
    }
}
