package io.fanfare.play.game;

import io.fanfare.engine.campaign.WalletScope;
import io.fanfare.engine.config.Document;
import io.fanfare.engine.game.GameRules;
import io.fanfare.engine.game.GameStatus;
import io.fanfare.engine.game.OnUnavailable;
import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.MerchantId;
import io.fanfare.engine.milestone.Milestones;
import io.fanfare.engine.shape.Shapes.PartNames;
import io.fanfare.play.Documents;
import io.fanfare.store.game.GameDefinition;
import org.jspecify.annotations.Nullable;

/** A game as an operator wants it, before its shape has looked at it. */
record GameWish(
        @Nullable CampaignId campaign,
        String name,
        String type,
        PartNames parts,
        GameStatus status,
        GameRules rules,
        Document handlerConfig,
        Document validatorConfig,
        Document ui,
        OnUnavailable onUnavailable,
        @Nullable WalletScope walletScope,
        @Nullable Milestones milestones) {

    GameDefinition definition(@Nullable MerchantId merchant, Documents documents) {
        return new GameDefinition(
                merchant,
                campaign,
                name,
                type,
                parts,
                status,
                rules,
                documents.text(handlerConfig),
                documents.text(validatorConfig),
                documents.text(ui),
                onUnavailable,
                walletScope,
                milestones);
    }
}
