package io.fanfare.store.award;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.milestone.MilestoneId;
import io.fanfare.engine.wallet.ScopeKey;

/**
 * By nature the same thing for the same player: it is awarded once, whoever asks and how often.
 *
 * @param cause its kind
 * @param key what it is for, among all of its kind
 */
public record AwardKey(TenantId tenant, Cause cause, String key, PlayerId player) {

    public static final int MAX_KEY = 310;

    /** Kinds of things that can be had once. */
    public enum Cause {
        MILESTONE("milestone");

        private final String word;

        Cause(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    public AwardKey {
        requireNonNull(tenant, "tenant");
        requireNonNull(cause, "cause");
        requireNonNull(player, "player");
        if (key.isEmpty() || key.length() > MAX_KEY) {
            throw new IllegalArgumentException(
                    "the key '%s' has %d characters, expected 1 to %d".formatted(key, key.length(), MAX_KEY));
        }
    }

    /** A milestone of a game, reached in one of the player's wallets. */
    public static AwardKey ofMilestone(
            TenantId tenant, ScopeKey scope, GameId game, MilestoneId milestone, PlayerId player) {
        return new AwardKey(
                tenant, Cause.MILESTONE, scope.value() + "/" + game.value() + "/" + milestone.value(), player);
    }

    /** The wallet in which it was earned, and into which a prize is paid that is a credit. */
    public ScopeKey wallet() {
        return switch (cause) {
            case MILESTONE -> new ScopeKey(key.substring(0, key.indexOf('/')));
        };
    }
}
