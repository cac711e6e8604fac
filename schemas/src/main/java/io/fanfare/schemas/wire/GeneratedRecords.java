package io.fanfare.schemas.wire;

import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;

/**
 * Tells Avro that our generated classes may be instantiated. Since 1.12.2 it loads only classes that it was told to trust,
 * because a schema is data and may name any class.
 */
public final class GeneratedRecords {

    private static final String PACKAGE = "io.fanfare.events";

    static {
        ClassSecurityPredicate others = ClassSecurityValidator.getGlobal();
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                others, type -> type.getPackageName().equals(PACKAGE)));
    }

    private GeneratedRecords() {}

    /** From here on they can be read, written and copied; adds to what is trusted already. */
    public static void trust() {
        // The work is done once, when this class is initialised.
    }
}
