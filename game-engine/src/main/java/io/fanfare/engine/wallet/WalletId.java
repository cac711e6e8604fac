package io.fanfare.engine.wallet;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;

/** A wallet: what one player owns within one scope of one tenant. */
public record WalletId(TenantId tenant, PlayerId player, ScopeKey scope) {

    public WalletId {
        requireNonNull(tenant, "tenant");
        requireNonNull(player, "player");
        requireNonNull(scope, "scope");
    }

    /** {@code tenant/player/scope}: no id contains a slash. */
    @Override
    public String toString() {
        return tenant + "/" + player + "/" + scope;
    }
}
