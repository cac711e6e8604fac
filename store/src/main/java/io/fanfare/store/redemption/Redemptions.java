package io.fanfare.store.redemption;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.milestone.MilestoneMode;
import io.fanfare.engine.milestone.RedemptionId;
import io.fanfare.engine.play.IdempotencyClaim;
import io.fanfare.engine.play.Unavailability;
import io.fanfare.engine.prize.AwardId;
import io.fanfare.engine.prize.Prize;
import io.fanfare.engine.prize.RewardId;
import io.fanfare.engine.reward.Redemption;
import io.fanfare.engine.wallet.Cause;
import io.fanfare.engine.wallet.Money;
import io.fanfare.engine.wallet.ScopeKey;
import io.fanfare.engine.wallet.WalletCommand;
import io.fanfare.engine.wallet.WalletId;
import io.fanfare.store.Database;
import io.fanfare.store.UtcTimes;
import io.fanfare.store.award.AwardKey;
import io.fanfare.store.award.AwardRecord;
import io.fanfare.store.award.AwardState;
import io.fanfare.store.award.Awards;
import io.fanfare.store.game.GameRecord;
import io.fanfare.store.game.Games;
import io.fanfare.store.idempotency.Idempotency;
import io.fanfare.store.identity.Ids;
import io.fanfare.store.outbox.Outbox;
import io.fanfare.store.play.PrizeShelf;
import io.fanfare.store.play.PrizeShelf.TakenUnit;
import io.fanfare.store.play.PrizeShelf.Taking;
import io.fanfare.store.prize.Minting;
import io.fanfare.store.prize.NewReward;
import io.fanfare.store.prize.PrizeRecord;
import io.fanfare.store.prize.Prizes;
import io.fanfare.store.prize.RewardCause;
import io.fanfare.store.redemption.RedemptionRecord.SetAside;
import io.fanfare.store.redemption.Reservation.KeyKnown;
import io.fanfare.store.wallet.WalletCommands;
import io.fanfare.store.wallet.WalletOrder;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DuplicateKeyException;

/**
 * The saga of a redemption. To begin it, one transaction sets a unit and a code aside and gives the wallet its command; what the
 * wallet says of that command, and nothing else, ends it, once: then the unit is minted or goes back. No timer ever gives it back.
 *
 * <p>Locks: the award, the redemption, counters, stock, codes, numbers.
 */
public final class Redemptions {

    /** What the ledger of a wallet, and its topic, call it. */
    public static final String REASON = "redeem";

    private final Database database;
    private final RedemptionRows rows;
    private final Awards awards;
    private final PrizeShelf shelf;
    private final Prizes prizes;
    private final Games games;
    private final Minting minting;
    private final WalletCommands walletCommands;
    private final Ids ids;
    private final Clock clock;

