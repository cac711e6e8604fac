package io.fanfare.engine.play;

import io.fanfare.engine.game.Game;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Whether a player can play now: the third of the four decisions.
 *
 * @param remainingPlays {@link #UNLIMITED} where nothing limits them
 * @param reason why not; null where they can
 * @param nextResetAt when a limit per day starts anew, or the campaign opens again; null where neither lets them play
 */
public record Eligibility(
        boolean canPlay,
        long remainingPlays,
        @Nullable Reason reason,
        @Nullable Instant nextResetAt) {

    public static final long UNLIMITED = Integer.MAX_VALUE;

    /** Why a player cannot play. */
    public enum Reason {
        OUT_OF_TURNS,
        NOT_STARTED,
        ENDED
    }

    /** For a game that takes no turns and whose campaign has no limits; any other is out of turns. */
    public static Eligibility of(Game game, PlayCounts counts, Instant now) {
        return of(game, Allowance.of(counts), now);
    }

    public static Eligibility of(Game game, Allowance allowance, Instant now) {
        long remaining = remaining(game, allowance);
        if (!game.isOpen(now)) {
            Reason reason = game.isYetToStart(now) ? Reason.NOT_STARTED : Reason.ENDED;
            return new Eligibility(false, remaining, reason, nextOpening(game, now, reason));
        }
        boolean anotherDayHelps = hasDailyLimit(game) && remaining(game, onAnotherDay(allowance)) > 0;
        Instant nextReset = anotherDayHelps ? nextDay(now) : null;
        if (remaining == 0) {
            return new Eligibility(false, 0, Reason.OUT_OF_TURNS, nextReset);
        }
        return new Eligibility(true, remaining, null, nextReset);
    }

    private static Allowance onAnotherDay(Allowance today) {
        return new Allowance(
                new PlayCounts(today.ofGame().ever(), 0),
                new PlayCounts(today.ofCampaign().ever(), 0),
                today.turns());
    }

    /** Whether it depends on how often somebody has played, so that it is worth asking. */
    public static boolean isLimited(Game game) {
        return remaining(game, Allowance.FULL) < UNLIMITED;
    }

    /** The least of what each limit leaves. */
    private static long remaining(Game game, Allowance allowance) {
        var rules = game.rules();
        var campaign = game.campaignTerms();
        long remaining = rules.useTurns() ? Math.min(UNLIMITED, allowance.turns()) : UNLIMITED;
        remaining = Math.min(
                remaining, left(rules.maxPlaysPerUser(), allowance.ofGame().ever()));
        remaining = Math.min(
                remaining, left(rules.maxPlaysPerDay(), allowance.ofGame().today()));
        remaining = Math.min(
                remaining,
                left(campaign.maxPlaysPerUser(), allowance.ofCampaign().ever()));
        return Math.min(
                remaining,
                left(campaign.maxPlaysPerDay(), allowance.ofCampaign().today()));
    }

    private static long left(int limit, long used) {
        return limit == 0 ? UNLIMITED : Math.max(0, limit - used);
    }

    private static boolean hasDailyLimit(Game game) {
        return game.rules().maxPlaysPerDay() > 0 || game.campaignTerms().maxPlaysPerDay() > 0;
    }

    private static @Nullable Instant nextOpening(Game game, Instant now, Reason reason) {
        Instant reset = hasDailyLimit(game) ? nextDay(now) : null;
        return reason == Reason.NOT_STARTED
                ? game.campaignTerms().schedule().nextOpening(now).orElse(reset)
                : reset;
    }

    /** The start of the next UTC day. */
    static Instant nextDay(Instant now) {
        return LocalDate.ofInstant(now, ZoneOffset.UTC)
                .plusDays(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
    }
}
