package io.fanfare.edge.trace;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The place of some work in a distributed trace, as in W3C Trace Context.
 *
 * @param traceId 32 lower-case hex digits, not all zero; the same for everything that one request causes
 * @param spanId 16 lower-case hex digits, not all zero; this service's own part of it
 */
public record TraceContext(String traceId, String spanId) {

    /** Under which name the trace id stands in log lines. */
    public static final String LOG_KEY = "trace_id";

    private static final ScopedValue<TraceContext> CURRENT = ScopedValue.newInstance();
    private static final Pattern TRACEPARENT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-.*)?");
    private static final int TRACE_ID_DIGITS = 32;
    private static final int SPAN_ID_DIGITS = 16;

    public TraceContext {
        if (!isId(traceId, TRACE_ID_DIGITS)) {
            throw new IllegalArgumentException("trace id is '%s', expected 32 hex digits".formatted(traceId));
        }
        if (!isId(spanId, SPAN_ID_DIGITS)) {
            throw new IllegalArgumentException("span id is '%s', expected 16 hex digits".formatted(spanId));
        }
    }

    /** A new trace. */
    public static TraceContext fresh() {
        return new TraceContext(randomHex() + randomHex(), randomHex());
    }

    /** The one of the work that runs now; a new one where none was bound. */
    public static TraceContext current() {
        return CURRENT.isBound() ? CURRENT.get() : fresh();
    }

    /** A part of its own within the trace that a {@code traceparent} header names; a new trace where it names none. */
    public static TraceContext continuing(@Nullable String traceparent) {
        return parent(traceparent).orElseGet(TraceContext::fresh);
    }

    static TraceContext continuing(@Nullable String traceparent, @Nullable String traceId) {
        return parent(traceparent).or(() -> within(traceId)).orElseGet(TraceContext::fresh);
    }

    private static Optional<TraceContext> parent(@Nullable String traceparent) {
        if (traceparent == null) {
            return Optional.empty();
        }
        Matcher matcher = TRACEPARENT.matcher(traceparent);
        return matcher.matches() && isId(matcher.group(2), SPAN_ID_DIGITS)
                ? within(matcher.group(1))
                : Optional.empty();
    }

    private static Optional<TraceContext> within(@Nullable String traceId) {
        if (traceId == null) {
            return Optional.empty();
        }
        String plain = traceId.replace("-", "").toLowerCase(Locale.ROOT);
        return isId(plain, TRACE_ID_DIGITS) ? Optional.of(new TraceContext(plain, randomHex())) : Optional.empty();
    }

    /** The header that makes the next service continue this trace; it also goes into the outbox. */
    public String traceparent() {
        return "00-%s-%s-01".formatted(traceId, spanId);
    }

    /** Does some work under this context: {@link #current()} and log lines know it. */
    public <X extends Throwable> void run(Work<X> work) throws X {
        try (var _ = MDC.putCloseable(LOG_KEY, traceId)) {
            ScopedValue.where(CURRENT, this).<@Nullable Object, X>call(() -> {
                work.run();
                return null;
            });
        }
    }

    /**
     * Something to do.
     *
     * @param <X> what it may throw
     */
    @FunctionalInterface
    public interface Work<X extends Throwable> {
        void run() throws X;
    }

    /** Each request comes by here, so no pattern is matched. */
    private static boolean isId(String text, int digits) {
        boolean isHex = text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
        return text.length() == digits && isHex && text.chars().anyMatch(c -> c != '0');
    }

    private static String randomHex() {
        long bits = ThreadLocalRandom.current().nextLong();
        return bits == 0 ? randomHex() : HexFormat.of().toHexDigits(bits);
    }
}
