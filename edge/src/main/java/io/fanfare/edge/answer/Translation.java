package io.fanfare.edge.answer;

import static java.util.stream.Collectors.joining;

import io.fanfare.edge.error.Reason;
import io.fanfare.edge.error.Refused;
import io.fanfare.engine.config.FieldsRefused;
import io.fanfare.schemas.wire.SchemaRegistry.RegistryUnavailable;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** Says for everything that can be thrown which error of the API it is. */
final class Translation {

    private static final Duration SOON = Duration.ofSeconds(2);

    private static final Set<Class<?>> WHOLE_NUMBERS = Set.of(int.class, Integer.class, long.class, Long.class);

    private Translation() {}

    /** The refusal that stands for it. INTERNAL is a bug and says nothing about itself: the caller logs it. */
    static Refused of(Throwable thrown) {
        return switch (thrown) {
            case Refused refused -> refused;
            case FieldsRefused refused -> Refused.invalid(refused.violations());
            case HttpMessageNotReadableException unreadable -> ofBody(unreadable);
            case HttpMediaTypeNotSupportedException unsupported ->
                new Refused(
                        Reason.UNSUPPORTED_MEDIA_TYPE,
                        "the body is of media type '%s', expected %s"
                                .formatted(
                                        unsupported.getContentType(),
                                        unsupported.getSupportedMediaTypes().stream()
                                                .filter(type ->
                                                        !type.getSubtype().startsWith("*"))
                                                .map(Object::toString)
                                                .collect(joining(", "))));
            case HttpMediaTypeNotAcceptableException _ ->
                Refused.invalid("Accept", "names no media type that this route can answer with");
            case HttpRequestMethodNotSupportedException method ->
                new Refused(
                        Reason.METHOD_NOT_ALLOWED, "the route does not know method %s".formatted(method.getMethod()));
            case MissingServletRequestParameterException missing ->
                Refused.invalid(missing.getParameterName(), "is missing");
            case MissingRequestHeaderException missing -> Refused.invalid(missing.getHeaderName(), "is missing");
            case MethodArgumentTypeMismatchException mismatch -> ofArgument(mismatch);
            case TypeMismatchException mismatch ->
                Refused.invalid(String.valueOf(mismatch.getPropertyName()), "is not what it should be");
            case ErrorResponse response
            when !response.getStatusCode().is5xxServerError() -> ofStatus(response.getStatusCode());
            default -> ofFailure(thrown);
        };
    }

    /** The refusal for an HTTP status that somebody below us chose. */
    static Refused ofStatus(HttpStatusCode status) {
        return switch (status.value()) {
            case 401 -> new Refused(Reason.UNAUTHENTICATED, "credentials are needed");
            case 403 -> new Refused(Reason.PERMISSION_DENIED, "this is not allowed");
            case 404 -> new Refused(Reason.RESOURCE_NOT_FOUND, "there is no such route");
            case 405 -> new Refused(Reason.METHOD_NOT_ALLOWED, "the route does not know this method");
            case 413 -> new Refused(Reason.PAYLOAD_TOO_LARGE, "the body is too large");
            case 415 -> new Refused(Reason.UNSUPPORTED_MEDIA_TYPE, "the route does not take this media type");
            case 503 -> Refused.unavailable("the server cannot answer now", SOON);
            default ->
                status.is4xxClientError()
                        ? new Refused(Reason.VALIDATION_FAILED, "the request is malformed")
                        : new Refused(Reason.INTERNAL, "something went wrong");
        };
    }

    private static Refused ofBody(HttpMessageNotReadableException unreadable) {
        // What the stream refused in mid-read, the body's limit above all, comes wrapped by the one who read a field.
        Optional<Refused> whileReading = causes(unreadable)
                .filter(Refused.class::isInstance)
                .map(Refused.class::cast)
                .findFirst();
        return whileReading.orElseGet(() -> ofContent(unreadable));
    }

    private static Refused ofContent(HttpMessageNotReadableException unreadable) {
        return switch (unreadable.getCause()) {
            case UnrecognizedPropertyException unknown -> Refused.invalid(path(unknown), "is not known");
            case ValueInstantiationException refused
            when refused.getCause() instanceof IllegalArgumentException why ->
                Refused.invalid(path(refused), "is refused: " + why.getMessage());
            case InvalidFormatException wrong ->
                Refused.invalid(
                        path(wrong), "is '%s', expected %s".formatted(wrong.getValue(), kind(wrong.getTargetType())));
            case MismatchedInputException wrong ->
                Refused.invalid(path(wrong), "should be " + kind(wrong.getTargetType()));
            case StreamReadException malformed ->
                Refused.invalid("body", "is not well-formed JSON" + place(malformed.getLocation()));
            case null -> Refused.invalid("body", "is missing");
            default -> new Refused(Reason.VALIDATION_FAILED, "the body cannot be read");
        };
    }

    private static Refused ofArgument(MethodArgumentTypeMismatchException mismatch) {
        return mismatch.getParameter().hasParameterAnnotation(PathVariable.class)
                ? Refused.notFound(mismatch.getName(), String.valueOf(mismatch.getValue()))
                : Refused.invalid(
                        mismatch.getName(),
                        "is '%s', expected %s".formatted(mismatch.getValue(), kind(mismatch.getRequiredType())));
    }

    private static Refused ofFailure(Throwable thrown) {
        return causes(thrown).anyMatch(Translation::isOutage)
                ? Refused.unavailable("something the server needs does not answer", SOON, thrown)
                : new Refused(Reason.INTERNAL, "something went wrong; the trace id finds it in the logs");
    }

    private static boolean isOutage(Throwable cause) {
        return switch (cause) {
            case SQLTransientConnectionException _,
                    SQLNonTransientConnectionException _,
                    SQLRecoverableException _,
                    RegistryUnavailable _,
                    ResourceAccessException _,
                    HttpTimeoutException _,
                    RejectedExecutionException _,
                    ConnectException _ -> true;
            case SQLException sql -> isOutage(sql.getSQLState());
            default -> false;
        };
    }

    /**
     * Connection lost (08), server shutting down or starting (57P), out of connections or disk (53), still in conflict with
     * others after all retries (40, 55P): nothing was changed.
     */
    private static boolean isOutage(@Nullable String sqlState) {
        return sqlState != null && Stream.of("08", "57P", "53", "40", "55P").anyMatch(sqlState::startsWith);
    }

    private static Stream<Throwable> causes(Throwable thrown) {
        Set<Throwable> seen = new HashSet<>();
        return Stream.<Throwable>iterate(thrown, cause -> cause != null && seen.add(cause), Throwable::getCause);
    }

    private static String path(JacksonException problem) {
        var path = new StringBuilder();
        for (var reference : problem.getPath()) {
            if (reference.getPropertyName() == null) {
                path.append('[').append(reference.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(reference.getPropertyName());
            }
        }
        return path.isEmpty() ? "body" : path.toString();
    }

    private static String kind(@Nullable Class<?> type) {
        if (type == null) {
            return "something else";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        if (WHOLE_NUMBERS.contains(type)) {
            return "a whole number";
        }
        if (Number.class.isAssignableFrom(type) || (type.isPrimitive() && type != char.class)) {
            return "a number";
        }
        if (CharSequence.class.isAssignableFrom(type)) {
            return "a text";
        }
        if (type.isEnum()) {
            return "one of a few words";
        }
        return Iterable.class.isAssignableFrom(type) || type.isArray() ? "a list" : "an object";
    }

    private static String place(TokenStreamLocation location) {
        return location.getLineNr() < 1
                ? ""
                : " at line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
    }
}
