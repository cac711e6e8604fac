package io.fanfare.engine.memory;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.game.Game;
import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.play.Allowance;
import io.fanfare.engine.play.CaughtPlay;
import io.fanfare.engine.play.CommittedPlay;
import io.fanfare.engine.play.CommittedPlay.GrantedReward;
import io.fanfare.engine.play.CommittedPlay.WalletNumber;
import io.fanfare.engine.play.DecidedPlay;
import io.fanfare.engine.play.DecidedPlay.Award;
import io.fanfare.engine.play.Eligibility;
import io.fanfare.engine.play.IdempotencyClaim;
import io.fanfare.engine.play.KeptAnswer;
import io.fanfare.engine.play.PendingPlay;
import io.fanfare.engine.play.PendingStart;
import io.fanfare.engine.play.PlayCounts;
import io.fanfare.engine.play.PlayId;
import io.fanfare.engine.play.PlayLedger;
import io.fanfare.engine.play.Resolving;
import io.fanfare.engine.play.Resolving.Resolution;
import io.fanfare.engine.play.Session;
import io.fanfare.engine.play.SessionId;
import io.fanfare.engine.prize.Prize;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.prize.RewardId;
import io.fanfare.engine.reward.Redemption;
import io.fanfare.engine.reward.RewardState;
import io.fanfare.engine.reward.RewardStep;
import io.fanfare.engine.reward.Rewarding;
import io.fanfare.engine.reward.Rewarding.StepOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A ledger for one process and one run: complete, thread-safe, and gone when the program ends. */
public final class InMemoryPlayLedger implements PlayLedger {

    private final Map<TenantSession, Session> sessions = new HashMap<>();
    private final Storeroom storeroom = new Storeroom();
    private final Counters<Counted> counters = new Counters<>();
    private final Map<TurnsOfPlayer, Long> turns = new HashMap<>();
    private final Map<TenantPlayer, Long> playNumbers = new HashMap<>();
    private final Map<WalletOfPlayer, Long> walletNumbers = new HashMap<>();
    private final Map<ClaimOfPlayer, KeptClaim> claims = new HashMap<>();
    private final List<PlayOfTenant> plays = new ArrayList<>();
    private final List<CaughtPlay> caught = new ArrayList<>();
    private final Map<TenantPrize, Redemption> redemptions = new HashMap<>();
    private final Map<TenantReward, KeptReward> rewards = new LinkedHashMap<>();
    private long rewardsMinted;

    private record TenantSession(TenantId tenant, SessionId session) {}

    private record TenantPrize(TenantId tenant, PrizeId prize) {}

    private record TenantReward(TenantId tenant, RewardId reward) {}

    private record TenantPlayer(TenantId tenant, PlayerId player) {}

    private record Counted(TenantPlayer player, Scope scope) {}

    private sealed interface Scope {

        record OfGame(GameId id) implements Scope {}

        record OfCampaign(CampaignId id) implements Scope {}
    }

    private record TurnsOfPlayer(TenantPlayer player, CampaignId campaign) {}

    private record WalletOfPlayer(TenantPlayer player, String scopeKey) {}

    private record ClaimOfPlayer(TenantPlayer player, String key) {}

    private record KeptClaim(String requestHash, KeptAnswer answer) {}

    private record PlayOfTenant(TenantId tenant, CommittedPlay play) {}

    private record KeptReward(PrizeId prize, boolean isCredit, RewardState state) {}

    /** Puts units of a prize in stock, or takes them out; a prize that was never stocked is unlimited. */
    public synchronized void stock(TenantId tenant, PrizeId prize, long units) {
        storeroom.stock(tenant, prize, units);
    }

    /** Adds codes to a prize's pool. */
    public synchronized void codes(TenantId tenant, PrizeId prize, Collection<String> more) {
        storeroom.codes(tenant, prize, more);
    }

    /** Says how a prize reaches who wins it; otherwise on claim. */
    public synchronized void redemption(TenantId tenant, PrizeId prize, Redemption redemption) {
        redemptions.put(new TenantPrize(tenant, prize), redemption);
    }

    /** Gives turns of a campaign's games, or takes them; there are never fewer than none. */
    public synchronized long grantTurns(TenantId tenant, CampaignId campaign, PlayerId player, long delta) {
        var key = new TurnsOfPlayer(new TenantPlayer(tenant, player), campaign);
        return turns.merge(key, Math.max(0, delta), (before, _) -> Math.max(0, Math.addExact(before, delta)));
    }

    /** Units left of a prize; empty where it is unlimited. */
    public synchronized Optional<Long> remaining(TenantId tenant, PrizeId prize) {
        return storeroom.remaining(tenant, prize);
    }

