package io.fanfare.engine.play;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.config.Document;
import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.prize.Prize;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.prize.PrizeType;
import io.fanfare.engine.prize.RewardId;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A play that happened, for ever.
 *
 * @param sequence the player's number for it among all plays, from 1, without gaps
 * @param rewards what was awarded
 * @param unavailable what was drawn and could not be had
 * @param walletNumber the number of the wallet command that credits its points; null where it credits none
 */
public record CommittedPlay(
        PlayId id,
        GameId game,
        long gameRevision,
        PlayerId player,
        long sequence,
        Document input,
        Document metadata,
        @Nullable Long score,
        List<GrantedReward> rewards,
        List<Unavailable> unavailable,
        @Nullable WalletNumber walletNumber,
        Instant occurredAt) {

    /**
     * One awarded unit, or one credit.
     *
     * @param code of the voucher; null where the prize has none
     */
    public record GrantedReward(
            RewardId id,
            PrizeId prize,
            String name,
            @Nullable String image,
            PrizeType type,
            long quantity,
            long value,
            @Nullable String code) {

        /** The currency that it is credited in; empty where it is no credit. */
        public Optional<String> currency() {
            return Prize.currency(type, name);
        }

        /** What it adds to the wallet, where it is a credit. */
        public long credit() {
            return Math.multiplyExact(value, quantity);
        }
    }

    /** A prize that could not be had, why, and what was done about it. */
    public record Unavailable(PrizeId prize, Unavailability why, Instead instead) {

        /** The win was lost. */
        public Unavailable(PrizeId prize, Unavailability why) {
            this(prize, why, Instead.NOTHING);
        }
    }

    /** What the player got instead of a prize that could not be had. */
    public enum Instead {
        NOTHING,
        /** What chance drew next. */
        REDRAWN,
        /** The game's fallback prize. */
        FALLBACK;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A place in the order of one wallet's commands: what a reader waits for who wants to see this play's credit. */
    public record WalletNumber(String scopeKey, long number) {}

    public CommittedPlay {
        requireNonNull(id, "id");
        rewards = List.copyOf(rewards);
        unavailable = List.copyOf(unavailable);
    }

    public boolean isWin() {
        return !rewards.isEmpty();
    }
}
