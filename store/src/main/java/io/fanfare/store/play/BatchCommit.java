package io.fanfare.store.play;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;

import io.fanfare.engine.play.CommittedPlay;
import io.fanfare.engine.play.CommittedPlay.GrantedReward;
import io.fanfare.engine.play.CommittedPlay.WalletNumber;
import io.fanfare.engine.play.DecidedPlay;
import io.fanfare.engine.play.IdempotencyClaim;
import io.fanfare.engine.play.KeptAnswer;
import io.fanfare.engine.play.PendingPlay;
import io.fanfare.engine.play.PlayLedger.Outcome;
import io.fanfare.engine.prize.Prize;
import io.fanfare.events.WalletCommand;
import io.fanfare.store.RowStatement.Rows;
import io.fanfare.store.idempotency.CallerKey;
import io.fanfare.store.identity.Ids;
import io.fanfare.store.outbox.Outbox;
import io.fanfare.store.outbox.OutboxEvent;
import io.fanfare.store.play.PlayTables.Begun;
import io.fanfare.store.play.PlayTables.LockedSession;
import io.fanfare.store.play.PlayTables.UsedKey;
import io.fanfare.store.play.PlayWrites.Fact;
import io.fanfare.store.play.ShelfTables.Counted;
import io.fanfare.store.play.ShelfTables.Counts;
import io.fanfare.store.play.Verdict.Grant;
import io.fanfare.store.play.Verdict.Refused;
import io.fanfare.store.play.Verdict.Stands;
import io.fanfare.store.prize.Minting;
import io.fanfare.store.sequence.PlayerSequences;
import io.fanfare.store.sequence.SequenceKey;
import io.fanfare.store.wallet.WalletCommands;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;

/**
 * One attempt to commit a batch, inside one transaction: lock what the plays may touch, always in the same order (idempotency
 * keys, sessions, counters of plays and awards, turns, budgets, moments, stock that is scarce, codes); judge them one after another against it; number those that stand; write. No
 * two plays of a batch carry the same idempotency key, and all of them occurred on one day, as counters see it.
 */
final class BatchCommit {

    private final PlayTables tables;
    private final ShelfTables shelf;
    private final PlayWrites writes;
    private final Minting minting;
    private final PlayerSequences sequences;
    private final WalletCommands walletCommands;
    private final Outbox outbox;
    private final Ids ids;
    private final List<Candidate> candidates;
    /** By place. */
    private final @Nullable Outcome[] outcomes;

    private final Map<SessionKey, String> clientSeeds = new HashMap<>();
    /** What the batch leaves behind. Rows that are changed are locked by then, so the order does not matter to others. */
    private final List<Rows> changes = new ArrayList<>();
    /** Taken last. */
    private Rows takenStock = PlayWrites.takenStock(Map.of());

    /** A play that stands, on its way to become a fact. */
    private record Standing(Candidate candidate, Stands verdict) {}

    BatchCommit(
            PlayTables tables,
            ShelfTables shelf,
            PlayWrites writes,
            Minting minting,
            PlayerSequences sequences,
            WalletCommands walletCommands,
            Outbox outbox,
            Ids ids,
            List<PendingPlay> plays) {
        this.tables = tables;
        this.shelf = shelf;
        this.writes = writes;
        this.minting = minting;
        this.sequences = sequences;
        this.walletCommands = walletCommands;
        this.outbox = outbox;
        this.ids = ids;
        this.candidates = IntStream.range(0, plays.size())
                .mapToObj(place -> new Candidate(place, plays.get(place)))
                .toList();
        this.outcomes = new @Nullable Outcome[plays.size()];
    }

    /** The outcomes, in the order of the plays; what they say is true once the transaction commits. */
    List<Outcome> run(Instant now) {
        SortedMap<CallerKey, String> hashes = hashes();
        Begun begun = tables.begin(hashes, sorted(candidates.stream().map(Candidate::session)), now);
        List<Candidate> unanswered = unanswered(hashes.keySet(), begun.claimed());
        List<Candidate> playable = playable(unanswered, begun.sessions());
        List<Standing> standing = playable.isEmpty() ? List.of() : judge(playable);
        if (!standing.isEmpty()) {
            addFacts(number(standing));
            changes.add(takenStock);
        }
        writes.run(changes);
        releaseKeysOfRefused(unanswered);
        return candidates.stream()
                .map(candidate -> requireNonNull(outcomes[candidate.place()], "a play without an outcome"))
                .toList();
    }

