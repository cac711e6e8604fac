package io.fanfare.store.prize;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.milestone.RedemptionId;
import io.fanfare.engine.play.PlayId;
import io.fanfare.engine.prize.AwardId;

/** What a reward is for. */
public sealed interface RewardCause {

    /** A play that won it; its PlayCompleted tells of it. */
    record OfPlay(PlayId play) implements RewardCause {
        public OfPlay {
            requireNonNull(play, "play");
        }
    }

    /** A player who redeemed a milestone. */
    record OfRedemption(RedemptionId redemption) implements RewardCause {
        public OfRedemption {
            requireNonNull(redemption, "redemption");
        }
    }

    /** Something that was earned and granted unasked. */
    record OfAward(AwardId award) implements RewardCause {
        public OfAward {
            requireNonNull(award, "award");
        }
    }

    /** As the table and the topic name its kind. */
    default String kind() {
        return switch (this) {
            case OfPlay _ -> "play";
            case OfRedemption _ -> "redemption";
            case OfAward _ -> "award";
        };
    }

    default String id() {
        return switch (this) {
            case OfPlay(PlayId play) -> play.value();
            case OfRedemption(RedemptionId redemption) -> redemption.value();
            case OfAward(AwardId award) -> award.value();
        };
    }

    /** @throws IllegalArgumentException where there is no such kind */
    static RewardCause of(String kind, String id) {
        return switch (kind) {
            case "play" -> new OfPlay(new PlayId(id));
            case "redemption" -> new OfRedemption(new RedemptionId(id));
            case "award" -> new OfAward(new AwardId(id));
            default ->
                throw new IllegalArgumentException(
                        "a reward's cause is '%s', expected play, redemption or award".formatted(kind));
        };
    }
}
