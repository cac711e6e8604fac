package io.fanfare.store.game;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.campaign.WalletScope;
import io.fanfare.engine.game.GameRules;
import io.fanfare.engine.game.GameStatus;
import io.fanfare.engine.game.OnUnavailable;
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
 * @param walletScope whose wallet it pays into; null = as its campaign says
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
        @Nullable WalletScope walletScope,
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
    }

    /** The same game in another campaign. */
    public GameDefinition in(CampaignId other) {
        return new GameDefinition(
                merchant,
                other,
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
                milestones);
    }

    /** The same game, which pays into this wallet whatever its campaign says. */
    public GameDefinition payingInto(WalletScope scope) {
        return new GameDefinition(
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
                scope,
                milestones);
    }

    /** The same game, at its end: nobody can play it, and no milestone of it is reached any more. */
    public GameDefinition ended() {
        return new GameDefinition(
                merchant,
                campaign,
                name,
                type,
                parts,
                GameStatus.ENDED,
                rules,
                handlerConfig,
                validatorConfig,
                ui,
                onUnavailable,
                walletScope);
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
            @Nullable WalletScope walletScope) {
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

    /** The wallet that the game pays into and that its milestones are measured in; a game with milestones has one of its own. */
    public String walletScopeKey(TenantId tenant) {
        return requireNonNull(walletScope, "the wallet of a game with milestones")
                .key(tenant, merchant, campaign);
    }
}
