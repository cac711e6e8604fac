package io.fanfare.play.redemption;

import io.fanfare.edge.error.Reason;
import io.fanfare.edge.error.Refused;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.wallet.Currency;
import io.fanfare.engine.wallet.ScopeKey;
import io.fanfare.play.state.StreamState;
import io.fanfare.store.wallet.WalletNumbers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What a player has of one currency, as the wallets app says, with all that was asked of the wallet so far where it comes in time. */
@Component
final class PlayerHoldings {

    private static final Logger LOG = LoggerFactory.getLogger(PlayerHoldings.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final WalletNumbers numbers;
    private final StreamState state;

    PlayerHoldings(WalletNumbers numbers, StreamState state) {
        this.numbers = numbers;
        this.state = state;
    }

    /** @param fresh whether all that was asked of the wallet so far is in it */
    record Held(long available, long earned, boolean fresh) {}

    // What the wallets app answers.

    record StateBalance(String currency, long balance, long lifetimeEarned) {}

    record StateWallet(List<StateBalance> balances) {}

    record StateFreshness(boolean fresh) {}

    record StateWallets(List<StateWallet> wallets, StateFreshness freshness) {}

    Held of(TenantId tenant, PlayerId player, ScopeKey scope, Currency currency) {
        long latest = numbers.latest(tenant, scope.value(), player);
        return state.ask(
                        tenant,
                        "/state/v1/wallets/{player}",
                        Map.of("player", player.value()),
                        Map.of("scope_key", scope.value(), "applied", latest, "wait_ms", PATIENCE.toMillis()),
                        StateWallets.class)
                .map(wallets -> held(wallets, currency))
                .orElseGet(() -> new Held(0, 0, latest == 0));
    }

    /** The same where all that was asked of the wallet so far can be read now: for who has something to say without it. */
    Optional<Held> known(TenantId tenant, PlayerId player, ScopeKey scope, Currency currency) {
        try {
            return Optional.of(of(tenant, player, scope, currency)).filter(Held::fresh);
        } catch (Refused e) {
            if (e.reason() != Reason.UNAVAILABLE) {
                throw e;
            }
            LOG.info("what {} has of {} in {} cannot be told now: {}", player, currency, scope, e.toString());
            return Optional.empty();
        }
    }

    private static Held held(StateWallets wallets, Currency currency) {
        boolean fresh = wallets.freshness().fresh();
        return wallets.wallets().stream()
                .flatMap(wallet -> wallet.balances().stream())
                .filter(balance -> balance.currency().equals(currency.code()))
                .findFirst()
                .map(balance -> new Held(balance.balance(), balance.lifetimeEarned(), fresh))
                .orElseGet(() -> new Held(0, 0, fresh));
    }
}
