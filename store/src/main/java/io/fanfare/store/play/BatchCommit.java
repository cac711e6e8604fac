package io.fanfare.store.play;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;

import io.fanfare.engine.play.CommittedPlay;
import io.fanfare.engine.play.CommittedPlay.GrantedReward;
import io.fanfare.engine.play.CommittedPlay.WalletNumber;
import io.fanfare.engine.play.IdempotencyClaim;
import io.fanfare.engine.play.KeptAnswer;
import io.fanfare.engine.play.PendingPlay;
import io.fanfare.engine.play.PlayLedger.Outcome;
import io.fanfare.engine.prize.Prize;
import io.fanfare.store.idempotency.CallerKey;
import io.fanfare.store.identity.Ids;
import io.fanfare.store.outbox.Outbox;
import io.fanfare.store.outbox.OutboxEvent;
import io.fanfare.store.play.PostgresPlayTables.Counted;
import io.fanfare.store.play.PostgresPlayTables.Fact;
import io.fanfare.store.play.PostgresPlayTables.NumberedCommand;
import io.fanfare.store.play.PostgresPlayTables.UsedKey;
import io.fanfare.store.play.Verdict.Grant;
import io.fanfare.store.play.Verdict.Refused;
import io.fanfare.store.play.Verdict.Stands;
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
import org.springframework.dao.ConcurrencyFailureException;

/**
 * One attempt to commit a batch, inside one transaction: lock what the plays want, always in the same order (idempotency
 * keys, sessions, counters, stock, codes); judge them one after another against it; number those that stand; write. No
 * two plays of a batch carry the same idempotency key.
 */
final class BatchCommit {

    private final PostgresPlayTables tables;
    private final Outbox outbox;
    private final Ids ids;
    private final List<Candidate> candidates;
    private final Map<Candidate, Outcome> outcomes = new HashMap<>();

    /** A play that stands, on its way to become a fact. */
    private record Standing(Candidate candidate, Stands verdict) {}

    BatchCommit(PostgresPlayTables tables, Outbox outbox, Ids ids, List<PendingPlay> plays) {
        this.tables = tables;
        this.outbox = outbox;
        this.ids = ids;
        this.candidates = IntStream.range(0, plays.size())
                .mapToObj(place -> new Candidate(place, plays.get(place)))
                .toList();
    }

    /** The outcomes, in the order of the plays; what they say is true once the transaction commits. */
    List<Outcome> run(Instant now) {
        tables.waitForTheLog();
        List<Candidate> unanswered = claimKeys(now);
        List<Candidate> playable = lockSessions(unanswered);
        List<Standing> standing = playable.isEmpty() ? List.of() : judge(playable);
        if (!standing.isEmpty()) {
            write(number(standing));
        }
        releaseKeysOfRefused(unanswered);
        return candidates.stream()
                .map(candidate -> requireNonNull(outcomes.get(candidate), "a play without an outcome"))
                .toList();
    }

