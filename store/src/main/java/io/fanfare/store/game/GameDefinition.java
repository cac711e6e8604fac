package io.fanfare.store.game;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.game.GameRules;
import io.fanfare.engine.game.GameStatus;
import io.fanfare.engine.game.OnUnavailable;
import io.fanfare.engine.game.WalletScope;
import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.MerchantId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.milestone.Milestones;
import io.fanfare.engine.shape.Shapes.PartNames;
import org.jspecify.annotations.Nullable;

/**
 * What an operator says a game is.
 *
 * @param parts the registered parts that it is made of
 * @param handlerConfig JSON object
 * @param validatorConfig JSON object
 * @param ui JSON object, passed on as it is
 * @param milestones null where it has none
 */
public record GameDefinition(
        @Nullable MerchantId merchant,
        @Nullable CampaignId campaign,
        String name,
        String type,
        PartNames parts,
        GameStatus status,
        GameRules rules,
        String handlerConfig,
        String validatorConfig,
        String ui,
        OnUnavailable onUnavailable,
        WalletScope walletScope,
        @Nullable Milestones milestones) {

    public GameDefinition {
        requireNonNull(name, "name");
        requireNonNull(type, "type");
        requireNonNull(parts, "parts");
        requireNonNull(status, "status");
        requireNonNull(rules, "rules");
        requireNonNull(handlerConfig, "handlerConfig");
        requireNonNull(validatorConfig, "validatorConfig");
        requireNonNull(ui, "ui");
        requireNonNull(onUnavailable, "onUnavailable");
        requireNonNull(walletScope, "walletScope");
    }

    /** A game without milestones. */
    public GameDefinition(
            @Nullable MerchantId merchant,
            @Nullable CampaignId campaign,
            String name,
            String type,
            PartNames parts,
            GameStatus status,
            GameRules rules,
            String handlerConfig,
            String validatorConfig,
            String ui,
            OnUnavailable onUnavailable,
            WalletScope walletScope) {
        this(
                merchant,
                campaign,
                name,
                type,
                parts,
                status,
                rules,
                handlerConfig,
                validatorConfig,
                ui,
                onUnavailable,
                walletScope,
                null);
    }

    /** The wallet that the game pays into, and that its milestones are measured in. */
    public String walletScopeKey(TenantId tenant) {
        return walletScope.key(tenant, merchant, campaign);
    }
}
