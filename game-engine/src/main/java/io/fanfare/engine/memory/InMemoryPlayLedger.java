package io.fanfare.engine.memory;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.game.GameId;
import io.fanfare.engine.game.OnUnavailable;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.play.CommittedPlay;
import io.fanfare.engine.play.CommittedPlay.GrantedReward;
import io.fanfare.engine.play.CommittedPlay.Unavailable;
import io.fanfare.engine.play.CommittedPlay.WalletNumber;
import io.fanfare.engine.play.DecidedPlay;
import io.fanfare.engine.play.DecidedPlay.Award;
import io.fanfare.engine.play.Eligibility;
import io.fanfare.engine.play.IdempotencyClaim;
import io.fanfare.engine.play.KeptAnswer;
import io.fanfare.engine.play.PendingPlay;
import io.fanfare.engine.play.PlayCounts;
import io.fanfare.engine.play.PlayId;
import io.fanfare.engine.play.PlayLedger;
import io.fanfare.engine.play.Session;
import io.fanfare.engine.play.SessionId;
import io.fanfare.engine.play.Unavailability;
import io.fanfare.engine.prize.Prize;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.prize.RewardId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A ledger for one process and one run: complete, thread-safe, and gone when the program ends. */
public final class InMemoryPlayLedger implements PlayLedger {

    private final Map<TenantSession, Session> sessions = new HashMap<>();
    private final Map<TenantPrize, Long> stock = new HashMap<>();
    private final Map<TenantPrize, Deque<String>> codes = new HashMap<>();
    private final Map<TenantPlayer, Long> playNumbers = new HashMap<>();
    private final Map<WalletOfPlayer, Long> walletNumbers = new HashMap<>();
    private final Map<ClaimOfPlayer, KeptClaim> claims = new HashMap<>();
    private final List<PlayOfTenant> plays = new ArrayList<>();
    private long rewardsMinted;

    private record TenantSession(TenantId tenant, SessionId session) {}

    private record TenantPrize(TenantId tenant, PrizeId prize) {}

    private record TenantPlayer(TenantId tenant, PlayerId player) {}

    private record WalletOfPlayer(TenantPlayer player, String scopeKey) {}

    private record ClaimOfPlayer(TenantPlayer player, String key) {}

    private record KeptClaim(String requestHash, KeptAnswer answer) {}

    private record PlayOfTenant(TenantId tenant, CommittedPlay play) {}

    /** What the awards of one play came to. Taking anything is put off until the whole play is known to stand. */
    private sealed interface Resolution {

        record Resolved(List<Award> granted, List<Unavailable> unavailable) implements Resolution {}

        record Failed(PrizeId prize, Unavailability why) implements Resolution {}
    }

    /** Puts units of a prize in stock; a prize that was never stocked is unlimited. */
    public synchronized void stock(TenantId tenant, PrizeId prize, long units) {
        stock.merge(new TenantPrize(tenant, prize), units, Math::addExact);
    }

    /** Adds codes to a prize's pool. */
    public synchronized void codes(TenantId tenant, PrizeId prize, Collection<String> more) {
        codes.computeIfAbsent(new TenantPrize(tenant, prize), _ -> new ArrayDeque<>())
                .addAll(more);
    }

    /** Units left of a prize; empty where it is unlimited. */
    public synchronized Optional<Long> remaining(TenantId tenant, PrizeId prize) {
        return Optional.ofNullable(stock.get(new TenantPrize(tenant, prize)));
    }

    @Override
    public synchronized void open(Session session) {
        sessions.put(new TenantSession(session.tenant(), session.id()), session);
    }

    @Override
    public synchronized Optional<Session> session(TenantId tenant, SessionId id) {
        return Optional.ofNullable(sessions.get(new TenantSession(tenant, id)));
    }

    @Override
    public synchronized PlayCounts counts(TenantId tenant, GameId game, PlayerId player, Instant now) {
        List<CommittedPlay> played = plays.stream()
                .filter(of -> of.tenant().equals(tenant))
                .map(PlayOfTenant::play)
                .filter(play -> play.game().equals(game) && play.player().equals(player))
                .toList();
        long today = played.stream()
                .filter(play -> day(play.occurredAt()).equals(day(now)))
                .count();
        return new PlayCounts(played.size(), today);
    }

