package io.fanfare.play.game;

import io.fanfare.engine.campaign.WalletScope;
import io.fanfare.engine.config.Document;
import io.fanfare.engine.game.GameId;
import io.fanfare.engine.game.GameRules;
import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.MerchantId;
import io.fanfare.play.Documents;
import io.fanfare.play.Times;
import io.fanfare.store.game.GameRecord;
import org.jspecify.annotations.Nullable;

/**
 * A game as operators see it, odds included.
 *
 * @param walletScope null: as its campaign says
 */
record GameView(
        GameId gameId,
        @Nullable MerchantId merchantId,
        @Nullable CampaignId campaignId,
        String name,
        String type,
        String seedGenerator,
        String rewardHandler,
        String validator,
        String status,
        RulesView rules,
        Document handlerConfig,
        Document validatorConfig,
        Document ui,
        @Nullable String walletScope,
        @Nullable MilestonesBody milestones,
        String onUnavailable,
        long revision,
        long createdAt,
        long updatedAt) {

    record RulesView(
            int maxPlaysPerUser,
            int maxPlaysPerDay,
            boolean requireLogin,
            long startDate,
            long endDate,
            boolean useTurns) {

        static RulesView of(GameRules rules) {
            return of(rules, rules.requireLogin());
        }

        static RulesView of(GameRules rules, boolean requireLogin) {
            return new RulesView(
                    rules.maxPlaysPerUser(),
                    rules.maxPlaysPerDay(),
                    requireLogin,
                    Times.seconds(rules.start()),
                    Times.seconds(rules.end()),
                    rules.useTurns());
        }
    }

    static GameView of(GameRecord game, Documents documents) {
        var definition = game.definition();
        @Nullable WalletScope walletScope = definition.walletScope();
        return new GameView(
                game.id(),
                definition.merchant(),
                definition.campaign(),
                definition.name(),
                definition.type(),
                definition.parts().seedGenerator(),
                definition.parts().rewardHandler(),
                definition.parts().validator(),
                definition.status().wireName(),
                RulesView.of(definition.rules()),
                documents.document(definition.handlerConfig()),
                documents.document(definition.validatorConfig()),
                documents.document(definition.ui()),
                walletScope == null ? null : walletScope.wireName(),
                definition.milestones() == null ? null : MilestonesBody.of(definition.milestones()),
                definition.onUnavailable().wireName(),
                game.revision(),
                Times.seconds(game.createdAt()),
                Times.seconds(game.updatedAt()));
    }
}
