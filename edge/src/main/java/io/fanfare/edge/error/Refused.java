package io.fanfare.edge.error;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.config.FieldViolation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request that ends in an error of the API. Thrown at the edge only, where a refusal of the domain becomes an answer; one
 * place translates it into the envelope.
 */
public final class Refused extends RuntimeException {

    private final Reason reason;
    private final Map<String, String> metadata;
    private final List<FieldViolation> fieldViolations;
    private final @Nullable Duration retryAfter;

    /** @param message for people; it may hold what the caller sent, never what the server knows */
    public Refused(Reason reason, String message) {
        this(reason, message, Map.of(), List.of(), null, null);
    }

    public Refused(Reason reason, String message, Map<String, String> metadata) {
        this(reason, message, metadata, List.of(), null, null);
    }

    private Refused(
            Reason reason,
            String message,
            Map<String, String> metadata,
            List<FieldViolation> fieldViolations,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause) {
        super(message, cause);
        this.reason = requireNonNull(reason, "reason");
        this.metadata = Map.copyOf(metadata);
        this.fieldViolations = List.copyOf(fieldViolations);
        this.retryAfter = retryAfter;
    }

    /** VALIDATION_FAILED for one field. */
    public static Refused invalid(String field, String description) {
        return invalid(List.of(new FieldViolation(field, description)));
    }

    /** VALIDATION_FAILED for some fields, at least one. */
    public static Refused invalid(List<FieldViolation> problems) {
        var first = problems.getFirst();
        String message = "%s %s".formatted(first.field(), first.description());
        return new Refused(Reason.VALIDATION_FAILED, message, Map.of(), problems, null, null);
    }

    /** RESOURCE_NOT_FOUND: the same words whether it does not exist or belongs to somebody else. */
    public static Refused notFound(String kind, Object id) {
        return new Refused(Reason.RESOURCE_NOT_FOUND, "no %s has the id '%s'".formatted(kind, id));
    }

    /** UNAVAILABLE, worth another try after the given time. */
    public static Refused unavailable(String message, Duration retryAfter) {
        return new Refused(Reason.UNAVAILABLE, message, Map.of(), List.of(), retryAfter, null);
    }

    /** UNAVAILABLE, worth another try after the given time. */
    public static Refused unavailable(String message, Duration retryAfter, Throwable cause) {
        return new Refused(Reason.UNAVAILABLE, message, Map.of(), List.of(), retryAfter, cause);
    }

    public Reason reason() {
        return reason;
    }

    /** What it is about, by name. */
    public Map<String, String> metadata() {
        return metadata;
    }

    public List<FieldViolation> fieldViolations() {
        return fieldViolations;
    }

    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    @Override
    public String getMessage() {
        return requireNonNull(super.getMessage());
    }
}
