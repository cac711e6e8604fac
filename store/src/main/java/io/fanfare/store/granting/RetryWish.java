package io.fanfare.store.granting;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.prize.AwardId;
import org.jspecify.annotations.Nullable;

/**
 * An operator wants an award tried again.
 *
 * @param reason for people, at most {@value RetryLog#MAX_REASON} characters
 * @param traceparent of the request; null where none
 */
public record RetryWish(
        TenantId tenant,
        AwardId award,
        String who,
        String reason,
        @Nullable String traceparent) {

    public RetryWish {
        requireNonNull(tenant, "tenant");
        requireNonNull(award, "award");
        requireNonNull(who, "who");
        requireNonNull(reason, "reason");
    }
}