    private List<Candidate> claimKeys(Instant now) {
        var hashes = new TreeMap<CallerKey, String>();
        for (Candidate candidate : candidates) {
            IdempotencyClaim claim = candidate.pending().claim();
            candidate
                    .callerKey()
                    .ifPresent(key -> hashes.put(key, requireNonNull(claim).requestHash()));
        }
        if (hashes.isEmpty()) {
            return candidates;
        }
        Set<CallerKey> claimed = tables.claim(hashes, now);
        List<CallerKey> taken =
                hashes.keySet().stream().filter(key -> !claimed.contains(key)).toList();
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
                outcomes.put(
                        candidate,
                        isSameRequest ? new Outcome.AnsweredBefore(before.answer()) : new Outcome.KeyReused());
            }
        }
        return unanswered;
    }

    private List<Candidate> lockSessions(List<Candidate> unanswered) {
        if (unanswered.isEmpty()) {
            return List.of();
        }
        Map<SessionKey, Boolean> consumed =
                tables.lockSessions(sorted(unanswered.stream().map(Candidate::session)));
        var playable = new ArrayList<Candidate>();
        for (Candidate candidate : unanswered) {
            Boolean isConsumed = consumed.get(candidate.session());
            if (isConsumed == null) {
                throw new IllegalStateException("session %s was never opened".formatted(candidate.session()));
            }
            if (isConsumed) {
                outcomes.put(candidate, new Outcome.SessionConsumed());
            } else {
                playable.add(candidate);
            }
        }
        return playable;
    }

    /** Counts for all of them first, since counting is what locks; what the refused ones did not use is given back. */
    private List<Standing> judge(List<Candidate> playable) {
        SortedMap<CounterKey, Long> plays = counted(playable.stream().flatMap(Candidate::playCounters));
        SortedMap<CounterKey, Long> awards = counted(playable.stream().flatMap(Candidate::awardCounters));
        var beforeCodes = new Holdings(
                countUp(Counted.PLAYS, plays),
                countUp(Counted.AWARDS, awards),
                lockStock(sorted(playable.stream().flatMap(Candidate::stockedPrizes))),
                Map.of());
        Judging judging = Judging.of(withCodes(beforeCodes, playable));
        List<Verdict> verdicts = judging.judge(playable);
        tables.countDown(Counted.PLAYS, surplus(plays, judging.played()));
        tables.countDown(Counted.AWARDS, surplus(awards, judging.awarded()));
        tables.takeStock(positive(judging.unitsTaken()));
        return standing(playable, verdicts);
    }

    private Map<CounterKey, Long> countUp(Counted counted, SortedMap<CounterKey, Long> by) {
        if (by.isEmpty()) {
            return Map.of();
        }
        return tables.countUp(counted, by).entrySet().stream()
                .collect(toMap(Map.Entry::getKey, total -> total.getValue() - by.getOrDefault(total.getKey(), 0L)));
    }

    private Map<PrizeKey, Long> lockStock(SortedSet<PrizeKey> prizes) {
        return prizes.isEmpty() ? Map.of() : tables.lockStock(prizes);
    }

    /** Only as many codes are locked as would be given out: others may need the rest. */
    private Holdings withCodes(Holdings beforeCodes, List<Candidate> playable) {
        if (playable.stream().noneMatch(Candidate::wantsCode)) {
            return beforeCodes;
        }
        Judging assuming = Judging.beforeCodes(beforeCodes);
        assuming.judge(playable);
        SortedMap<PrizeKey, Long> demand = positive(assuming.codesTaken());
        return demand.isEmpty() ? beforeCodes : beforeCodes.withCodes(tables.lockCodes(demand));
    }

    private List<Standing> standing(List<Candidate> playable, List<Verdict> verdicts) {
        var standing = new ArrayList<Standing>();
        for (int i = 0; i < playable.size(); i++) {
            switch (verdicts.get(i)) {
                case Refused(Outcome outcome) -> outcomes.put(playable.get(i), outcome);
                case Stands stands -> standing.add(new Standing(playable.get(i), stands));
            }
        }
        return standing;
    }

    private List<Fact> number(List<Standing> standing) {
        SortedMap<SequenceKey, Long> wanted = counted(standing.stream().flatMap(BatchCommit::sequences));
        Map<SequenceKey, Long> next = new HashMap<>();
        tables.advance(wanted).forEach((key, last) -> next.put(key, last - wanted.getOrDefault(key, 0L)));
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
        var play = candidate.play();
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
        return new Fact(candidate, committed);
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

    private void write(List<Fact> facts) {
        tables.consumeSessions(facts);
        tables.insertPlays(facts);
        tables.insertRewards(facts);
        tables.giveOutCodes(facts);
        var events = new ArrayList<OutboxEvent<?>>();
        var commands = new ArrayList<NumberedCommand>();
        var answers = new HashMap<CallerKey, KeptAnswer>();
        for (Fact fact : facts) {
            events.add(PlayEvents.completed(fact));
            PlayEvents.credit(fact).ifPresent(credit -> {
                events.add(credit);
                commands.add(new NumberedCommand(fact, credit.record(), outbox.payload(credit)));
            });
            fact.candidate()
                    .callerKey()
                    .ifPresent(key ->
                            answers.put(key, fact.candidate().pending().answer().apply(fact.play())));
            outcomes.put(fact.candidate(), new Outcome.Committed(fact.play()));
        }
        tables.insertWalletCommands(commands);
        outbox.writeAll(events);
        tables.keepAnswers(answers);
    }

    private void releaseKeysOfRefused(List<Candidate> unanswered) {
        tables.release(unanswered.stream()
                .filter(candidate -> !(outcomes.get(candidate) instanceof Outcome.Committed))
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

    private static SortedMap<CounterKey, Long> surplus(Map<CounterKey, Long> counted, Map<CounterKey, Long> used) {
        var surplus = new TreeMap<CounterKey, Long>();
        counted.forEach((key, count) -> surplus.put(key, count - used.getOrDefault(key, 0L)));
        return positive(surplus);
    }
}
