package io.fanfare.schemas.wire;

import org.apache.avro.Schema;

/** A registry that speaks the Confluent protocol: it gives a schema an id, and the schema back for the id. */
public interface SchemaRegistry {

    /**
     * The id of a schema under a subject; registers it as the newest version where it is not there yet.
     *
     * @throws RegistryUnavailable where the registry cannot answer now
     * @throws SchemaRefused where the registry holds it incompatible with an earlier version
     */
    int register(String subject, Schema schema);

    /**
     * The schema that an id stands for.
     *
     * @throws RegistryUnavailable where the registry cannot answer now
     * @throws UnknownSchema where it says that there is none
     */
    Schema schema(int id);

    /** The registry cannot be asked now: worth another try. */
    final class RegistryUnavailable extends RuntimeException {
        public RegistryUnavailable(String what, Throwable cause) {
            super(what, cause);
        }

        public RegistryUnavailable(String what) {
            super(what);
        }
    }

    /** The registry will not take this schema: a change that readers of the earlier version could not bear. */
    final class SchemaRefused extends RuntimeException {
        public SchemaRefused(String subject, String why) {
            super("subject %s: %s".formatted(subject, why));
        }
    }

    /** No schema has this id. */
    final class UnknownSchema extends RuntimeException {
        public UnknownSchema(int id) {
            super("no schema has id %d".formatted(id));
        }
    }
}
