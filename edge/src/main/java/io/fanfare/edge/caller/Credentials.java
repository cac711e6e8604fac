package io.fanfare.edge.caller;

import io.fanfare.edge.error.Reason;
import io.fanfare.edge.error.Refused;
import io.fanfare.engine.identity.MerchantId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** Reads from a request who makes it: a bearer token or, in development mode, plain headers. The token wins. */
public final class Credentials {

    private static final String ATTRIBUTE = Credentials.class.getName() + ".caller";
    private static final String BEARER = "Bearer ";

    private final boolean devMode;
    private final Tokens tokens;

    Credentials(boolean devMode, Tokens tokens) {
        this.devMode = devMode;
        this.tokens = tokens;
    }

    /** Nobody in particular where there are no credentials; refused as UNAUTHENTICATED where they do not hold. */
    public Optional<Caller> read(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof Caller known) {
            return Optional.of(known);
        }
        Optional<Caller> caller = readHeaders(request);
        caller.ifPresent(known -> request.setAttribute(ATTRIBUTE, known));
        return caller;
    }

    private Optional<Caller> readHeaders(HttpServletRequest request) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization != null) {
            return Optional.of(tokens.read(bearer(authorization)));
        }
        return devMode ? developer(request) : Optional.empty();
    }

    private static String bearer(String authorization) {
        if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw new Refused(Reason.UNAUTHENTICATED, "the header Authorization is not of the form 'Bearer <token>'");
        }
        return authorization.substring(BEARER.length()).strip();
    }

    private static Optional<Caller> developer(HttpServletRequest request) {
        TenantId tenant = header(request, "X-Tenant-Id", TenantId::new);
        if (tenant == null) {
            return Optional.empty();
        }
        PlayerId player = header(request, "X-Player-Id", PlayerId::new);
        MerchantId merchant = header(request, "X-Merchant-Id", MerchantId::new);
        return Optional.of(new Caller(tenant, merchant, player, null, roles(request.getHeader("X-Roles"), player)));
    }

    private static <T> @Nullable T header(HttpServletRequest request, String name, Function<String, T> type) {
        String value = request.getHeader(name);
        if (value == null || value.isBlank()) {
            return null;
        }
        try {
            return type.apply(value.strip());
        } catch (IllegalArgumentException e) {
            throw Refused.invalid(name, "is refused: " + e.getMessage());
        }
    }

    private static Set<Role> roles(@Nullable String names, @Nullable PlayerId player) {
        if (names == null || names.isBlank()) {
            return player == null ? Set.of() : Set.of(Role.PLAYER);
        }
        var roles = EnumSet.noneOf(Role.class);
        Arrays.stream(names.split(",", -1)).map(String::strip).forEach(name -> roles.add(role(name)));
        if (player == null && roles.contains(Role.PLAYER)) {
            throw Refused.invalid("X-Roles", "names player, but there is no X-Player-Id");
        }
        return roles;
    }

    private static Role role(String name) {
        return Role.named(name)
                .orElseThrow(() -> Refused.invalid(
                        "X-Roles",
                        "is '%s', expected some of %s"
                                .formatted(
                                        name,
                                        Arrays.stream(Role.values())
                                                .map(Role::wireName)
                                                .toList())));
    }
}