    private SortedMap<CallerKey, String> hashes() {
        var hashes = new TreeMap<CallerKey, String>();
        for (Candidate candidate : candidates) {
            IdempotencyClaim claim = candidate.pending().claim();
            candidate
                    .callerKey()
                    .ifPresent(key -> hashes.put(key, requireNonNull(claim).requestHash()));
        }
        return hashes;
    }

    private List<Candidate> unanswered(Set<CallerKey> keys, Set<CallerKey> claimed) {
        List<CallerKey> taken =
                keys.stream().filter(key -> !claimed.contains(key)).toList();
        Map<CallerKey, UsedKey> used = taken.isEmpty() ? Map.of() : tables.used(taken);
        if (used.size() < taken.size()) {
            throw new ConcurrencyFailureException("a key that was taken has just been swept out: claim it anew");
        }
        var unanswered = new ArrayList<Candidate>();
        for (Candidate candidate : candidates) {
            UsedKey before = candidate.callerKey().map(used::get).orElse(null);
            if (before == null) {
                unanswered.add(candidate);
            } else {
                boolean isSameRequest = requireNonNull(candidate.pending().claim())
                        .requestHash()
                        .equals(before.requestHash());
                outcomes[candidate.place()] =
                        isSameRequest ? new Outcome.AnsweredBefore(before.answer()) : new Outcome.KeyReused();
            }
        }
        return unanswered;
    }

    private List<Candidate> playable(List<Candidate> unanswered, Map<SessionKey, LockedSession> locked) {
        var playable = new ArrayList<Candidate>();
        for (Candidate candidate : unanswered) {
            LockedSession session = locked.get(candidate.session());
            if (session == null) {
                throw new IllegalStateException("session %s was never opened".formatted(candidate.session()));
            }
            if (session.isConsumed()) {
                outcomes[candidate.place()] = new Outcome.SessionConsumed();
                continue;
            }
            String clientSeed = session.clientSeed();
            if (clientSeed != null) {
                clientSeeds.put(candidate.session(), clientSeed);
            }
            playable.add(candidate);
        }
        return playable;
    }

    /** Counts for all of them first, since counting is what locks; what was not used is given back. */
    private List<Standing> judge(List<Candidate> playable) {
        SortedMap<CounterKey, Long> plays = counted(playable.stream().flatMap(Candidate::playCounters));
        SortedMap<CounterKey, Long> awards = awards(playable);
        long epochDay = playable.getFirst().epochDay();
        SortedSet<PrizeKey> prizes = sorted(playable.stream().flatMap(Candidate::stockedPrizes));
        Counts counts = shelf.countUpAndSee(epochDay, plays, awards, prizes);
        Holdings holdings = lock(
                playable,
                before(counts.plays(), epochDay, plays),
                before(counts.awards(), epochDay, awards),
                counts.stock());
        var judging = new Judging(holdings);
        List<Verdict> verdicts = judging.judge(playable);
        SortedMap<PrizeKey, Long> codes = codesToLock(judging, holdings);
        while (!codes.isEmpty()) {
            holdings = holdings.withCodes(shelf.lockCodes(codes));
            judging = new Judging(holdings);
            verdicts = judging.judge(playable);
            codes = codesToLock(judging, holdings);
        }
        changes.add(PlayWrites.corrections(Counted.PLAYS, epochDay, surplus(plays, judging.played()), counts.plays()));
        changes.add(
                PlayWrites.corrections(Counted.AWARDS, epochDay, surplus(awards, judging.awarded()), counts.awards()));
        changes.add(PlayWrites.takenTurns(positive(judging.turnsTaken())));
        changes.add(PlayWrites.spent(positive(judging.spent())));
        changes.add(PlayWrites.claimedMoments(positive(judging.momentsClaimed())));
        takenStock = PlayWrites.takenStock(positive(judging.unitsTaken()));
        changes.add(PlayWrites.clientSeeds(judging.seedsFixed()));
        return standing(playable, verdicts);
    }

