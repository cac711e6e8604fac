package io.fanfare.edge.caller;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

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
 * @param subject name under which an operator or a program is known where it was let in; null for players, and where it has none
 * @param roles none for guests; never with {@link Role#PLAYER} where there is no player
 */
public record Caller(
        TenantId tenant,
        @Nullable MerchantId merchant,
        @Nullable PlayerId player,
        @Nullable String subject,
        Set<Role> roles) {

    private static final int MAX_SUBJECT = 200;

    public Caller {
        requireNonNull(tenant, "tenant");
        roles = Set.copyOf(roles);
        if (subject != null && (subject.isBlank() || subject.length() > MAX_SUBJECT)) {
            throw new IllegalArgumentException(
                    "subject is '%s', expected 1 to %d characters".formatted(subject, MAX_SUBJECT));
        }
        if (player == null && roles.contains(Role.PLAYER)) {
            throw new IllegalArgumentException("a caller of tenant %s has role player and is none".formatted(tenant));
        }
    }

    /** A player and nothing else. */
    public static Caller player(TenantId tenant, @Nullable MerchantId merchant, PlayerId player) {
        return new Caller(tenant, merchant, player, null, Set.of(Role.PLAYER));
    }

    /** Somebody who plays without a login: a player of their own, but without a player's role. */
    public static Caller guest(TenantId tenant, @Nullable MerchantId merchant, PlayerId player) {
        return new Caller(tenant, merchant, player, null, Set.of());
    }

    /** A program of the platform that asks on behalf of a tenant. */
    public static Caller machine(TenantId tenant) {
        return new Caller(tenant, null, null, null, Set.of(Role.MACHINE));
    }

    /** Who it is, for an audit: by name where there is one, else the player, else what the caller may be. */
    public String who() {
        if (subject != null) {
            return subject;
        }
        return player != null
                ? player.value()
                : roles.stream().map(Role::wireName).sorted().collect(joining("+"));
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
