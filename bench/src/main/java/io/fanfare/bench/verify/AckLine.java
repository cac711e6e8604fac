package io.fanfare.bench.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One line of the file of acknowledgements.
 *
 * @param place where it is, for messages
 */
record AckLine(JsonNode json, String place) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static AckLine parse(String line, String place) throws IOException {
        try {
            return new AckLine(JSON.readTree(line), place);
        } catch (JsonProcessingException e) {
            throw new IOException("%s: not JSON: %s".formatted(place, line), e);
        }
    }

    Ref player() throws IOException {
        return new Ref(required("tenant"), required("player"));
    }

    String required(String name) throws IOException {
        String value = text(name);
        if (value == null || value.isEmpty()) {
            throw new IOException("%s: no %s".formatted(place, name));
        }
        return value;
    }

    @Nullable
    String text(String name) {
        return json.path(name).textValue();
    }

    /** Whether it was well, in the word for that, or refused. */
    String status(String good) throws IOException {
        String status = required("status");
        if (!status.equals(good) && !status.equals("refused")) {
            throw new IOException("%s: the status is '%s', expected %s or refused".formatted(place, status, good));
        }
        return status;
    }

    /** @throws IOException where there is a field that is none of these */
    void requireOnly(Set<String> fields) throws IOException {
        for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!fields.contains(name)) {
                throw new IOException("%s: unknown field %s, expected some of %s".formatted(place, name, fields));
            }
        }
    }
}
