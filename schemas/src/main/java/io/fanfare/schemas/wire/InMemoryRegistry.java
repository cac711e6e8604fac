package io.fanfare.schemas.wire;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaValidationException;
import org.apache.avro.SchemaValidatorBuilder;

/** A registry without a server, for topology tests and embedded programs; refuses what the real one refuses. */
public final class InMemoryRegistry implements SchemaRegistry {

    private final Map<String, List<Schema>> versions = new HashMap<>();
    private final List<Schema> byId = new ArrayList<>();

    @Override
    public synchronized int register(String subject, Schema schema) {
        List<Schema> known = versions.computeIfAbsent(subject, _ -> new ArrayList<>());
        if (!known.contains(schema)) {
            requireReadable(subject, schema, known);
            known.add(schema);
        }
        if (!byId.contains(schema)) {
            byId.add(schema);
        }
        return byId.indexOf(schema) + 1;
    }

    @Override
    public synchronized Schema schema(int id) {
        if (id < 1 || id > byId.size()) {
            throw new UnknownSchema(id);
        }
        return byId.get(id - 1);
    }

    private static void requireReadable(String subject, Schema schema, List<Schema> earlier) {
        try {
            new SchemaValidatorBuilder().canReadStrategy().validateLatest().validate(schema, earlier.reversed());
        } catch (SchemaValidationException e) {
            throw new SchemaRefused(subject, String.valueOf(e.getMessage()));
        }
    }
}
