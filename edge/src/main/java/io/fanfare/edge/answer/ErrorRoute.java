package io.fanfare.edge.answer;

import io.fanfare.edge.caller.Public;
import io.fanfare.edge.error.Reason;
import io.fanfare.edge.error.Refused;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Answers for what failed outside any handler: in a filter, or in the container itself. */
@Controller
final class ErrorRoute implements ErrorController {

    private final RefusalWriter writer;

    ErrorRoute(RefusalWriter writer) {
        this.writer = writer;
    }

    @Public
    @RequestMapping("/error")
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Refused refused = refusal(request);
        writer.write(request, response, refused);
    }

    private static Refused refusal(HttpServletRequest request) {
        if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable thrown) {
            Refused refused = Translation.of(thrown);
            RefusalAdvice.record(refused, thrown, request);
            return refused;
        }
        return request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer status
                ? Translation.ofStatus(HttpStatusCode.valueOf(status))
                : new Refused(Reason.RESOURCE_NOT_FOUND, "there is no such route");
    }
}
