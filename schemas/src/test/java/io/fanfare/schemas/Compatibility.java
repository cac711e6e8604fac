package io.fanfare.schemas;

import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaValidationException;
import org.apache.avro.SchemaValidatorBuilder;

/** Our rule for changes of a record, stricter than the registry's: both ways, with every release. */
final class Compatibility {

    private Compatibility() {}

    /** Records are kept for ever, and services are not updated at one moment: each version must read each other. */
    static void requireBothWays(Schema change, List<Schema> releases) throws SchemaValidationException {
        new SchemaValidatorBuilder().mutualReadStrategy().validateAll().validate(change, releases.reversed());
    }

    /** What the registry is asked for: a change must read every release. */
    static void requireBackward(Schema change, List<Schema> releases) throws SchemaValidationException {
        new SchemaValidatorBuilder().canReadStrategy().validateAll().validate(change, releases.reversed());
    }
}
