package io.fanfare.store.granting;

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

    private final Database database;
    private final Awards awards;
    private final Redemptions redemptions;
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
