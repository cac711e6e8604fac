package io.fanfare.edge.caller;

import static java.util.stream.Collectors.joining;

import io.fanfare.edge.error.Reason;
import io.fanfare.edge.error.Refused;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Lets a request through to its route, or not: the caller needs one of the roles that the route declares. */
final class RouteGate implements HandlerInterceptor {

    private final Credentials credentials;

    RouteGate(Credentials credentials) {
        this.credentials = credentials;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getDispatcherType() == DispatcherType.REQUEST
                && handler instanceof HandlerMethod method
                && DeclaredRoutes.isOurs(method)) {
            Optional<Caller> caller = credentials.read(request);
            if (!method.hasMethodAnnotation(Public.class)) {
                require(method, caller);
            }
        }
        return true;
    }

    private static void require(HandlerMethod method, Optional<Caller> caller) {
        Allows allows = method.getMethodAnnotation(Allows.class);
        List<Role> allowed = allows == null ? List.of() : Arrays.asList(allows.value());
        Caller known = caller.orElseThrow(
                () -> new Refused(Reason.UNAUTHENTICATED, "this route needs credentials, and none came"));
        boolean isWelcomeGuest =
                allows != null && allows.guests() && known.roles().isEmpty();
        if (!isWelcomeGuest && !known.hasAnyOf(allowed)) {
            throw known.roles().isEmpty()
                    ? new Refused(Reason.UNAUTHENTICATED, "this route needs more than a tenant: a player, or roles")
                    : new Refused(
                            Reason.PERMISSION_DENIED,
                            "this route is for %s"
                                    .formatted(
                                            allowed.stream().map(Role::wireName).collect(joining(", "))));
        }
    }
}
