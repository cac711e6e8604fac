package io.fanfare.play.idempotency;

import io.fanfare.engine.play.KeptAnswer;
import io.fanfare.play.idempotency.RequestKey.AnsweredBefore;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Gives an answer once more, word for word. */
@ControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class KeptAnswers {

    private final JsonMapper json;

    KeptAnswers(JsonMapper json) {
        this.json = json;
    }

    @ExceptionHandler
    void again(AnsweredBefore before, HttpServletResponse response) throws IOException {
        write(before.answer(), response);
    }

    void write(KeptAnswer answer, HttpServletResponse response) throws IOException {
        response.resetBuffer();
        response.setStatus(answer.status());
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setHeader("X-Trace-Id", traceId(answer));
        response.setHeader("Idempotent-Replayed", "true");
        response.getOutputStream().write(answer.body().getBytes(StandardCharsets.UTF_8));
    }

    /** The header repeats what the envelope says, and that is the trace of the first request. */
    private String traceId(KeptAnswer answer) {
        try {
            return json.readTree(answer.body()).path("trace_id").stringValue("");
        } catch (JacksonException e) {
            throw new IllegalStateException("an answer was kept that is no JSON", e);
        }
    }
}