    /** Everything else that the plays may touch; what none of them touches costs no round trip. */
    private Holdings lock(
            List<Candidate> playable,
            Map<CounterKey, Count> playsBefore,
            Map<CounterKey, Count> awardsBefore,
            Map<PrizeKey, StockOfPrize> seen) {
        SortedSet<TurnKey> turns = sorted(playable.stream()
                .<TurnKey>mapMulti((candidate, each) -> candidate.turns().ifPresent(each)));
        Map<TurnKey, Long> turnsLeft = turns.isEmpty() ? Map.of() : shelf.lockTurns(turns);
        SortedSet<BudgetKey> budgets = sorted(playable.stream().flatMap(Candidate::budgets));
        Map<BudgetKey, Long> spentBefore = budgets.isEmpty() ? Map.of() : shelf.lockBudgets(budgets);
        SortedSet<MomentKey> moments = sorted(playable.stream().flatMap(Candidate::dueMoments));
        Map<MomentKey, Long> claimedBefore = moments.isEmpty() ? Map.of() : shelf.lockMoments(moments);
        return new Holdings(
                clientSeeds,
                playsBefore,
                awardsBefore,
                turnsLeft,
                spentBefore,
                claimedBefore,
                stock(playable, seen),
                Map.of());
    }

    /**
     * Of what there is plenty nothing is locked before the batch takes its units, which is the last thing that it does: so others wait
     * for the row that everybody wants no longer than it takes to commit. That there is never less than nothing, the database
     * sees to. The rest is locked here; a prize with codes too, since whoever locks its codes must have its stock.
     */
    private Map<PrizeKey, StockOfPrize> stock(List<Candidate> playable, Map<PrizeKey, StockOfPrize> seen) {
        SortedSet<PrizeKey> scarce = sorted(playable.stream().flatMap(Candidate::prizesWithCodes));
        seen.forEach((prize, stock) -> {
            if (!stock.isPlenty()) {
                scarce.add(prize);
            }
        });
        if (scarce.isEmpty()) {
            return seen;
        }
        Map<PrizeKey, StockOfPrize> stock = new HashMap<>(seen);
        stock.putAll(shelf.lockStock(scarce));
        return stock;
    }

    /** What was drawn is counted as won; what could be had instead is locked where it stands. */
    private static SortedMap<CounterKey, Long> awards(List<Candidate> playable) {
        SortedMap<CounterKey, Long> awards = counted(playable.stream().flatMap(Candidate::drawnCounters));
        playable.stream().flatMap(Candidate::reachableCounters).forEach(counter -> awards.putIfAbsent(counter, 0L));
        return awards;
    }

    private static Map<CounterKey, Count> before(
            Map<CounterKey, Count> counts, long epochDay, Map<CounterKey, Long> by) {
        return counts.entrySet().stream()
                .collect(toMap(
                        Map.Entry::getKey,
                        count -> count.getValue().without(by.getOrDefault(count.getKey(), 0L), epochDay)));
    }

