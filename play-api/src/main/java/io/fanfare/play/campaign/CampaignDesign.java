package io.fanfare.play.campaign;

import io.fanfare.edge.caller.Caller;
import io.fanfare.edge.error.Violations;
import io.fanfare.engine.campaign.WalletScope;
import io.fanfare.engine.game.GameId;
import io.fanfare.store.campaign.CampaignDefinition;
import io.fanfare.store.game.Games;
import io.fanfare.store.wallet.WalletScopes;
import java.util.List;
import org.springframework.stereotype.Component;

/** Makes a definition out of what an operator sent, once its games were found. */
@Component
final class CampaignDesign {

    private final Games games;
    private final WalletScopes scopes;

    CampaignDesign(Games games, WalletScopes scopes) {
        this.games = games;
        this.scopes = scopes;
    }

    /** Refused as VALIDATION_FAILED, with every field that is wrong. */
    CampaignDefinition definition(Caller caller, CampaignBody body) {
        var violations = new Violations();
        WalletScope unsaid = scopes.of(caller.tenant(), caller.merchant()).orElse(WalletScope.CAMPAIGN);
        CampaignDefinition definition = body.read(caller.merchant(), unsaid, violations);
        List<GameId> named = definition.games();
        for (int i = 0; i < named.size(); i++) {
            if (games.find(caller.tenant(), named.get(i)).isEmpty()) {
                violations.add("games[%d]".formatted(i), "is game %s, which does not exist".formatted(named.get(i)));
            }
        }
        violations.refuseAny();
        return definition;
    }
}
