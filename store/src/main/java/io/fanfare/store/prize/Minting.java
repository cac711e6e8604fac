package io.fanfare.store.prize;

import static io.fanfare.store.RowStatement.integer;
import static io.fanfare.store.RowStatement.number;
import static io.fanfare.store.RowStatement.text;
import static io.fanfare.store.RowStatement.time;
import static java.util.Objects.requireNonNull;

import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.MerchantId;
import io.fanfare.engine.prize.PrizeType;
import io.fanfare.engine.reward.Redemption;
import io.fanfare.engine.reward.RewardState;
import io.fanfare.engine.wallet.Cause;
import io.fanfare.engine.wallet.Currency;
import io.fanfare.engine.wallet.Money;
import io.fanfare.engine.wallet.ScopeKey;
import io.fanfare.engine.wallet.WalletId;
import io.fanfare.events.RewardGranted;
import io.fanfare.schemas.Topics;
import io.fanfare.store.Database;
import io.fanfare.store.RowStatement;
import io.fanfare.store.RowStatement.Rows;
import io.fanfare.store.UtcTimes;
import io.fanfare.store.identity.Ids;
import io.fanfare.store.outbox.Outbox;
import io.fanfare.store.outbox.OutboxEvent;
import io.fanfare.store.prize.RewardMoves.OfPlayer;
import io.fanfare.store.wallet.WalletCommands;
import io.fanfare.store.wallet.WalletOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The one way in which rewards come into being, in the transaction that took what they are made of. A play tells of its rewards
 * and pays them by itself; every other cause is told here.
 */
public final class Minting {

    private static final String REASON = "reward";

    private static final RowStatement INSERT = RowStatement.insert(
            "reward",
            text("tenant_id"),
            text("reward_id"),
            text("player_id"),
            text("prize_id"),
            text("game_id"),
            text("play_id"),
            text("cause"),
            text("cause_id"),
            integer("ordinal"),
            text("name"),
            text("image"),
            text("type"),
            number("quantity"),
            number("value"),
            text("code"),
            text("status"),
            time("created_at"),
            time("expires_at"),
            time("fulfilled_at"));

    private final Database database;
    private final Outbox outbox;
    private final RewardTables tables;
    private final WalletCommands walletCommands;

    /**
     * Where a reward comes from, for those who are told of it.
     *
     * @param wallet that it is paid into where it is a credit
     * @param traceparent W3 trace context that it continues; null where none
     */
    public record Origin(
            @Nullable MerchantId merchant,
            @Nullable CampaignId campaign,
            ScopeKey wallet,
            @Nullable String traceparent) {
        public Origin {
            requireNonNull(wallet, "wallet");
        }
    }

    public Minting(Database database, Outbox outbox) {
        this.database = database;
        this.outbox = outbox;
        this.tables = new RewardTables(database);
        this.walletCommands = new WalletCommands(database, outbox);
    }

    /**
     * The state in which a unit begins that was taken at one time and is minted at another: it was won when it was taken, and can
     * be claimed for its whole time from the minting on.
     */
    public static RewardState beginning(Redemption redemption, PrizeType type, Instant takenAt, Instant mintedAt) {
        RewardState state = redemption.atWin(type, takenAt);
        Duration validFor = redemption.validFor();
        return state instanceof RewardState.Won(Instant wonAt, Instant expiresAt)
                        && expiresAt != null
                        && validFor != null
                ? new RewardState.Won(wonAt, mintedAt.plus(validFor))
                : state;
    }

    /** Rewards whose play tells of them, as rows for its transaction. Their codes are given out by whoever took them. */
    public Rows rows(List<NewReward> rewards) {
        return INSERT.of(rewards, Minting::row);
    }

    /**
     * Writes a reward that no play tells of, tells of it, and pays it where it is a credit.
     *
     * @return the number of the command that pays it; empty where it is no credit
     * @throws IllegalStateException outside a transaction
     */
    public OptionalLong mint(NewReward reward, Origin origin) {
        database.requireTransaction("a reward was to be minted");
        database.write(List.of(rows(List.of(reward))));
        var player = new OfPlayer(reward.tenant(), reward.player());
        long number =
                requireNonNull(tables.advance(new TreeMap<>(Map.of(player, 1L))).get(player), "number");
        outbox.write(granted(reward, origin, number));
        return reward.currency()
                .filter(_ -> reward.credit() > 0)
                .map(currency -> OptionalLong.of(
                        walletCommands.write(credit(reward, origin, currency)).number()))
                .orElseGet(OptionalLong::empty);
    }

    private static OutboxEvent<RewardGranted> granted(NewReward reward, Origin origin, long number) {
        var event = RewardGranted.newBuilder()
                .setRewardId(reward.id().value())
                .setTenantId(reward.tenant().value())
                .setMerchantId(
                        origin.merchant() == null ? null : origin.merchant().value())
                .setCampaignId(
                        origin.campaign() == null ? null : origin.campaign().value())
                .setPlayerId(reward.player().value())
                .setPrizeId(reward.prize().value())
                .setGameId(reward.game().value())
                .setSequence(number)
                .setCause(reward.cause().kind())
                .setCauseId(reward.cause().id())
                .setType(reward.type().wireName())
                .setQuantity(reward.quantity())
                .setValue(reward.value())
                .setCurrency(reward.currency().orElse(null))
                .setStatus(reward.state().wireName())
                .setOccurredAt(reward.state().wonAt())
                .build();
        return OutboxEvent.keyed(
                reward.tenant(),
                Topics.REWARDS,
                Topics.playerKey(reward.tenant().value(), reward.player().value()),
                event,
                origin.traceparent(),
                reward.state().wonAt());
    }

    private WalletOrder credit(NewReward reward, Origin origin, String currency) {
        return new WalletOrder(
                new WalletId(reward.tenant(), reward.player(), origin.wallet()),
                Ids.derivedFrom("reward-credit:" + reward.tenant() + "/" + reward.id()),
                new Cause(REASON, reward.id().value()),
                walletCommands.creditOnTerms(
                        reward.tenant(),
                        List.of(new Money(new Currency(currency), reward.credit())),
                        reward.state().wonAt()),
                null,
                origin.traceparent(),
                reward.state().wonAt());
    }

    private static @Nullable Object[] row(NewReward reward) {
        RewardState state = reward.state();
        boolean isOfPlay = reward.cause() instanceof RewardCause.OfPlay;
        return new @Nullable Object[] {
            reward.tenant().value(),
            reward.id().value(),
            reward.player().value(),
            reward.prize().value(),
            reward.game().value(),
            isOfPlay ? reward.cause().id() : null,
            reward.cause().kind(),
            isOfPlay ? null : reward.cause().id(),
            reward.ordinal(),
            reward.name(),
            reward.image(),
            reward.type().wireName(),
            reward.quantity(),
            reward.value(),
            reward.code(),
            state.wireName(),
            UtcTimes.column(state.wonAt()),
            state instanceof RewardState.Won won ? UtcTimes.columnOrNull(won.expiresAt()) : null,
            state instanceof RewardState.Fulfilled fulfilled ? UtcTimes.column(fulfilled.fulfilledAt()) : null
        };
    }
}
