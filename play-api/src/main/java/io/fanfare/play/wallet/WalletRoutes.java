package io.fanfare.play.wallet;

import io.fanfare.edge.answer.Envelope;
import io.fanfare.edge.caller.Allows;
import io.fanfare.edge.caller.Caller;
import io.fanfare.edge.caller.Role;
import io.fanfare.edge.error.Refused;
import io.fanfare.engine.identity.OpaqueId;
import io.fanfare.play.wallet.WalletReading.Ledger;
import io.fanfare.play.wallet.WalletReading.WalletView;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a player has: the view of the wallets app, as new as the player's own last play. */
@Tag(name = "wallet")
@RestController
final class WalletRoutes {

    private static final int MAX_LIMIT = 100;

    private final WalletReading wallets;

    WalletRoutes(WalletReading wallets) {
        this.wallets = wallets;
    }

    /** Balances of one wallet or, without {@code scope_key}, of all of them. Waits up to two seconds for the last play. */
    @Allows(value = Role.PLAYER, guests = true)
    @GetMapping("/api/v1/wallet")
    Envelope<WalletView> wallet(
            Caller caller, @RequestParam(name = "scope_key", required = false) @Nullable String scopeKey) {
        return Envelope.ok(wallets.balances(caller.tenant(), caller.requirePlayer(), scope(scopeKey)));
    }

    /** The latest entries, newest first. */
    @Allows(value = Role.PLAYER, guests = true)
    @GetMapping("/api/v1/wallet/ledger")
    Envelope<Ledger> ledger(
            Caller caller,
            @RequestParam(name = "scope_key", required = false) @Nullable String scopeKey,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor,
            @RequestParam(name = "limit", defaultValue = "20") int limit) {
        requireLimit(limit);
        return Envelope.ok(wallets.ledger(caller.tenant(), caller.requirePlayer(), scope(scopeKey), cursor, limit));
    }

    static void requireLimit(int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw Refused.invalid("limit", "is %d, expected 1 to %d".formatted(limit, MAX_LIMIT));
        }
    }

    static @Nullable String scope(@Nullable String scopeKey) {
        if (scopeKey == null || scopeKey.isEmpty()) {
            return null;
        }
        if (!OpaqueId.isValid(scopeKey)) {
            throw Refused.invalid("scope_key", "is no id of a campaign, merchant or tenant");
        }
        return scopeKey;
    }
}
