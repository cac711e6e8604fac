package io.fanfare.store.idempotency;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.play.IdempotencyClaim;

/**
 * Who used an idempotency key: two callers may choose the same one.
 *
 * @param caller player, or whoever else sends requests, told apart by a prefix
 * @param key as the caller chose it
 */
public record CallerKey(TenantId tenant, String caller, String key) implements Comparable<CallerKey> {

    private static final int MAX_CALLER_LENGTH = 120;

    public CallerKey {
        requireNonNull(tenant, "tenant");
        if (caller.isEmpty() || caller.length() > MAX_CALLER_LENGTH) {
            throw new IllegalArgumentException("the caller '%s' has %d characters, expected 1 to %d"
                    .formatted(caller, caller.length(), MAX_CALLER_LENGTH));
        }
        if (key.isEmpty() || key.length() > IdempotencyClaim.MAX_KEY_LENGTH) {
            throw new IllegalArgumentException("the idempotency key has %d characters, expected 1 to %d"
                    .formatted(key.length(), IdempotencyClaim.MAX_KEY_LENGTH));
        }
    }

    public static CallerKey ofPlayer(TenantId tenant, PlayerId player, String key) {
        return new CallerKey(tenant, "player:" + player.value(), key);
    }

    @Override
    public int compareTo(CallerKey other) {
        int byTenant = tenant.compareTo(other.tenant);
        if (byTenant != 0) {
            return byTenant;
        }
        int byCaller = caller.compareTo(other.caller);
        return byCaller != 0 ? byCaller : key.compareTo(other.key);
    }
}
