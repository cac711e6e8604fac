package io.fanfare.engine.config;

import java.util.List;

/** A document that cannot be read into what was asked for. Thrown by readers, turned into an outcome by who calls them. */
public final class FieldsRefused extends RuntimeException {

    private final transient List<FieldViolation> violations;

    public FieldsRefused(List<FieldViolation> violations) {
        super(violations.toString());
        this.violations = List.copyOf(violations);
    }

    public FieldsRefused(String field, String description) {
        this(List.of(new FieldViolation(field, description)));
    }

    /** Refuses where there is anything to refuse. */
    static void throwAny(List<FieldViolation> violations) {
        if (!violations.isEmpty()) {
            throw new FieldsRefused(violations);
        }
    }

    public List<FieldViolation> violations() {
        return violations;
    }
}
