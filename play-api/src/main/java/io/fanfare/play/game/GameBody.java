package io.fanfare.play.game;

import static java.util.Objects.requireNonNullElse;

import io.fanfare.edge.error.Violations;
import io.fanfare.engine.campaign.WalletScope;
import io.fanfare.engine.config.Document;
import io.fanfare.engine.game.GameRules;
import io.fanfare.engine.game.GameStatus;
import io.fanfare.engine.game.OnUnavailable;
import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.shape.Shapes;
import io.fanfare.engine.shape.Shapes.PartNames;
import io.fanfare.play.Times;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an operator sends for a game.
 *
 * @param walletScope campaign, merchant or tenant; left out: as the campaign says
 * @param type spin_wheel, scratch_card or any other word; a known one brings its usual parts, which may be named otherwise
 */
record GameBody(
        @Nullable String name,
        @Nullable String type,
        @Nullable CampaignId campaignId,
        @Nullable String seedGenerator,
        @Nullable String rewardHandler,
        @Nullable String validator,
        @Nullable String status,
        @Nullable RulesBody rules,
        @Nullable Document handlerConfig,
        @Nullable Document validatorConfig,
        @Nullable Document ui,
        @Nullable String walletScope,
        @Nullable MilestonesBody milestones,
        @Nullable String onUnavailable) {

    /**
     * Dates are unix seconds; 0 is none.
     *
     * @param useTurns each play takes one of the player's turns in the game's campaign
     */
    record RulesBody(
            @Nullable Long maxPlaysPerUser,
            @Nullable Long maxPlaysPerDay,
            @Nullable Boolean requireLogin,
            @Nullable Long startDate,
            @Nullable Long endDate,
            @Nullable Boolean useTurns) {

        static final RulesBody NONE = new RulesBody(null, null, null, null, null, null);
    }

    private static final int MAX_NAME = 200;
    private static final int MAX_WORD = 100;
    private static final long LAST_DATE = 253_402_300_799L;

    /** The body with every value read; violations are collected, not thrown. */
    GameWish read(Violations violations) {
        String readType = violations.text("type", type, MAX_WORD);
        return new GameWish(
                campaignId,
                violations.text("name", name, MAX_NAME),
                readType,
                parts(readType, violations),
                violations.word("status", status, GameStatus.DRAFT, GameStatus::wireName),
                rules(requireNonNullElse(rules, RulesBody.NONE), violations),
                requireNonNullElse(handlerConfig, Document.empty()),
                requireNonNullElse(validatorConfig, Document.empty()),
                requireNonNullElse(ui, Document.empty()),
                violations.word("on_unavailable", onUnavailable, OnUnavailable.NO_WIN, OnUnavailable::wireName),
                walletScope == null
                        ? null
                        : violations.word("wallet_scope", walletScope, WalletScope.CAMPAIGN, WalletScope::wireName),
                milestones == null ? null : milestones.read(violations).orElse(null));
    }

    private PartNames parts(String type, Violations violations) {
        PartNames usual = Shapes.usualPartsOf(type).orElse(new PartNames("none", "basic", ""));
        String handler = requireNonNullElse(rewardHandler, usual.rewardHandler());
        return new PartNames(
                violations.text("seed_generator", requireNonNullElse(seedGenerator, usual.seedGenerator()), MAX_WORD),
                violations.text("validator", requireNonNullElse(validator, usual.validator()), MAX_WORD),
                violations.text("reward_handler", handler, MAX_WORD));
    }

    private static GameRules rules(RulesBody rules, Violations violations) {
        long perUser = violations.number("rules.max_plays_per_user", rules.maxPlaysPerUser(), 0, Integer.MAX_VALUE);
        long perDay = violations.number("rules.max_plays_per_day", rules.maxPlaysPerDay(), 0, Integer.MAX_VALUE);
        Instant start = Times.instant(violations.number("rules.start_date", rules.startDate(), 0, LAST_DATE));
        Instant end = Times.instant(violations.number("rules.end_date", rules.endDate(), 0, LAST_DATE));
        if (start != null && end != null && !start.isBefore(end)) {
            violations.add("rules.end_date", "is not after rules.start_date");
            return GameRules.NONE;
        }
        boolean isSane = perUser >= 0 && perUser <= Integer.MAX_VALUE && perDay >= 0 && perDay <= Integer.MAX_VALUE;
        return isSane
                ? new GameRules(
                        (int) perUser,
                        (int) perDay,
                        requireNonNullElse(rules.requireLogin(), false),
                        start,
                        end,
                        requireNonNullElse(rules.useTurns(), false))
                : GameRules.NONE;
    }
}
