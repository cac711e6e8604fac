package io.fanfare.store.play;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.PlayerId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a reader of the plays' topic knows a play by.
 *
 * @param campaign of its game, as it was configured then; null where it belonged to none
 * @param sequence the player's number for it among all plays, from 1
 */
public record NumberedPlay(
        PlayerId player, long sequence, @Nullable CampaignId campaign, Instant occurredAt) {

    public NumberedPlay {
        requireNonNull(player, "player");
        requireNonNull(occurredAt, "occurredAt");
    }
}
