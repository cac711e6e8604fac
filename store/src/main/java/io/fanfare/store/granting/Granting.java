package io.fanfare.store.granting;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.play.Unavailability;
import io.fanfare.engine.prize.RewardId;
import io.fanfare.store.Database;
import io.fanfare.store.UtcTimes;
import io.fanfare.store.award.AwardRecord;
import io.fanfare.store.award.AwardState;
import io.fanfare.store.award.Awards;
import io.fanfare.store.game.GameRecord;
import io.fanfare.store.game.Games;
import io.fanfare.store.identity.Ids;
import io.fanfare.store.outbox.Outbox;
import io.fanfare.store.play.PrizeShelf;
import io.fanfare.store.play.PrizeShelf.Taking;
import io.fanfare.store.prize.Minting;
import io.fanfare.store.prize.NewReward;
import io.fanfare.store.prize.PrizeRecord;
import io.fanfare.store.prize.Prizes;
import io.fanfare.store.prize.RewardCause;
import io.fanfare.store.redemption.RedemptionRecord;
import io.fanfare.store.redemption.Redemptions;
import java.time.Clock;
import java.time.Instant;

/**
 * Grants what was earned, once for each {@linkplain io.fanfare.store.award.AwardKey thing and player}, however often it is told and
 * whether the player redeems it at the same time. Stock, code, reward, numbers and what is published are one transaction.
 */
public final class Granting {

    private static final String AWARDED = "awarded";

    private final Database database;
    private final Awards awards;
    private final Redemptions redemptions;
    private final RetryLog retries;
    private final PrizeShelf shelf;
    private final Prizes prizes;
    private final Games games;
    private final Minting minting;
    private final Ids ids;
    private final Clock clock;

    public Granting(Database database, Outbox outbox, Ids ids, Clock clock) {
        this.database = database;
        this.awards = new Awards(database);
        this.redemptions = new Redemptions(database, outbox, ids, clock);
        this.retries = new RetryLog(database);
        this.shelf = new PrizeShelf(database);
        this.prizes = new Prizes(database, outbox, ids, clock);
        this.games = new Games(database, outbox, ids, clock);
        this.minting = new Minting(database, outbox);
        this.ids = ids;
        this.clock = clock;
    }

    /** @throws IllegalStateException inside another transaction */
    public Grant grant(Earned earned) {
        return database.inTransactionOrAgain(
                () -> awards.lock(earned.key()).map(this::grantBeside).orElseGet(() -> grantFirst(earned)));
    }

    /**
     * Tries again to award what was earned and could not be had, once at whatever concurrency; who did it and why is kept. A redemption
     * of it that is under way has set a unit aside: that is granted then, whatever the wallet says later.
     *
     * @throws IllegalStateException inside another transaction
     */
    public Retry retry(RetryWish wish) {
        return database.inTransactionOrAgain(() -> {
            AwardRecord award = awards.lock(wish.tenant(), wish.award()).orElse(null);
            return switch (award == null ? null : award.state()) {
                case null -> new Retry.NotFound();
                case AwardState.Awarded(RewardId reward) -> new Retry.GrantedBefore(reward);
                case AwardState.Unawarded _ -> retried(requireNonNull(award), wish);
                case AwardState.Reserved(var _, Unavailability before) ->
                    before == null ? new Retry.NotFound() : grantedFromRedemption(requireNonNull(award), wish);
            };
        });
    }

    private Retry grantedFromRedemption(AwardRecord award, RetryWish wish) {
        database.waitForTheLog();
        RewardId reward = redemptions.grantReserved(award).unit().reward();
        log(wish, AWARDED);
        return new Retry.Granted(reward);
    }

    private Retry retried(AwardRecord award, RetryWish wish) {
        TenantId tenant = wish.tenant();
        GameRecord game = games.findOrDeleted(tenant, award.game()).orElseThrow();
        PrizeRecord prize = prizes.findOrDeleted(tenant, award.prize()).orElseThrow();
        database.waitForTheLog();
        Instant now = UtcTimes.toMillis(clock.instant());
        RewardId reward = ids.reward();
        return switch (shelf.take(prize.prize(), award.key().player(), reward, now)) {
            case Taking.Gone(Unavailability why) -> {
                awards.update(award.in(new AwardState.Unawarded(why), now));
                log(wish, why.wireName());
                yield new Retry.StillUnawarded(award.prize(), why);
            }
            case Taking.Taken taken -> {
                awards.update(award.in(new AwardState.Awarded(reward), now));
                var earned = new Earned(
                        award.key(), award.game(), award.prize(), award.key().wallet(), wish.traceparent());
                mint(earned, game, prize, award, new Minted(reward, taken, now));
                log(wish, AWARDED);
                yield new Retry.Granted(reward);
            }
        };
    }

    private void log(RetryWish wish, String outcome) {
        retries.add(new RetryLog.Entry(
                wish.tenant(),
                ids.mint("retry_"),
                wish.award(),
                wish.who(),
                wish.reason(),
                outcome,
                UtcTimes.toMillis(clock.instant())));
    }

    private Grant grantBeside(AwardRecord award) {
        return switch (award.state()) {
            case AwardState.Reserved _ -> {
                database.waitForTheLog();
                RedemptionRecord redemption = redemptions.grantReserved(award);
                yield new Grant.Granted(redemption.unit().reward());
            }
            case AwardState.Awarded _, AwardState.Unawarded _ -> new Grant.GrantedBefore(award.state());
        };
    }

    private Grant grantFirst(Earned earned) {
        TenantId tenant = earned.key().tenant();
        GameRecord game = games.findOrDeleted(tenant, earned.game()).orElse(null);
        PrizeRecord prize = prizes.findOrDeleted(tenant, earned.prize()).orElse(null);
        if (game == null || prize == null) {
            return new Grant.Unknown(earned.game(), earned.prize());
        }
        database.waitForTheLog();
        Instant now = UtcTimes.toMillis(clock.instant());
        RewardId reward = ids.reward();
        var award = new AwardRecord(
                ids.award(), earned.key(), earned.game(), earned.prize(), new AwardState.Awarded(reward), now, now);
        // First of all, for it is what keeps others out.
        awards.insert(award);
        return switch (shelf.take(prize.prize(), earned.key().player(), reward, now)) {
            case Taking.Gone(Unavailability why) -> {
                awards.update(award.in(new AwardState.Unawarded(why), now));
                yield new Grant.Unawarded(why);
            }
            case Taking.Taken taken -> {
                mint(earned, game, prize, award, new Minted(reward, taken, now));
                yield new Grant.Granted(reward);
            }
        };
    }

    private record Minted(RewardId reward, Taking.Taken unit, Instant at) {}

    private void mint(Earned earned, GameRecord game, PrizeRecord prize, AwardRecord award, Minted minted) {
        var definition = prize.definition();
        var reward = new NewReward(
                prize.tenant(),
                minted.reward(),
                earned.key().player(),
                prize.id(),
                earned.game(),
                new RewardCause.OfAward(award.id()),
                0,
                definition.name(),
                definition.image(),
                definition.type(),
                1,
                definition.value(),
                minted.unit().code(),
                definition.redemption().atWin(definition.type(), minted.at()));
        minting.mint(
                reward,
                new Minting.Origin(
                        game.definition().merchant(),
                        game.definition().campaign(),
                        earned.wallet(),
                        earned.traceparent()));
    }
}