    @Override
    public synchronized List<Outcome> commit(List<PendingPlay> pending) {
        return pending.stream().map(this::commit).toList();
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
        PlayCounts counts = counts(owner.tenant(), play.game().id(), owner.player(), play.occurredAt());
        if (Eligibility.of(play.game(), counts, play.occurredAt()).remainingPlays() == 0) {
            return new Outcome.OutOfTurns();
        }
        return switch (resolve(play, owner)) {
            case Resolution.Failed failed -> new Outcome.PrizeUnavailable(failed.prize(), failed.why());
            case Resolution.Resolved resolved -> {
                sessions.put(sessionKey, consumed(session, play.occurredAt()));
                CommittedPlay committed = write(play, owner, resolved);
                keepAnswer(owner, pending, committed);
                yield new Outcome.Committed(committed);
            }
        };
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

    private Resolution resolve(DecidedPlay play, TenantPlayer owner) {
        var granted = new ArrayList<Award>();
        var unavailable = new ArrayList<Unavailable>();
        for (Award award : play.awards()) {
            Optional<Unavailability> obstacle = obstacle(award.prize(), granted, owner, play.occurredAt());
            if (obstacle.isEmpty()) {
                granted.add(award);
            } else if (play.game().onUnavailable() == OnUnavailable.FAIL) {
                return new Resolution.Failed(award.prize().id(), obstacle.get());
            } else {
                unavailable.add(new Unavailable(award.prize().id(), obstacle.get()));
            }
        }
        return new Resolution.Resolved(granted, unavailable);
    }

    /** Why one more unit cannot be had, with what this play has been granted so far. */
    private Optional<Unavailability> obstacle(Prize prize, List<Award> granted, TenantPlayer owner, Instant now) {
        long ofThisPlay = granted.stream()
                .filter(award -> award.prize().id().equals(prize.id()))
                .count();
        List<Instant> won = winsOf(owner, prize.id());
        long wonToday = won.stream().filter(at -> day(at).equals(day(now))).count();
        if (!prize.constraints().allowOneMore(won.size() + ofThisPlay, wonToday + ofThisPlay)) {
            return Optional.of(Unavailability.CAPPED);
        }
        if (prize.type().isCredit()) {
            return Optional.empty();
        }
        var key = new TenantPrize(owner.tenant(), prize.id());
        if (stock.getOrDefault(key, Long.MAX_VALUE) <= ofThisPlay) {
            return Optional.of(Unavailability.OUT_OF_STOCK);
        }
        if (prize.needsCode() && codes.getOrDefault(key, new ArrayDeque<>()).size() <= ofThisPlay) {
            return Optional.of(Unavailability.NO_CODE);
        }
        return Optional.empty();
    }

    private List<Instant> winsOf(TenantPlayer owner, PrizeId prize) {
        return plays.stream()
                .filter(of ->
                        of.tenant().equals(owner.tenant()) && of.play().player().equals(owner.player()))
                .flatMap(of -> of.play().rewards().stream()
                        .filter(reward -> reward.prize().equals(prize))
                        .map(_ -> of.play().occurredAt()))
                .toList();
    }

    private CommittedPlay write(DecidedPlay play, TenantPlayer owner, Resolution.Resolved resolved) {
        List<GrantedReward> rewards = resolved.granted().stream()
                .map(award -> take(award, owner.tenant()))
                .toList();
        boolean credits = rewards.stream().anyMatch(reward -> reward.type().isCredit());
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
                rewards,
                resolved.unavailable(),
                credits
                        ? new WalletNumber(
                                scopeKey, walletNumbers.merge(new WalletOfPlayer(owner, scopeKey), 1L, Long::sum))
                        : null,
                play.occurredAt());
        plays.add(new PlayOfTenant(owner.tenant(), committed));
        return committed;
    }

    private GrantedReward take(Award award, TenantId tenant) {
        Prize prize = award.prize();
        var key = new TenantPrize(tenant, prize.id());
        if (!prize.type().isCredit()) {
            stock.computeIfPresent(key, (_, units) -> units - 1);
        }
        String code =
                prize.needsCode() ? requireNonNull(codes.get(key), "codes").remove() : null;
        return new GrantedReward(
                new RewardId("rwd_%012d".formatted(++rewardsMinted)),
                prize.id(),
                prize.name(),
                prize.image(),
                prize.type(),
                award.quantity(),
                prize.value(),
                code);
    }

    private static Session consumed(Session session, Instant at) {
        return new Session(
                session.id(),
                session.tenant(),
                session.game(),
                session.gameRevision(),
                session.player(),
                session.seed(),
                session.serverSeed(),
                session.startedAt(),
                session.expiresAt(),
                at);
    }

    private static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }
}
