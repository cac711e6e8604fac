package io.fanfare.play.idempotency;

import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * A route whose change takes the idempotency key in its own transaction, and so finds out by itself that a request was answered
 * before: nobody needs to look first. Declared as a bean by whoever owns the route; its good answers must come from
 * {@link RequestKey#takeClaim()}.
 */
public final class ClaimsItself {

    private final PathPattern route;

    private ClaimsItself(PathPattern route) {
        this.route = route;
    }

    public static ClaimsItself at(String route) {
        return new ClaimsItself(PathPatternParser.defaultInstance.parse(route));
    }

    boolean matches(String path) {
        return route.matches(PathContainer.parsePath(path));
    }
}
