package io.fanfare.play.play;

import io.fanfare.engine.play.CommittedPlay;
import io.fanfare.engine.play.CommittedPlay.GrantedReward;
import io.fanfare.engine.play.CommittedPlay.Unavailable;
import io.fanfare.engine.play.CommittedPlay.WalletNumber;
import io.fanfare.engine.play.DecidedPlay;
import io.fanfare.engine.play.PlayId;
import io.fanfare.engine.play.Session;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.prize.RewardId;
import io.fanfare.engine.shape.GameShape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of a play.
 *
 * @param metadata what the player's screen shows, and {@code resolution[]}: what was drawn and could not be had, why, and what
 *     was done instead: nothing, redrawn, fallback. What {@link RankingsFilter} adds is not in it
 * @param consistency wallet and number to which this play brings it, as {@code scope_key:number}; null where it changes none
 */
record PlayAnswer(
        PlayId playId,
        List<RewardView> rewards,
        Map<String, @Nullable Object> metadata,
        PlayFairness fairness,
        @Nullable String consistency) {

    /**
     * With it the draws can be recomputed: HMAC-SHA256(server_seed, client_seed ":" session_id ":" n).
     *
     * @param serverSeedHash as it was told at start
     * @param odds the table that maps draws to prizes, where the game publishes it: HMAC-SHA256(server_seed, odds) is the
     *     odds_hash of the start; null elsewhere
     */
    record PlayFairness(
            String serverSeed,
            String serverSeedHash,
            String clientSeed,
            String sessionId,
            @Nullable String odds) {}

    /** @param code of the voucher; null where it has none */
    record RewardView(
            PrizeId prizeId,
            String name,
            @Nullable String image,
            String type,
            long quantity,
            long value,
            RewardId rewardId,
            @Nullable String code) {

        static RewardView of(GrantedReward reward) {
            return new RewardView(
                    reward.prize(),
                    reward.name(),
                    reward.image(),
                    reward.type().wireName(),
                    reward.quantity(),
                    reward.value(),
                    reward.id(),
                    reward.code());
        }
    }

    /**
     * What could not be had.
     *
     * @param reason out_of_stock, capped, no_code, not_due or over_budget
     * @param instead nothing, redrawn or fallback
     */
    record ResolutionStep(PrizeId prizeId, String reason, String instead) {

        static ResolutionStep of(Unavailable gone) {
            return new ResolutionStep(
                    gone.prize(), gone.why().wireName(), gone.instead().wireName());
        }
    }

    static PlayAnswer of(CommittedPlay play, DecidedPlay decided) {
        Session session = decided.session();
        GameShape shape = decided.game().shape();
        var fairness = new PlayFairness(
                session.serverSeed().value(),
                session.serverSeed().hash(),
                decided.clientSeed(),
                session.id().value(),
                shape.terms().publishOdds() ? shape.odds() : null);
        return new PlayAnswer(play.id(), rewards(play), metadata(play), fairness, consistency(play.walletNumber()));
    }

    static List<RewardView> rewards(CommittedPlay play) {
        return play.rewards().stream().map(RewardView::of).toList();
    }

    static Map<String, @Nullable Object> metadata(CommittedPlay play) {
        var metadata =
                new LinkedHashMap<String, @Nullable Object>(play.metadata().values());
        List<ResolutionStep> resolution =
                play.unavailable().stream().map(ResolutionStep::of).toList();
        metadata.put("resolution", resolution);
        return metadata;
    }

    private static @Nullable String consistency(@Nullable WalletNumber number) {
        return number == null ? null : number.scopeKey() + ":" + number.number();
    }
}
