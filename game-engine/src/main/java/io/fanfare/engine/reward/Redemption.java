package io.fanfare.engine.reward;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.prize.PrizeType;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a prize reaches the one who won it.
 *
 * @param isInApp nothing is sent: what the player sees is all there is, a code or the mere winning
 * @param validFor how long it can be claimed; null = for ever
 */
public record Redemption(
        Mode mode, boolean isInApp, @Nullable Duration validFor) {

    /** Claimed by the player, seen in the app, without end. */
    public static final Redemption ON_CLAIM = new Redemption(Mode.ON_CLAIM, true, null);

    /** What sets a delivery off. */
    public enum Mode {
        /** Winning. */
        INSTANT,
        /** The player's claim. */
        ON_CLAIM,
        /** A member of staff. */
        MANUAL,
        /** A milestone that the player pays for; like {@link #INSTANT} once it is paid. */
        EXCHANGE;

        public static Optional<Mode> named(String name) {
            return Arrays.stream(values())
                    .filter(mode -> mode.wireName().equals(name))
                    .findFirst();
        }

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Redemption {
        requireNonNull(mode, "mode");
        if (validFor != null && !validFor.isPositive()) {
            throw new IllegalArgumentException("valid for %s, expected a time above zero".formatted(validFor));
        }
    }

    /** The state in which a unit of such a prize begins. Credits are in the wallet at once. */
    public RewardState atWin(PrizeType type, Instant now) {
        if (type.isCredit() || (setsOffAtWin() && isInApp)) {
            return new RewardState.Fulfilled(now, null, now);
        }
        return new RewardState.Won(now, validFor == null ? null : now.plus(validFor));
    }

    /** Whether a delivery begins with the winning. */
    public boolean deliversAtWin(PrizeType type) {
        return !type.isCredit() && setsOffAtWin() && !isInApp;
    }

    /** Whether a delivery begins with the claim. */
    public boolean deliversAtClaim(PrizeType type) {
        return !type.isCredit() && mode == Mode.ON_CLAIM && !isInApp;
    }

    private boolean setsOffAtWin() {
        return switch (mode) {
            case INSTANT, EXCHANGE -> true;
            case ON_CLAIM, MANUAL -> false;
        };
    }
}