    public Redemptions(Database database, Outbox outbox, Ids ids, Clock clock) {
        this.database = database;
        this.rows = new RedemptionRows(database);
        this.awards = new Awards(database);
        this.shelf = new PrizeShelf(database);
        this.prizes = new Prizes(database, outbox, ids, clock);
        this.games = new Games(database, outbox, ids, clock);
        this.minting = new Minting(database, outbox);
        this.walletCommands = new WalletCommands(database, outbox);
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Begins a redemption.
     *
     * @throws IllegalStateException inside another transaction
     */
    public Reservation reserve(RedemptionWish wish) {
        return database.inTransactionOrAgain(() -> {
            // First of all: who has waited here for a twin finds what it began.
            AwardRecord award = lockAward(wish).orElse(null);
            return askedBefore(wish).orElseGet(() -> begin(wish, award));
        });
    }

    /**
     * What a player's idempotency key stands for: whatever has become of the game since then, what it began is found. Empty where it
     * began nothing, or is past its time.
     */
    public Optional<KeyKnown> before(TenantId tenant, PlayerId player, IdempotencyClaim claim) {
        return rows.underKey(tenant, player, claim.key())
                .filter(known -> !isPastItsTime(known))
                .map(known -> asAskedBy(claim, known));
    }

    public Optional<RedemptionRecord> find(TenantId tenant, RedemptionId id) {
        return rows.find(new RedemptionKey(tenant, id));
    }

    /** Those of the given ones that have ended. */
    public List<RedemptionRecord> ended(Collection<RedemptionKey> keys) {
        return keys.isEmpty() ? List.of() : rows.ended(keys);
    }

    /**
     * The wallet has accepted: the unit becomes the player's reward.
     *
     * @param walletNumber of the command that it has accepted
     * @param balanceAfter what is left of the currency; null where nothing was paid
     * @throws IllegalStateException inside another transaction
     */
    public Ending accept(RedemptionKey key, long walletNumber, @Nullable Long balanceAfter) {
        return end(key, walletNumber, (redemption, award) -> grant(redemption, award, balanceAfter));
    }

    /**
     * The wallet has refused: the unit goes back.
     *
     * @param walletNumber of the command that it has refused
     * @throws IllegalStateException inside another transaction
     */
    public Ending refuse(RedemptionKey key, long walletNumber, String refusal, String detail) {
        return end(key, walletNumber, (redemption, award) -> release(redemption, award, refusal, detail));
    }

    /**
     * What is set aside is earned, as others found out: the unit becomes the player's reward, whatever the wallet says later.
     *
     * @param award that the redemption holds; it is locked
     * @throws IllegalStateException outside a transaction, or where nothing is set aside for the award
     */
    public RedemptionRecord grantReserved(AwardRecord award) {
        database.requireTransaction("what is set aside was to be granted");
        if (!(award.state() instanceof AwardState.Reserved reserved)) {
            throw new IllegalStateException(
                    "award %s is %s, expected it reserved".formatted(award.id(), award.state()));
        }
        var key = new RedemptionKey(award.key().tenant(), reserved.by());
        RedemptionRecord redemption = rows.lock(key)
                .filter(found -> found.state() instanceof RedemptionState.Pending)
                .orElseThrow(() -> new IllegalStateException("nothing is set aside by " + key));
        return grant(redemption, award, null);
    }

    private Optional<Reservation> askedBefore(RedemptionWish wish) {
        IdempotencyClaim claim = wish.claim();
        if (claim == null) {
            return Optional.empty();
        }
        Optional<RedemptionRecord> before = rows.underKey(wish.game().tenant(), wish.player(), claim.key());
        if (before.isPresent() && isPastItsTime(before.get())) {
            rows.forgetClaim(before.get().key());
            return Optional.empty();
        }
        return before.map(known -> asAskedBy(claim, known));
    }

    private boolean isPastItsTime(RedemptionRecord known) {
        return !known.requestedAt().plus(Idempotency.KEPT).isAfter(clock.instant());
    }

    private static KeyKnown asAskedBy(IdempotencyClaim claim, RedemptionRecord known) {
        return claim.equals(known.claim()) ? new Reservation.AskedBefore(known) : new Reservation.KeyReused();
    }

    /** Of what can be had once; empty where it can be had again, or nobody has asked for it yet. */
    private Optional<AwardRecord> lockAward(RedemptionWish wish) {
        return switch (wish.milestones().mode()) {
            case SPEND_EXCHANGE -> Optional.empty();
            case CUMULATIVE_UNLOCK -> awards.lock(awardKey(wish));
        };
    }

    /** @param award locked; null where there is none */
    private Reservation begin(RedemptionWish wish, @Nullable AwardRecord award) {
        database.waitForTheLog();
        var key = new RedemptionKey(wish.game().tenant(), ids.redemption());
        if (wish.milestones().mode() == MilestoneMode.SPEND_EXCHANGE) {
            return setAside(wish, key, null);
        }
        return switch (award == null ? null : award.state()) {
            case null -> {
                AwardRecord made = newAward(wish, new AwardState.Reserved(key.id(), null));
                awards.insert(made);
                yield setAside(wish, key, made);
            }
            case AwardState.Awarded _ -> new Reservation.AlreadyAwarded();
            case AwardState.Reserved(RedemptionId by, var _) ->
                new Reservation.UnderWay(new RedemptionKey(key.tenant(), by));
            case AwardState.Unawarded(Unavailability why) -> {
                AwardRecord taken = requireNonNull(award).in(new AwardState.Reserved(key.id(), why), now());
                awards.update(taken);
                yield setAside(wish, key, taken);
            }
        };
    }

    /** @param award that this redemption has made or taken over; null where none is needed */
    private Reservation setAside(RedemptionWish wish, RedemptionKey key, @Nullable AwardRecord award) {
        Instant now = now();
        Prize prize = prizes.findOrDeleted(key.tenant(), wish.milestone().prize())
                .map(PrizeRecord::prize)
                .orElseThrow(() -> new IllegalStateException("game %s grants prize %s, which does not exist"
                        .formatted(wish.game().id(), wish.milestone().prize())));
        RewardId reward = ids.reward();
        return switch (shelf.take(prize, wish.player(), reward, now)) {
            case Taking.Gone(Unavailability why) -> {
                letGo(award);
                yield new Reservation.PrizeUnavailable(prize.id(), why);
            }
            case Taking.Taken taken -> {
                var unit = new SetAside(
                        reward,
                        prize.id(),
                        prize.name(),
                        prize.image(),
                        prize.type(),
                        prize.value(),
                        taken.code(),
                        taken.isOfLimitedStock());
                yield new Reservation.Reserved(ask(wish, key, award == null ? null : award.id(), unit, now));
            }
        };
    }

    private RedemptionRecord ask(
            RedemptionWish wish, RedemptionKey key, @Nullable AwardId award, SetAside unit, Instant now) {
        var scope = new ScopeKey(wish.game().definition().walletScopeKey(key.tenant()));
        var price = new Money(wish.milestones().currency(), wish.milestone().threshold());
        WalletCommand command = switch (wish.milestones().mode()) {
            case SPEND_EXCHANGE -> new WalletCommand.Spend(List.of(price));
            case CUMULATIVE_UNLOCK ->
                new WalletCommand.Require(wish.milestone().grant(wish.game().id()), price);
        };
        long number = walletCommands
                .write(new WalletOrder(
                        new WalletId(key.tenant(), wish.player(), scope),
                        Ids.derivedFrom("redemption:" + key.tenant() + "/" + key.id()),
                        new Cause(REASON, key.id().value()),
                        command,
                        null,
                        wish.traceparent(),
                        now))
                .number();
        var redemption = new RedemptionRecord(
                key,
                wish.player(),
                wish.game().id(),
                wish.game().revision(),
                wish.milestones().mode(),
                wish.milestones().currency(),
                wish.milestone(),
                scope,
                number,
                award,
                unit,
                wish.claim(),
                wish.traceparent(),
                now,
                new RedemptionState.Pending());
        try {
            rows.insert(redemption);
        } catch (DuplicateKeyException e) {
            throw new ConcurrencyFailureException("a twin with the same idempotency key was faster", e);
        }
        return redemption;
    }

    /** @param ending what to do with it, and with its award where it has one, while both are locked */
    private Ending end(
            RedemptionKey key,
            long walletNumber,
            BiFunction<RedemptionRecord, @Nullable AwardRecord, RedemptionRecord> ending) {
        return database.inTransactionOrAgain(() -> {
            RedemptionRecord seen = rows.find(key).orElse(null);
            if (seen == null) {
                return new Ending.Unknown();
            }
            if (seen.walletNumber() != walletNumber) {
                return new Ending.OfAnotherCommand(seen);
            }
            AwardId awardId = seen.award();
            AwardRecord award =
                    awardId == null ? null : awards.lock(key.tenant(), awardId).orElse(null);
            RedemptionRecord redemption = rows.lock(key).orElse(seen);
            if (!(redemption.state() instanceof RedemptionState.Pending)) {
                return new Ending.EndedBefore(redemption);
            }
            database.waitForTheLog();
            return new Ending.Ended(ending.apply(redemption, award));
        });
    }

    private RedemptionRecord grant(
            RedemptionRecord redemption, @Nullable AwardRecord award, @Nullable Long balanceAfter) {
        Instant now = now();
        TenantId tenant = redemption.key().tenant();
        SetAside unit = redemption.unit();
        GameRecord game = games.find(tenant, redemption.game(), redemption.gameRevision())
                .orElseThrow(() -> new IllegalStateException("%s is of revision %d of game %s, which does not exist"
                        .formatted(redemption.key(), redemption.gameRevision(), redemption.game())));
        Redemption rule = prizes.findOrDeleted(tenant, unit.prize())
                .map(prize -> prize.definition().redemption())
                .orElse(Redemption.ON_CLAIM);
        var reward = new NewReward(
                tenant,
                unit.reward(),
                redemption.player(),
                unit.prize(),
                redemption.game(),
                new RewardCause.OfRedemption(redemption.key().id()),
                0,
                unit.name(),
                unit.image(),
                unit.type(),
                1,
                unit.value(),
                unit.code(),
                Minting.beginning(rule, unit.type(), redemption.requestedAt(), now));
        if (award != null) {
            awards.update(award.in(new AwardState.Awarded(unit.reward()), now));
        }
        OptionalLong credit = minting.mint(
                reward,
                new Minting.Origin(
                        game.definition().merchant(),
                        game.definition().campaign(),
                        redemption.scope(),
                        redemption.traceparent()));
        var granted = new RedemptionState.Granted(
                now, balanceAfter, credit.isPresent() ? Long.valueOf(credit.getAsLong()) : null);
        rows.granted(redemption.key(), granted);
        return redemption.in(granted);
    }

    private RedemptionRecord release(
            RedemptionRecord redemption, @Nullable AwardRecord award, String refusal, String detail) {
        SetAside unit = redemption.unit();
        letGo(award);
        shelf.giveBack(new TakenUnit(
                redemption.key().tenant(),
                unit.prize(),
                redemption.player(),
                unit.reward(),
                unit.code(),
                unit.isOfLimitedStock(),
                redemption.requestedAt()));
        var refused = new RedemptionState.Refused(now(), refusal, detail);
        rows.refused(redemption.key(), refused);
        return redemption.in(refused);
    }

    /** What was earned before stays so; what was only asked for is forgotten. */
    private void letGo(@Nullable AwardRecord award) {
        if (award == null || !(award.state() instanceof AwardState.Reserved(var _, Unavailability before))) {
            return;
        }
        if (before == null) {
            awards.delete(award);
        } else {
            awards.update(award.in(new AwardState.Unawarded(before), now()));
        }
    }

    private AwardRecord newAward(RedemptionWish wish, AwardState state) {
        Instant now = now();
        return new AwardRecord(
                ids.award(), awardKey(wish), wish.game().id(), wish.milestone().prize(), state, now, now);
    }

    private static AwardKey awardKey(RedemptionWish wish) {
        TenantId tenant = wish.game().tenant();
        return AwardKey.ofMilestone(
                tenant,
                new ScopeKey(wish.game().definition().walletScopeKey(tenant)),
                wish.game().id(),
                wish.milestone().id(),
                wish.player());
    }

    private Instant now() {
        return UtcTimes.toMillis(clock.instant());
    }
}
