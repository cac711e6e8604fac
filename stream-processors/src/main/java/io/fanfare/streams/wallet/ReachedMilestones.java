package io.fanfare.streams.wallet;

import io.fanfare.engine.wallet.Currency;
import io.fanfare.engine.wallet.Holding;
import io.fanfare.engine.wallet.WalletId;
import io.fanfare.engine.wallet.WalletState;
import io.fanfare.events.MilestoneReached;
import io.fanfare.streams.wallet.GameMilestones.Milestone;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Notices the milestones that a wallet reaches by earning, each once. A milestone that was set up after the player had earned
 * enough is noticed with the next earning.
 */
final class ReachedMilestones {

    private final MilestoneDefinitions definitions;
    private final KeyValueStore<String, Long> noticed;

    ReachedMilestones(MilestoneDefinitions definitions, KeyValueStore<String, Long> noticed) {
        this.definitions = definitions;
        this.noticed = noticed;
    }

    List<Record<String, SpecificRecord>> notice(WalletId wallet, WalletState before, WalletState after) {
        List<Record<String, SpecificRecord>> reached = new ArrayList<>();
        for (Map.Entry<Currency, Holding> holding : after.holdings().entrySet()) {
            long earned = holding.getValue().balance().lifetimeEarned();
            if (earned > before.balance(holding.getKey()).lifetimeEarned()) {
                notice(wallet, after, holding.getKey(), earned, reached);
            }
        }
        return reached;
    }

    private void notice(
            WalletId wallet,
            WalletState state,
            Currency currency,
            long earned,
            List<Record<String, SpecificRecord>> reached) {
        for (GameMilestones game : definitions.grantedIn(wallet, state.clock())) {
            for (Milestone milestone : game.milestones()) {
                if (game.currency().equals(currency) && earned >= milestone.threshold()) {
                    String cause = "%s/%s/%s".formatted(wallet, game.game(), milestone.id());
                    if (noticed.putIfAbsent(cause, state.appliedSequence()) == null) {
                        reached.add(record(wallet, state, game, milestone, earned, cause));
                    }
                }
            }
        }
    }

    private static Record<String, SpecificRecord> record(
            WalletId wallet, WalletState state, GameMilestones game, Milestone milestone, long earned, String cause) {
        var value = MilestoneReached.newBuilder()
                .setTenantId(wallet.tenant().value())
                .setScopeKey(wallet.scope().value())
                .setPlayerId(wallet.player().value())
                .setGameId(game.game().value())
                .setMilestoneId(milestone.id())
                .setPrizeId(milestone.prize().value())
                .setCurrency(game.currency().code())
                .setThreshold(milestone.threshold())
                .setLifetimeEarned(earned)
                .setSequence(state.appliedSequence())
                .setOccurredAt(state.clock())
                .build();
        return SettlementRecord.record(wallet, value, cause, state.clock());
    }
}
