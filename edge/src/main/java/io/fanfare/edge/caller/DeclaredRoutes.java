package io.fanfare.edge.caller;

import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Refuses to start with a route that does not say whom it is for. */
final class DeclaredRoutes implements SmartInitializingSingleton {

    private static final String OUR_PACKAGES = "io.fanfare.";

    private final ObjectProvider<RequestMappingHandlerMapping> mappings;

    DeclaredRoutes(ObjectProvider<RequestMappingHandlerMapping> mappings) {
        this.mappings = mappings;
    }

    static boolean isOurs(HandlerMethod method) {
        return method.getBeanType().getName().startsWith(OUR_PACKAGES);
    }

    @Override
    public void afterSingletonsInstantiated() {
        List<String> undeclared = mappings.stream()
                .flatMap(mapping -> mapping.getHandlerMethods().values().stream())
                .filter(DeclaredRoutes::isOurs)
                .flatMap(DeclaredRoutes::complaint)
                .sorted()
                .toList();
        if (!undeclared.isEmpty()) {
            throw new IllegalStateException(
                    "each route needs either @Allows or @Public: " + String.join(", ", undeclared));
        }
    }

    private static Stream<String> complaint(HandlerMethod method) {
        Allows allows = method.getMethodAnnotation(Allows.class);
        boolean isPublic = method.hasMethodAnnotation(Public.class);
        boolean isDeclared = allows == null ? isPublic : !isPublic && allows.value().length > 0;
        return isDeclared ? Stream.empty() : Stream.of(method.getShortLogMessage());
    }
}
