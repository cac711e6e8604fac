package io.fanfare.cli;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** What the bytes of a value stand for. */
sealed interface Decoded {

    /** A record of a known schema. */
    record Value(String type, int schemaId, JsonNode json) implements Decoded {}

    /** There is no value. */
    record Nothing() implements Decoded {}

    /**
     * Bytes that are no record.
     *
     * @param schemaId that they name; null where they name none
     * @param raw the beginning of them: text, or {@code base64:…}
     */
    record Unreadable(@Nullable Integer schemaId, String why, String raw) implements Decoded {}
}
