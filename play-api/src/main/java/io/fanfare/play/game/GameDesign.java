package io.fanfare.play.game;

import io.fanfare.edge.caller.Caller;
import io.fanfare.edge.error.Violations;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.shape.AwardTerms;
import io.fanfare.engine.shape.GameShape;
import io.fanfare.engine.shape.Shapes;
import io.fanfare.engine.shape.Shapes.Shaping;
import io.fanfare.play.Documents;
import io.fanfare.store.game.GameDefinition;
import io.fanfare.store.prize.Prizes;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/** Makes a definition out of what an operator sent, once the parts that the game names have read their configuration. */
@Component
final class GameDesign {

    private final Shapes shapes;
    private final Prizes prizes;
    private final Documents documents;

    GameDesign(Shapes shapes, Prizes prizes, Documents documents) {
        this.shapes = shapes;
        this.prizes = prizes;
        this.documents = documents;
    }

    /** Refused as VALIDATION_FAILED, with every field that is wrong. */
    GameDefinition definition(Caller caller, GameBody body) {
        var violations = new Violations();
        GameWish wish = body.read(violations);
        violations.refuseAny();
        switch (shapes.shape(wish.parts(), wish.handlerConfig(), wish.validatorConfig())) {
            case Shaping.Shaped(GameShape shape) -> {
                requirePrizes(caller.tenant(), shape, violations);
                refuseWhatIsNotKept(wish, shape, violations);
            }
            case Shaping.UnknownPart(String field, String name, var known) ->
                violations.add(field, "is '%s', expected one of %s".formatted(name, String.join(", ", known)));
            case Shaping.ConfigurationRefused(var refused) -> violations.addAll(refused);
        }
        violations.refuseAny();
        return wish.definition(caller.merchant(), documents);
    }

    private void requirePrizes(TenantId tenant, GameShape shape, Violations violations) {
        Set<PrizeId> wanted = shape.prizes();
        Set<PrizeId> missing = new TreeSet<>(wanted);
        missing.removeAll(prizes.findAll(tenant, wanted).keySet());
        missing.forEach(
                prize -> violations.add("handler_config", "awards prize %s, which does not exist".formatted(prize)));
    }

    /** The engine knows these, the ledger does not hold to them: refused rather than ignored. */
    private static void refuseWhatIsNotKept(GameWish wish, GameShape shape, Violations violations) {
        switch (wish.onUnavailable()) {
            case REDRAW, FALLBACK_PRIZE ->
                violations.add(
                        "on_unavailable",
                        "is '%s', this server has no_win and fail"
                                .formatted(wish.onUnavailable().wireName()));
            case NO_WIN, FAIL -> {}
        }
        if (!shape.terms().equals(AwardTerms.NONE)) {
            violations.add(
                    "handler_config",
                    "holds fallback_prize_id, budget, winning_moments or publish_odds, which this server does not keep to");
        }
        switch (shape.guard().level()) {
            case STRICT -> violations.add("validator_config.level", "is 'strict', this server has none and basic");
            case NONE, BASIC -> {}
        }
    }
}
