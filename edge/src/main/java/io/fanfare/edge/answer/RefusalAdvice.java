package io.fanfare.edge.answer;

import io.fanfare.edge.error.Reason;
import io.fanfare.edge.error.Refused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

/** The one place where whatever a request ended in becomes an answer; a service may answer what is its own before. */
@ControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
final class RefusalAdvice {

    private static final Logger log = LoggerFactory.getLogger(RefusalAdvice.class);

    private final RefusalWriter writer;

    RefusalAdvice(RefusalWriter writer) {
        this.writer = writer;
    }

    @ExceptionHandler
    void answer(Throwable thrown, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (thrown instanceof AsyncRequestNotUsableException || response.isCommitted()) {
            log.debug("{} {} ended after its answer had begun", request.getMethod(), request.getRequestURI(), thrown);
            return;
        }
        Refused refused = Translation.of(thrown);
        record(refused, thrown, request);
        if (thrown instanceof HttpRequestMethodNotSupportedException method) {
            String[] supported = method.getSupportedMethods();
            response.setHeader(
                    HttpHeaders.ALLOW, String.join(", ", Set.of(supported == null ? new String[0] : supported)));
        }
        writer.write(request, response, refused);
    }

    static void record(Refused refused, Throwable thrown, HttpServletRequest request) {
        if (refused.reason() == Reason.INTERNAL || refused.reason() == Reason.HANDLER_NOT_FOUND) {
            log.error("{} {} failed", request.getMethod(), request.getRequestURI(), thrown);
        } else if (refused.reason().isOurs()) {
            log.warn("{} {} is unavailable: {}", request.getMethod(), request.getRequestURI(), String.valueOf(thrown));
        }
    }
}
