package io.fanfare.edge.paging;

import io.fanfare.edge.error.Refused;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is asked for: the query parameters {@code cursor} and {@code limit}. Controllers take it as an argument.
 *
 * @param limit 1 to 100
 * @param position behind which the page begins, as the list itself gave it to {@link Page#of}; null = from the start
 */
public record Paging(int limit, @Nullable String position) {

    public static final int DEFAULT_LIMIT = 20;
    public static final int MAX_LIMIT = 100;
    private static final int MAX_CURSOR_LENGTH = 500;

    public Paging {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit is %d, expected 1 to %d".formatted(limit, MAX_LIMIT));
        }
    }

    /** How much to read in order to know whether there is more. */
    public int limitPlusOne() {
        return limit + 1;
    }

    public Optional<String> after() {
        return Optional.ofNullable(position);
    }

    /** Where the page begins, as the type that the list is ordered by; a cursor that is none is VALIDATION_FAILED. */
    public <T> @Nullable T after(Function<String, T> type) {
        if (position == null) {
            return null;
        }
        try {
            return type.apply(position);
        } catch (IllegalArgumentException _) {
            throw invalidCursor();
        }
    }

    static Paging parse(@Nullable String limit, @Nullable String cursor) {
        return new Paging(limit(limit), cursor == null || cursor.isEmpty() ? null : position(cursor));
    }

    static String cursor(String position) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(position.getBytes(StandardCharsets.UTF_8));
    }

    private static int limit(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return DEFAULT_LIMIT;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException _) {
            throw invalidLimit(text);
        }
        throw invalidLimit(text);
    }

    private static String position(String cursor) {
        if (cursor.length() > MAX_CURSOR_LENGTH) {
            throw invalidCursor();
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(cursor);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException _) {
            throw invalidCursor();
        }
    }

    private static Refused invalidLimit(String text) {
        return Refused.invalid("limit", "is '%s', expected 1 to %d".formatted(text, MAX_LIMIT));
    }

    private static Refused invalidCursor() {
        return Refused.invalid("cursor", "is not one that a page of this list ended with");
    }
}
