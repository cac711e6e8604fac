package io.fanfare.store.redemption;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.milestone.RedemptionId;

/** A redemption among those of all tenants. */
public record RedemptionKey(TenantId tenant, RedemptionId id) {

    public RedemptionKey {
        requireNonNull(tenant, "tenant");
        requireNonNull(id, "id");
    }
}
