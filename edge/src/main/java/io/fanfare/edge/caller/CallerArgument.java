package io.fanfare.edge.caller;

import io.fanfare.edge.error.Reason;
import io.fanfare.edge.error.Refused;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Hands a controller its {@link Caller}. */
final class CallerArgument implements HandlerMethodArgumentResolver {

    private final Credentials credentials;

    CallerArgument(Credentials credentials) {
        this.credentials = credentials;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Caller.class;
    }

    @Override
    public @Nullable Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest webRequest,
            @Nullable WebDataBinderFactory binderFactory) {
        HttpServletRequest request = webRequest.getNativeRequest(HttpServletRequest.class);
        Optional<Caller> caller = request == null ? Optional.empty() : credentials.read(request);
        if (caller.isEmpty() && !parameter.isOptional()) {
            throw new Refused(Reason.UNAUTHENTICATED, "this needs credentials, and none came");
        }
        return caller.orElse(null);
    }
}