    /** Everything that was burnt, in the order in which it was. */
    public synchronized List<CaughtPlay> caught() {
        return List.copyOf(caught);
    }

    public synchronized Optional<RewardState> reward(TenantId tenant, RewardId id) {
        return Optional.ofNullable(rewards.get(new TenantReward(tenant, id))).map(KeptReward::state);
    }

    /** Empty where there is no such reward. */
    public synchronized Optional<StepOutcome> step(TenantId tenant, RewardId id, RewardStep step, Instant now) {
        var key = new TenantReward(tenant, id);
        KeptReward kept = rewards.get(key);
        if (kept == null) {
            return Optional.empty();
        }
        StepOutcome outcome = Rewarding.step(kept.state(), step, now);
        if (outcome instanceof StepOutcome.Moved moved) {
            rewards.put(key, new KeptReward(kept.prize(), kept.isCredit(), moved.state()));
            if (moved.returnsUnit() && !kept.isCredit()) {
                storeroom.putBack(tenant, kept.prize());
            }
        }
        return Optional.of(outcome);
    }

    /** Expires what is overdue, and says how many that were. */
    public synchronized long sweep(Instant now) {
        return List.copyOf(rewards.keySet()).stream()
                .map(key -> step(key.tenant(), key.reward(), new RewardStep.Expire(), now))
                .filter(outcome ->
                        outcome.filter(StepOutcome.Moved.class::isInstance).isPresent())
                .count();
    }

    @Override
    public synchronized List<Opening> open(List<PendingStart> starts) {
        return starts.stream().map(this::open).toList();
    }

    @Override
    public synchronized Optional<Session> session(TenantId tenant, SessionId id) {
        return Optional.ofNullable(sessions.get(new TenantSession(tenant, id)));
    }

    @Override
    public synchronized PlayCounts counts(TenantId tenant, GameId game, PlayerId player, Instant now) {
        return counts(new Counted(new TenantPlayer(tenant, player), new Scope.OfGame(game)), now);
    }

    @Override
    public synchronized Allowance allowance(Game game, PlayerId player, Instant now) {
        var owner = new TenantPlayer(game.tenant(), player);
        CampaignId campaign = game.campaign();
        return campaign == null
                ? Allowance.of(counts(new Counted(owner, new Scope.OfGame(game.id())), now))
                : new Allowance(
                        counts(new Counted(owner, new Scope.OfGame(game.id())), now),
                        counts(new Counted(owner, new Scope.OfCampaign(campaign)), now),
                        turns.getOrDefault(new TurnsOfPlayer(owner, campaign), 0L));
    }

    @Override
    public synchronized List<Outcome> commit(List<PendingPlay> pending) {
        return pending.stream().map(this::commit).toList();
    }

    @Override
    public synchronized boolean burn(CaughtPlay play, @Nullable String traceparent) {
        var key = new TenantSession(play.game().tenant(), play.session().id());
        Session session = requireNonNull(sessions.get(key), "the session was never opened");
        if (session.consumedAt() != null) {
            return false;
        }
        sessions.put(key, session.consumed(play.occurredAt()));
        caught.add(play);
        return true;
    }

    @Override
    public synchronized List<CommittedPlay> history(
            TenantId tenant, GameId game, PlayerId player, @Nullable PlayId before, int limit) {
        List<CommittedPlay> newestFirst = plays.reversed().stream()
                .filter(of -> of.tenant().equals(tenant))
                .map(PlayOfTenant::play)
                .filter(play -> play.game().equals(game) && play.player().equals(player))
                .toList();
        long seen = before == null
                ? 0
                : newestFirst.stream()
                                .takeWhile(play -> !play.id().equals(before))
                                .count()
                        + 1;
        return newestFirst.stream().skip(seen).limit(limit).toList();
    }

    private PlayCounts counts(Counted counted, Instant now) {
        return new PlayCounts(counters.ever(counted), counters.on(counted, now));
    }

