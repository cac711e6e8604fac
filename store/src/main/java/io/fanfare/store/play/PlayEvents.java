package io.fanfare.store.play;

import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.MerchantId;
import io.fanfare.engine.play.CommittedPlay;
import io.fanfare.engine.play.CommittedPlay.GrantedReward;
import io.fanfare.engine.play.CommittedPlay.WalletNumber;
import io.fanfare.events.PlayCompleted;
import io.fanfare.events.PlayReward;
import io.fanfare.events.WalletAmount;
import io.fanfare.events.WalletCause;
import io.fanfare.events.WalletCommand;
import io.fanfare.events.WalletCredit;
import io.fanfare.schemas.Topics;
import io.fanfare.store.identity.Ids;
import io.fanfare.store.outbox.OutboxEvent;
import io.fanfare.store.play.PlayWrites.Fact;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** What a play publishes: itself and, where it wins points, one command to the wallet with all of them. */
final class PlayEvents {

    private PlayEvents() {}

    static OutboxEvent<PlayCompleted> completed(Fact fact) {
        CommittedPlay play = fact.play();
        Candidate candidate = fact.candidate();
        var game = candidate.play().game();
        CampaignId campaign = game.campaign();
        MerchantId merchant = game.merchant();
        var completed = PlayCompleted.newBuilder()
                .setPlayId(play.id().value())
                .setTenantId(candidate.tenant().value())
                .setMerchantId(merchant == null ? null : merchant.value())
                .setCampaignId(campaign == null ? null : campaign.value())
                .setGameId(play.game().value())
                .setGameRevision(play.gameRevision())
                .setPlayerId(play.player().value())
                .setSequence(play.sequence())
                .setStartedAt(candidate.play().session().startedAt())
                .setOccurredAt(play.occurredAt())
                .setWon(play.isWin())
                .setScore(play.score())
                .setRewards(play.rewards().stream().map(PlayEvents::reward).toList())
                .build();
        return OutboxEvent.keyed(
                candidate.tenant(),
                Topics.PLAYS,
                playerKey(candidate),
                completed,
                candidate.pending().traceparent(),
                play.occurredAt());
    }

    static Optional<OutboxEvent<WalletCommand>> credit(Fact fact) {
        return Optional.ofNullable(fact.play().walletNumber()).map(number -> credit(fact, number));
    }

    private static OutboxEvent<WalletCommand> credit(Fact fact, WalletNumber number) {
        CommittedPlay play = fact.play();
        Candidate candidate = fact.candidate();
        var command = WalletCommand.newBuilder()
                .setCommandId(commandId(candidate, play).toString())
                .setTenantId(candidate.tenant().value())
                .setScopeKey(number.scopeKey())
                .setPlayerId(play.player().value())
                .setSequence(number.number())
                .setOccurredAt(play.occurredAt())
                .setCause(new WalletCause("play", play.id().value()))
                .setAction(new WalletCredit(amounts(play)))
                .build();
        return OutboxEvent.keyed(
                candidate.tenant(),
                Topics.WALLET_COMMANDS,
                playerKey(candidate),
                command,
                candidate.pending().traceparent(),
                play.occurredAt());
    }

    /** One amount per currency, in a fixed order. */
    private static List<WalletAmount> amounts(CommittedPlay play) {
        var amounts = new TreeMap<String, Long>();
        for (GrantedReward reward : play.rewards()) {
            reward.currency().ifPresent(currency -> amounts.merge(currency, reward.credit(), Math::addExact));
        }
        return amounts.entrySet().stream()
                .filter(amount -> amount.getValue() > 0)
                .map(amount -> new WalletAmount(amount.getKey(), amount.getValue()))
                .toList();
    }

    /** The same play always leads to the same command. */
    private static UUID commandId(Candidate candidate, CommittedPlay play) {
        return Ids.derivedFrom("play-credit:" + candidate.tenant() + "/" + play.id());
    }

    private static PlayReward reward(GrantedReward reward) {
        return PlayReward.newBuilder()
                .setRewardId(reward.id().value())
                .setPrizeId(reward.prize().value())
                .setType(reward.type().wireName())
                .setQuantity(reward.quantity())
                .setValue(reward.value())
                .setCurrency(reward.currency().orElse(null))
                .build();
    }

    private static String playerKey(Candidate candidate) {
        return Topics.playerKey(candidate.tenant().value(), candidate.player().value());
    }
}
