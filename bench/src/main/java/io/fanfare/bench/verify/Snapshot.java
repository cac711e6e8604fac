package io.fanfare.bench.verify;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The tables as of one moment: nothing in it depends on what was committed later. */
record Snapshot(
        Instant takenAt,
        List<PlayRow> plays,
        List<SessionRow> sessions,
        List<RewardRow> rewards,
        List<KeptAnswer> answers,
        List<LastNumber> lastNumbers,
        List<GameRules> games,
        List<Counter> playCounters,
        List<Counter> awardCounters,
        List<PrizeRow> prizes,
        List<PrizeRules> prizeRules,
        List<StockMovement> movements,
        List<CodeRow> codes,
        List<CommandRow> commands,
        List<DefinitionRow> definitions,
        List<OutboxRow> outbox,
        Terms terms,
        Sagas sagas) {

    /** The day of a counter that counts for ever. */
    static final int EVER = -1;

    /**
     * A play.
     *
     * @param number the player's number for it
     * @param scope of the wallet that it credited; null where none
     */
    record PlayRow(
            Ref id,
            Ref player,
            String game,
            long revision,
            String session,
            long number,
            @Nullable Long score,
            @Nullable String scope,
            @Nullable Long walletNumber,
            Instant at) {

        Ref gameRef() {
            return new Ref(id.tenant(), game);
        }

        @Nullable
        Wallet wallet() {
            return scope == null ? null : new Wallet(player.tenant(), scope, player.id());
        }
    }

    /** A session that was consumed: by a play, or by an attempt that was caught. */
    record SessionRow(Ref id, String game, Ref player) {}

    /** An attempt that could not be true. */
    record CaughtRow(Ref id, String game, Ref player, String session) {

        Ref sessionRef() {
            return new Ref(id.tenant(), session);
        }
    }

    /** What the terms of games and campaigns move, and the attempts that were caught. */
    record Terms(
            List<CampaignRules> campaigns,
            List<Turns> turnBalances,
            List<Turns> turnMovements,
            List<Spent> budgets,
            List<MomentsClaimed> moments,
            List<CaughtRow> caught,
            List<StepRow> steps) {}

    /** What takes more than one transaction, and what came of it so far. */
    record Sagas(List<RedemptionRow> redemptions, List<AwardRow> awards, List<TransferRow> transfers) {

        Sagas {
            redemptions = List.copyOf(redemptions);
            awards = List.copyOf(awards);
            transfers = List.copyOf(transfers);
        }

        /** What is set aside for redemptions that are pending. */
        List<Reservation> reservations() {
            return redemptions.stream()
                    .filter(RedemptionRow::isPending)
                    .map(RedemptionRow::unit)
                    .toList();
        }
    }

    /**
     * A request for the prize of a milestone.
     *
     * @param wallet that pays for it, or must have earned it
     * @param number of the wallet's command
     * @param credit number of the command that pays the reward into the wallet; null where none does
     * @param award where it can be had once; null where it can be had again
     * @param key the idempotency key of the request
     */
    record RedemptionRow(
            Reservation unit,
            Wallet wallet,
            long number,
            @Nullable Long credit,
            @Nullable String award,
            String status,
            @Nullable String refusal,
            @Nullable String key) {

        Ref id() {
            return unit.redemption();
        }

        boolean isPending() {
            return status.equals("pending");
        }

        boolean isGranted() {
            return status.equals("granted");
        }
    }

    /**
     * What is set aside for a redemption, or was.
     *
     * @param reward that it is to become
     * @param isUnitTaken out of limited stock
     */
    record Reservation(
            Ref redemption,
            Ref player,
            String prize,
            Ref reward,
            @Nullable String code,
            boolean isUnitTaken,
            Instant at) {

        Ref prizeRef() {
            return new Ref(redemption.tenant(), prize);
        }
    }

    /**
     * Whether a player got what can be had once.
     *
     * @param subject what it is for: {@code scope/game/milestone}
     * @param redemption that has reserved it; null where none has
     * @param reward that it became; null where it did not
     */
    record AwardRow(
            Ref id,
            Ref player,
            String subject,
            String status,
            @Nullable String redemption,
            @Nullable String reward) {

        /** In which it was earned. */
        Wallet wallet() {
            return new Wallet(player.tenant(), subject.split("/", 2)[0], player.id());
        }

        /** Of none where it did not become one. */
        Ref rewardRef() {
            return new Ref(id.tenant(), reward == null ? "" : reward);
        }
    }

    /**
     * An amount on its way between two wallets of one scope, or there.
     *
     * @param reverses the transfer that it takes back; null where a player sent it
     * @param at when it came to its status, or was retried
     */
    record TransferRow(
            Ref id,
            Ref from,
            Ref to,
            String currency,
            long amount,
            String status,
            @Nullable String reverses,
            Instant at) {

        boolean hasFailed() {
            return status.equals("refused") || status.equals("returned");
        }

        boolean isTheOtherWay(TransferRow original) {
            return from.equals(original.to)
                    && to.equals(original.from)
                    && currency.equals(original.currency)
                    && amount == original.amount;
        }
    }

    /** Turns of a player for the games of a campaign: what is there, or what was given. */
    record Turns(Ref player, String campaign, long turns) {}

    /** What the platform counted as given away by a game or a campaign. */
    record Spent(Ref subject, boolean isOfCampaign, long spent) {}

    /** How many winning moments of a prize the platform counted as claimed. */
    record MomentsClaimed(Ref game, String prize, long claimed) {}

    /** Something that was done with a reward; {@code number} from 1. */
    record StepRow(Ref reward, int number, String step) {}

    /**
     * Where a reward is in its life.
     *
     * @param wasFulfilled whatever became of it later
     * @param isUnitReturned it was revoked or expired, and its unit is in stock again
     */
    record Life(String status, boolean wasFulfilled, boolean isUnitReturned) {}

    /**
     * A reward.
     *
     * @param play that won it; null where none did
     * @param item its name where it is one, which is also its currency; null otherwise
     */
    record RewardRow(
            Ref id,
            Ref player,
            String prize,
            @Nullable String play,
            int ordinal,
            String type,
            @Nullable String item,
            long quantity,
            long value,
            @Nullable String code,
            Instant at,
            Life life) {

        private static final Set<String> CREDITS = Set.of("points", "lucky_item");

        /** It went into the wallet, not out of stock. */
        boolean isCredit() {
            return CREDITS.contains(type);
        }

        /** What it puts into the wallet, by currency; nothing where it is no credit. */
        Map<String, Long> credit() {
            long amount = isCredit() ? Math.multiplyExact(value, quantity) : 0;
            return amount > 0 ? Map.of(item == null ? "points" : item, amount) : Map.of();
        }

        /** It is something that a game puts into the wallet, and that nobody configured. */
        boolean isItem() {
            return type.equals("lucky_item") && prize.startsWith("item.");
        }

        /** What it takes from budgets; items cost nothing. */
        long cost() {
            return type.equals("lucky_item") ? 0 : Math.multiplyExact(value, quantity);
        }

        boolean isOfPlay() {
            return play != null;
        }

        /** Of none where no play won it. */
        Ref playRef() {
            return new Ref(id.tenant(), play == null ? "" : play);
        }

        Ref prizeRef() {
            return new Ref(id.tenant(), prize);
        }
    }

    /** The answer to a play, kept under an idempotency key of its caller. */
    record KeptAnswer(String tenant, String caller, String key, String play, List<Outcome> rewards) {
        KeptAnswer {
            rewards = List.copyOf(rewards);
        }
    }

    /** What a player was told of a reward. */
    record Outcome(
            String reward,
            String prize,
            String type,
            long quantity,
            long value,
            @Nullable String code) {

        static Outcome of(RewardRow reward) {
            return new Outcome(
                    reward.id().id(), reward.prize(), reward.type(), reward.quantity(), reward.value(), reward.code());
        }
    }

    /** The last number that was given out for a stream of a player: {@code plays}, or {@code wallet:<scope>}. */
    record LastNumber(Ref player, String stream, long number) {}

    /**
     * How often a revision of a game may be played; 0 = no limit.
     *
     * @param campaign whose plays are counted together; null where none
     * @param useTurns each play takes one of the player's turns of the campaign
     * @param budget what it may give away; 0 = no bound
     */
    record GameRules(
            Ref game,
            long revision,
            @Nullable String campaign,
            long perPlayer,
            long perDay,
            boolean useTurns,
            long budget,
            List<Moments> moments) {

        GameRules {
            moments = List.copyOf(moments);
        }

        /** What stands for all games of the campaign among the counters. */
        @Nullable
        Ref campaignRef() {
            return campaign == null ? null : new Ref(game.tenant(), "campaign:" + campaign);
        }
    }

    /** A revision of a campaign; 0 = no limit. */
    record CampaignRules(Ref campaign, long revision, Instant from, long perPlayer, long perDay, long budget) {}

    /** Each revision of each game, by game and revision. */
    Map<Ref, Map<Long, GameRules>> rules() {
        return games.stream()
                .collect(groupingBy(
                        GameRules::game, toMap(GameRules::revision, Function.identity(), (first, _) -> first)));
    }

    /** What the platform itself counted, of plays of a game or a campaign, or of awards of a prize. */
    record Counter(Ref subject, String player, int epochDay, long count) {}

    /**
     * A prize and its stock.
     *
     * @param total put in so far; null where stock is unlimited
     */
    record PrizeRow(Ref id, @Nullable Long total, @Nullable Long remaining) {}

    /**
     * A revision of a prize.
     *
     * @param perPlayer awards; 0 = no limit
     * @param from when it came into force
     */
    record PrizeRules(Ref prize, long revision, Instant from, long perPlayer, long perDay, boolean needsCode) {}

    record StockMovement(Ref prize, long delta) {}

    /** @param isVoid it is never given out again */
    record CodeRow(Ref prize, String code, @Nullable String reward, boolean isVoid) {}

    /**
     * A command of a wallet.
     *
     * @param outcome awaited, posted or refused, as the tables know it; null where nobody waits for it
     */
    record CommandRow(
            Wallet wallet,
            long number,
            String commandId,
            Fingerprint payload,
            @Nullable String outcome,
            @Nullable String refusal) {

        Ref id() {
            return new Ref(wallet.tenant(), commandId);
        }
    }

    /** @param partition null where the key decides */
    record OutboxRow(
            UUID id,
            String topic,
            String key,
            String type,
            @Nullable Integer partition,
            Fingerprint payload) {}

    /** A version of something that operators configure, by the key of its record. */
    record DefinitionRow(String key) {}
}