    private Outcome commit(PendingPlay pending) {
        DecidedPlay play = pending.play();
        var owner = new TenantPlayer(play.game().tenant(), play.session().player());
        Optional<Outcome> before = answeredBefore(owner, pending.claim());
        if (before.isPresent()) {
            return before.get();
        }
        var sessionKey = new TenantSession(owner.tenant(), play.session().id());
        Session session = requireNonNull(sessions.get(sessionKey), "the session was never opened");
        if (session.consumedAt() != null) {
            return new Outcome.SessionConsumed();
        }
        if (!session.allows(play.clientSeed())) {
            return new Outcome.ClientSeedFixed();
        }
        Allowance allowance = allowance(play.game(), owner.player(), play.occurredAt());
        if (Eligibility.of(play.game(), allowance, play.occurredAt()).remainingPlays() == 0) {
            return new Outcome.OutOfTurns();
        }
        return switch (Resolving.resolve(play, storeroom.shelf(play))) {
            case Resolution.Fails failed -> {
                sessions.put(sessionKey, session.fixing(play.clientSeed()));
                yield new Outcome.PrizeUnavailable(failed.prize(), failed.why());
            }
            case Resolution.Stands stands -> {
                sessions.put(sessionKey, session.fixing(play.clientSeed()).consumed(play.occurredAt()));
                count(play, owner);
                CommittedPlay committed = write(stands, owner);
                keepAnswer(owner, pending, committed);
                yield new Outcome.Committed(committed);
            }
        };
    }

    private Opening open(PendingStart start) {
        Session session = start.session();
        var owner = new TenantPlayer(session.tenant(), session.player());
        IdempotencyClaim claim = start.claim();
        KeptClaim before = claim == null ? null : claims.get(new ClaimOfPlayer(owner, claim.key()));
        if (claim != null && before != null) {
            return before.requestHash().equals(claim.requestHash())
                    ? new Opening.AnsweredBefore(before.answer())
                    : new Opening.KeyReused();
        }
        sessions.put(new TenantSession(session.tenant(), session.id()), session);
        if (claim != null) {
            var kept = new KeptClaim(claim.requestHash(), requireNonNull(start.answer(), "answer"));
            claims.put(new ClaimOfPlayer(owner, claim.key()), kept);
        }
        return new Opening.Opened();
    }

    private Optional<Outcome> answeredBefore(TenantPlayer owner, @Nullable IdempotencyClaim claim) {
        if (claim == null) {
            return Optional.empty();
        }
        return Optional.ofNullable(claims.get(new ClaimOfPlayer(owner, claim.key())))
                .map(kept -> kept.requestHash().equals(claim.requestHash())
                        ? new Outcome.AnsweredBefore(kept.answer())
                        : new Outcome.KeyReused());
    }

    private void keepAnswer(TenantPlayer owner, PendingPlay pending, CommittedPlay committed) {
        IdempotencyClaim claim = pending.claim();
        if (claim != null) {
            var kept = new KeptClaim(claim.requestHash(), pending.answer().apply(committed));
            claims.put(new ClaimOfPlayer(owner, claim.key()), kept);
        }
    }

    private void count(DecidedPlay play, TenantPlayer owner) {
        Game game = play.game();
        counters.count(new Counted(owner, new Scope.OfGame(game.id())), play.occurredAt());
        if (game.campaign() != null) {
            counters.count(new Counted(owner, new Scope.OfCampaign(game.campaign())), play.occurredAt());
            if (game.rules().useTurns()) {
                turns.merge(new TurnsOfPlayer(owner, game.campaign()), -1L, Long::sum);
            }
        }
    }

    private CommittedPlay write(Resolution.Stands stands, TenantPlayer owner) {
        DecidedPlay play = stands.play();
        storeroom.settle(stands);
        List<GrantedReward> granted = stands.granted().stream()
                .map(award -> mint(award, owner.tenant(), play.occurredAt()))
                .toList();
        boolean credits = granted.stream().anyMatch(reward -> reward.type().isCredit());
        String scopeKey = play.game().walletScopeKey();
        var committed = new CommittedPlay(
                play.id(),
                play.game().id(),
                play.game().revision(),
                owner.player(),
                playNumbers.merge(owner, 1L, Long::sum),
                play.input(),
                play.metadata(),
                play.score(),
                granted,
                stands.steps(),
                credits
                        ? new WalletNumber(
                                scopeKey, walletNumbers.merge(new WalletOfPlayer(owner, scopeKey), 1L, Long::sum))
                        : null,
                play.occurredAt());
        plays.add(new PlayOfTenant(owner.tenant(), committed));
        return committed;
    }

    private GrantedReward mint(Award award, TenantId tenant, Instant now) {
        Prize prize = award.prize();
        String code = storeroom.take(tenant, prize);
        var id = new RewardId("rwd_%012d".formatted(++rewardsMinted));
        Redemption redemption = redemptions.getOrDefault(new TenantPrize(tenant, prize.id()), Redemption.ON_CLAIM);
        rewards.put(
                new TenantReward(tenant, id),
                new KeptReward(prize.id(), prize.type().isCredit(), redemption.atWin(prize.type(), now)));
        return new GrantedReward(
                id, prize.id(), prize.name(), prize.image(), prize.type(), award.quantity(), prize.value(), code);
    }
}
