package io.fanfare.edge.caller;

import static java.util.Objects.requireNonNull;

import io.fanfare.edge.error.Reason;
import io.fanfare.edge.error.Refused;
import io.fanfare.engine.identity.MerchantId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a request. Everything a request reads or changes belongs to this tenant. Controllers take it as an argument; a
 * {@link Public} route takes it as {@code @Nullable} and may have none.
 *
 * @param merchant the part of the tenant that they act for; null = all of it
 * @param player who plays; null for operators, machines and guests who have not started yet
 * @param roles none for guests; never with {@link Role#PLAYER} where there is no player
 */
public record Caller(
        TenantId tenant,
        @Nullable MerchantId merchant,
        @Nullable PlayerId player,
        Set<Role> roles) {

    public Caller {
        requireNonNull(tenant, "tenant");
        roles = Set.copyOf(roles);
        if (player == null && roles.contains(Role.PLAYER)) {
            throw new IllegalArgumentException("a caller of tenant %s has role player and is none".formatted(tenant));
        }
    }

    /** A player and nothing else. */
    public static Caller player(TenantId tenant, @Nullable MerchantId merchant, PlayerId player) {
        return new Caller(tenant, merchant, player, Set.of(Role.PLAYER));
    }

    /** Somebody who plays without a login: a player of their own, but without a player's role. */
    public static Caller guest(TenantId tenant, @Nullable MerchantId merchant, PlayerId player) {
        return new Caller(tenant, merchant, player, Set.of());
    }

    /** A program of the platform that asks on behalf of a tenant. */
    public static Caller machine(TenantId tenant) {
        return new Caller(tenant, null, null, Set.of(Role.MACHINE));
    }

    public boolean hasAnyOf(Collection<Role> allowed) {
        return !Collections.disjoint(roles, allowed);
    }

    /** The player that they are. Refused as UNAUTHENTICATED where they are none. */
    public PlayerId requirePlayer() {
        if (player == null) {
            throw new Refused(Reason.UNAUTHENTICATED, "this needs a player's credentials");
        }
        return player;
    }
}
