package io.fanfare.play.redemption;

import io.fanfare.engine.game.GameId;
import io.fanfare.engine.milestone.MilestoneId;
import io.fanfare.engine.milestone.MilestoneMode;
import io.fanfare.engine.milestone.RedemptionId;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.prize.RewardId;
import io.fanfare.play.Times;
import io.fanfare.store.redemption.RedemptionRecord;
import io.fanfare.store.redemption.RedemptionRecord.SetAside;
import io.fanfare.store.redemption.RedemptionState;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A redemption as its player sees it.
 *
 * @param redeemed whether it is granted
 * @param mode cumulative_unlock or spend_exchange
 * @param status pending, granted or refused
 * @param reason why it was refused, such as INSUFFICIENT_BALANCE; null where it was not
 * @param spent what was paid, by currency
 * @param balances what is there once it is granted, by currency: what the payment left, or what nothing was taken from; empty where
 *     that cannot be read now
 * @param consistency wallet and number to which it has brought it, as {@code scope_key:number}
 */
record RedemptionView(
        RedemptionId redemptionId,
        GameId gameId,
        MilestoneId milestoneId,
        boolean redeemed,
        String mode,
        String status,
        @Nullable String reason,
        Map<String, Long> spent,
        @Nullable RewardView reward,
        Map<String, Long> balances,
        String consistency,
        long createdAt,
        long endedAt) {

    /** @param code of the voucher; null where it has none, or it is void */
    record RewardView(
            PrizeId prizeId,
            String name,
            @Nullable String image,
            String type,
            long quantity,
            long value,
            RewardId rewardId,
            @Nullable String code) {

        static RewardView of(SetAside unit, boolean isVoid) {
            return new RewardView(
                    unit.prize(),
                    unit.name(),
                    unit.image(),
                    unit.type().wireName(),
                    1,
                    unit.value(),
                    unit.reward(),
                    isVoid ? null : unit.code());
        }
    }

    /**
     * As it is.
     *
     * @param isVoid whether the code of its reward is
     * @param balance what is there of its currency; null where that is not known
     */
    static RedemptionView of(RedemptionRecord redemption, boolean isVoid, @Nullable Long balance) {
        String currency = redemption.currency().code();
        return switch (redemption.state()) {
            case RedemptionState.Pending() ->
                view(redemption, null, Map.of(), null, Map.of(), redemption.walletNumber(), 0);
            case RedemptionState.Refused refused ->
                view(
                        redemption,
                        refused.refusal(),
                        Map.of(),
                        null,
                        Map.of(),
                        redemption.walletNumber(),
                        Times.seconds(refused.at()));
            case RedemptionState.Granted granted -> {
                Long credit = granted.creditNumber();
                boolean isPaid = redemption.mode() == MilestoneMode.SPEND_EXCHANGE;
                yield view(
                        redemption,
                        null,
                        isPaid ? Map.of(currency, redemption.milestone().threshold()) : Map.of(),
                        RewardView.of(redemption.unit(), isVoid),
                        balance == null ? Map.of() : Map.of(currency, balance),
                        credit == null ? redemption.walletNumber() : credit,
                        Times.seconds(granted.at()));
            }
        };
    }

    private static RedemptionView view(
            RedemptionRecord redemption,
            @Nullable String reason,
            Map<String, Long> spent,
            @Nullable RewardView reward,
            Map<String, Long> balances,
            long number,
            long endedAt) {
        return new RedemptionView(
                redemption.key().id(),
                redemption.game(),
                redemption.milestone().id(),
                reward != null,
                redemption.mode().wireName(),
                redemption.state().word(),
                reason,
                spent,
                reward,
                balances,
                redemption.scope() + ":" + number,
                Times.seconds(redemption.requestedAt()),
                endedAt);
    }
}