    /**
     * Only as many codes are locked as are given out, since others may need the rest. Each round asks for more of some prize or for
     * all that it has, so there is an end to it; nearly always it is the first. The stock of the prizes is locked and taken codes are
     * passed over, so that nobody waits here and the order of locks holds.
     */
    private static SortedMap<PrizeKey, Long> codesToLock(Judging judging, Holdings holdings) {
        return judging.codesTaken().entrySet().stream()
                .filter(wanted -> !holdings.codesOf(wanted.getKey()).holds(wanted.getValue()))
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue, Long::sum, TreeMap::new));
    }

    private List<Standing> standing(List<Candidate> playable, List<Verdict> verdicts) {
        var standing = new ArrayList<Standing>();
        for (int i = 0; i < playable.size(); i++) {
            switch (verdicts.get(i)) {
                case Refused(Outcome outcome) -> outcomes[playable.get(i).place()] = outcome;
                case Stands stands -> standing.add(new Standing(playable.get(i), stands));
            }
        }
        return standing;
    }

    private List<Fact> number(List<Standing> standing) {
        SortedMap<SequenceKey, Long> wanted = counted(standing.stream().flatMap(BatchCommit::sequences));
        Map<SequenceKey, Long> next = new HashMap<>();
        sequences.advance(wanted).forEach((key, last) -> next.put(key, last - wanted.getOrDefault(key, 0L)));
        return standing.stream().map(one -> fact(one, next)).toList();
    }

    private static Stream<SequenceKey> sequences(Standing one) {
        Stream<SequenceKey> plays = Stream.of(one.candidate().plays());
        return one.verdict().credits()
                ? Stream.concat(plays, Stream.of(one.candidate().wallet()))
                : plays;
    }

    private Fact fact(Standing one, Map<SequenceKey, Long> numbers) {
        Candidate candidate = one.candidate();
        DecidedPlay play = one.verdict().play();
        WalletNumber walletNumber = one.verdict().credits()
                ? new WalletNumber(play.game().walletScopeKey(), numbers.merge(candidate.wallet(), 1L, Long::sum))
                : null;
        var committed = new CommittedPlay(
                play.id(),
                play.game().id(),
                play.game().revision(),
                candidate.player(),
                numbers.merge(candidate.plays(), 1L, Long::sum),
                play.input(),
                play.metadata(),
                play.score(),
                one.verdict().grants().stream().map(this::reward).toList(),
                one.verdict().unavailable(),
                walletNumber,
                candidate.occurredAt());
        return new Fact(
                candidate,
                committed,
                one.verdict().grants().stream().map(Grant::state).toList());
    }

    private GrantedReward reward(Grant grant) {
        Prize prize = grant.award().prize();
        return new GrantedReward(
                ids.reward(),
                prize.id(),
                prize.name(),
                prize.image(),
                prize.type(),
                grant.award().quantity(),
                prize.value(),
                grant.code());
    }

    private void addFacts(List<Fact> facts) {
        var events = new ArrayList<OutboxEvent<?>>();
        var credits = new ArrayList<OutboxEvent<WalletCommand>>();
        var answers = new HashMap<CallerKey, KeptAnswer>();
        for (Fact fact : facts) {
            events.add(PlayEvents.completed(fact));
            PlayEvents.credit(fact).map(walletCommands::onTerms).ifPresent(credit -> {
                events.add(credit);
                credits.add(credit);
            });
            fact.candidate()
                    .callerKey()
                    .ifPresent(key ->
                            answers.put(key, fact.candidate().pending().answer().apply(fact.play())));
            outcomes[fact.candidate().place()] = new Outcome.Committed(fact.play());
        }
        changes.add(PlayWrites.consumedSessions(facts));
        changes.add(PlayWrites.plays(facts));
        changes.add(minting.rows(PlayWrites.rewards(facts)));
        changes.add(PlayWrites.codes(facts));
        changes.add(walletCommands.rows(credits));
        changes.add(outbox.rows(events));
        changes.add(PlayWrites.answers(answers));
    }

    private void releaseKeysOfRefused(List<Candidate> unanswered) {
        tables.release(unanswered.stream()
                .filter(candidate -> !(outcomes[candidate.place()] instanceof Outcome.Committed))
                .flatMap(candidate -> candidate.callerKey().stream())
                .toList());
    }

    private static <K extends Comparable<K>> SortedMap<K, Long> counted(Stream<K> keys) {
        return keys.collect(toMap(Function.identity(), _ -> 1L, Long::sum, TreeMap::new));
    }

    private static <K extends Comparable<K>> SortedSet<K> sorted(Stream<K> keys) {
        return keys.collect(toCollection(TreeSet::new));
    }

    private static <K extends Comparable<K>> SortedMap<K, Long> positive(Map<K, Long> amounts) {
        return amounts.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue, Long::sum, TreeMap::new));
    }

    /** What was counted for nothing; below zero where something was had that was not counted. */
    private static SortedMap<CounterKey, Long> surplus(Map<CounterKey, Long> counted, Map<CounterKey, Long> used) {
        var surplus = new TreeMap<CounterKey, Long>();
        counted.forEach((key, count) -> surplus.put(key, count - used.getOrDefault(key, 0L)));
        surplus.values().removeIf(difference -> difference == 0);
        return surplus;
    }
}
