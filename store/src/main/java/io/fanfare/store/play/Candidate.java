package io.fanfare.store.play;

import io.fanfare.engine.game.Game;
import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.play.DecidedPlay;
import io.fanfare.engine.play.DecidedPlay.Award;
import io.fanfare.engine.play.PendingPlay;
import io.fanfare.engine.prize.Prize;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.shape.WinningMoments;
import io.fanfare.store.UtcTimes;
import io.fanfare.store.idempotency.CallerKey;
import io.fanfare.store.sequence.SequenceKey;
import io.fanfare.store.wallet.WalletNumbers;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A play that wants to be committed, seen by what it may touch until it is settled.
 *
 * @param place in its batch
 */
record Candidate(int place, PendingPlay pending) {

    DecidedPlay play() {
        return pending.play();
    }

    TenantId tenant() {
        return play().game().tenant();
    }

    PlayerId player() {
        return play().session().player();
    }

    Optional<CampaignId> campaign() {
        return Optional.ofNullable(play().game().campaign());
    }

    /** To the millisecond, so that what is answered, stored and published is the same. */
    Instant occurredAt() {
        return UtcTimes.toMillis(play().occurredAt());
    }

    Optional<CallerKey> callerKey() {
        return Optional.ofNullable(pending.claim()).map(claim -> CallerKey.ofPlayer(tenant(), player(), claim.key()));
    }

    SessionKey session() {
        return new SessionKey(tenant(), play().session().id());
    }

    /** The day on which it counts. */
    long epochDay() {
        return CounterKey.epochDay(occurredAt());
    }

    CounterKey playsOfGame() {
        return new CounterKey(tenant(), play().game().id().value(), player());
    }

    CounterKey playsOfCampaign(CampaignId campaign) {
        return new CounterKey(tenant(), CounterKey.subject(campaign), player());
    }

    CounterKey awards(PrizeId prize) {
        return new CounterKey(tenant(), prize.value(), player());
    }

    PrizeKey prize(PrizeId prize) {
        return new PrizeKey(tenant(), prize);
    }

    MomentKey moments(PrizeId prize) {
        return new MomentKey(tenant(), play().game().id(), prize);
    }

    BudgetKey budgetOfGame() {
        return BudgetKey.of(tenant(), play().game().id());
    }

    /** The counters that it counts on. */
    Stream<CounterKey> playCounters() {
        return Stream.concat(Stream.of(playsOfGame()), campaign().stream().map(this::playsOfCampaign));
    }

    /** The balance that it takes a turn from; empty where it needs none. */
    Optional<TurnKey> turns() {
        return play().game().rules().useTurns()
                ? campaign().map(campaign -> new TurnKey(tenant(), campaign, player()))
                : Optional.empty();
    }

    /** The counters of what was drawn, once for each award. */
    Stream<CounterKey> drawnCounters() {
        return play().awards().stream().map(award -> award.prize().id()).map(this::awards);
    }

    /** The counters of everything that it could get. */
    Stream<CounterKey> reachableCounters() {
        return play().reachable().stream().map(this::awards);
    }

    /** The budgets that bound what it could get. */
    Stream<BudgetKey> budgets() {
        Game game = play().game();
        if (play().reachable().isEmpty()) {
            return Stream.empty();
        }
        Stream<BudgetKey> ofGame = game.shape().terms().budget() > 0 ? Stream.of(budgetOfGame()) : Stream.empty();
        Stream<BudgetKey> ofCampaign = game.campaignTerms().budget() > 0
                ? campaign().stream().map(campaign -> BudgetKey.of(tenant(), campaign))
                : Stream.empty();
        return Stream.concat(ofGame, ofCampaign);
    }

    /** The moments that have fallen due, claimed or not. */
    Stream<MomentKey> dueMoments() {
        return play().game().shape().terms().moments().stream()
                .filter(moments -> moments.due(play().occurredAt()) > 0)
                .map(WinningMoments::prize)
                .map(this::moments);
    }

    /** The prizes that it could get a unit of. */
    Stream<PrizeKey> stockedPrizes() {
        Set<PrizeId> credits = new HashSet<>();
        Stream.concat(play().awards().stream().map(Award::prize), play().prizes().values().stream())
                .filter(prize -> prize.type().isCredit())
                .map(Prize::id)
                .forEach(credits::add);
        return play().reachable().stream()
                .filter(prize -> !credits.contains(prize))
                .map(this::prize);
    }

    /** Those of which a unit comes with a code. */
    Stream<PrizeKey> prizesWithCodes() {
        return Stream.concat(play().awards().stream().map(Award::prize), play().prizes().values().stream())
                .filter(Prize::needsCode)
                .map(Prize::id)
                .filter(play().reachable()::contains)
                .map(this::prize);
    }

    SequenceKey plays() {
        return new SequenceKey(tenant(), player(), SequenceKey.PLAYS);
    }

    SequenceKey wallet() {
        return new SequenceKey(
                tenant(), player(), WalletNumbers.stream(play().game().walletScopeKey()));
    }
}
