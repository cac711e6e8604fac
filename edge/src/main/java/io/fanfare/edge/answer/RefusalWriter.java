package io.fanfare.edge.answer;

import io.fanfare.edge.error.Refused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/** Puts a refusal on the wire: in the envelope, or as RFC 9457 for who asks for it. */
public final class RefusalWriter {

    /** Request attribute with the name of the reason, for metrics. */
    static final String REASON_ATTRIBUTE = RefusalWriter.class.getName() + ".reason";

    private final JsonMapper json;

    RefusalWriter(JsonMapper json) {
        this.json = json;
    }

    public void write(HttpServletRequest request, HttpServletResponse response, Refused refused) throws IOException {
        request.setAttribute(REASON_ATTRIBUTE, refused.reason().name());
        boolean asProblem = prefersProblem(request);
        byte[] body = asProblem
                ? json.writeValueAsBytes(Problem.of(refused, request.getRequestURI()))
                : json.writeValueAsBytes(Envelope.refused(refused));
        response.resetBuffer();
        response.setStatus(refused.reason().httpStatus());
        response.setContentType(
                asProblem ? MediaType.APPLICATION_PROBLEM_JSON_VALUE : MediaType.APPLICATION_JSON_VALUE);
        refused.retryAfter()
                .ifPresent(wait -> response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(wholeSeconds(wait))));
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.flushBuffer();
    }

    private static boolean prefersProblem(HttpServletRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return accept != null && accept.toLowerCase(Locale.ROOT).contains(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    }

    private static long wholeSeconds(Duration wait) {
        return Math.max(1, wait.plusMillis(999).toSeconds());
    }
}
