package io.fanfare.store.game;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.campaign.CampaignTerms;

/** A game in its current revision, and what its campaign says now. */
public record PlayableGame(GameRecord game, CampaignTerms terms) {

    public PlayableGame {
        requireNonNull(game, "game");
        requireNonNull(terms, "terms");
    }
}
