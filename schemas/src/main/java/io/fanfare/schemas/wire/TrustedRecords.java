package io.fanfare.schemas.wire;

import io.fanfare.events.PlayCompleted;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;

/**
 * Avro makes objects only of classes that it was told to trust, whatever a schema names. It is told of our generated
 * records, once per process, in addition to what it trusts already.
 */
final class TrustedRecords {

    private static final String PACKAGE = PlayCompleted.class.getPackageName();

    static {
        ClassSecurityPredicate others = ClassSecurityValidator.getGlobal();
        ClassSecurityPredicate ours = type -> type.getPackageName().equals(PACKAGE);
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(others, ours));
    }

    private TrustedRecords() {}

    /** Returns when they are trusted. */
    static void ensure() {
        // Loading this class is what does it.
    }
}
