package io.fanfare.store.game;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.campaign.CampaignTerms;

/** A game, and what its campaign says: both as they are now, or as they were. */
public record PlayableGame(GameRecord game, CampaignTerms terms) {

    public PlayableGame {
        requireNonNull(game, "game");
        requireNonNull(terms, "terms");
    }
}
