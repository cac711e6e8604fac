package io.fanfare.edge.caller;

import io.fanfare.engine.identity.TenantId;
import java.time.Duration;

/** What one service of the platform shows another: a short-lived token with role machine, for one tenant. */
public final class ServiceTokens {

    private static final Duration VALID_FOR = Duration.ofSeconds(60);

    private final Tokens tokens;

    ServiceTokens(Tokens tokens) {
        this.tokens = tokens;
    }

    /** The value of an {@code Authorization} header, prefix {@code Bearer} included. */
    public String authorization(TenantId tenant) {
        return "Bearer " + tokens.mint(Caller.machine(tenant), VALID_FOR);
    }
}
