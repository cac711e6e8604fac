package io.fanfare.bench.verify;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
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
        List<StockMovement> movements,
        List<CodeRow> codes,
        List<CommandRow> commands,
        List<DefinitionRow> definitions,
        List<OutboxRow> outbox) {

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

        @Nullable
        Wallet wallet() {
            return scope == null ? null : new Wallet(player.tenant(), scope, player.id());
        }
    }

    /** A session that was consumed, other than by an attempt that was caught. */
    record SessionRow(Ref id, String game, Ref player) {}

    /** @param isUnitReturned it was revoked or expired, and its unit is in stock again */
    record RewardRow(
            Ref id,
            Ref player,
            String prize,
            String play,
            int ordinal,
            String type,
            long quantity,
            long value,
            @Nullable String code,
            Instant at,
            boolean isUnitReturned) {

        Ref playRef() {
            return new Ref(id.tenant(), play);
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
     */
    record GameRules(Ref game, long revision, @Nullable String campaign, long perPlayer, long perDay) {

        /** What stands for all games of the campaign among the counters. */
        @Nullable
        Ref campaignRef() {
            return campaign == null ? null : new Ref(game.tenant(), "campaign:" + campaign);
        }
    }

    /** What the platform itself counted, of plays of a game or a campaign, or of awards of a prize. */
    record Counter(Ref subject, String player, int epochDay, long count) {}

    /**
     * A prize as it is now.
     *
     * @param perPlayer awards; 0 = no limit
     * @param total put in so far; null where stock is unlimited
     */
    record PrizeRow(
            Ref id,
            long revision,
            long perPlayer,
            long perDay,
            boolean needsCode,
            Instant updatedAt,
            @Nullable Long total,
            @Nullable Long remaining) {}

    record StockMovement(Ref prize, long delta) {}

    record CodeRow(Ref prize, String code, @Nullable String reward) {}

    record CommandRow(Wallet wallet, long number, String commandId, Fingerprint payload) {}

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
