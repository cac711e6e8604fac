package io.fanfare.bench.verify;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.fanfare.bench.verify.Snapshot.CaughtRow;
import io.fanfare.bench.verify.Snapshot.KeptAnswer;
import io.fanfare.bench.verify.Snapshot.LastNumber;
import io.fanfare.bench.verify.Snapshot.Outcome;
import io.fanfare.bench.verify.Snapshot.PlayRow;
import io.fanfare.bench.verify.Snapshot.RewardRow;
import io.fanfare.bench.verify.Snapshot.SessionRow;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * One play per session and per idempotency key, numbered without gaps; an answer that is kept tells what the play was; an attempt
 * that was caught took its session and is no play.
 */
final class PlaysExistOnce {

    private PlaysExistOnce() {}

    static Check check(Snapshot snapshot) {
        var findings = new Findings(1, "plays exist once");
        findings.saw(snapshot.plays().size()
                + snapshot.answers().size()
                + snapshot.terms().caught().size());
        ids(snapshot, findings);
        sessions(snapshot, findings);
        caught(snapshot, findings);
        numbers(snapshot, findings);
        answers(snapshot, findings);
        findings.note("%d plays, %d caught, %d answers kept"
                .formatted(
                        snapshot.plays().size(),
                        snapshot.terms().caught().size(),
                        snapshot.answers().size()));
        return findings.result();
    }

    /** What each play gave, in order. */
    static Map<Ref, List<Outcome>> outcomes(Snapshot snapshot) {
        Map<Ref, List<RewardRow>> byPlay = snapshot.rewards().stream().collect(groupingBy(RewardRow::playRef));
        Map<Ref, List<Outcome>> outcomes = new HashMap<>();
        byPlay.forEach((play, rewards) -> outcomes.put(
                play,
                rewards.stream()
                        .sorted(Comparator.comparingInt(RewardRow::ordinal))
                        .map(Outcome::of)
                        .toList()));
        return outcomes;
    }

    private static void ids(Snapshot snapshot, Findings findings) {
        Set<Ref> seen = new HashSet<>();
        for (PlayRow play : snapshot.plays()) {
            if (!seen.add(play.id())) {
                findings.violated("play %s exists more than once".formatted(play.id()));
            }
        }
        Set<Ref> rewards = new HashSet<>();
        for (RewardRow reward : snapshot.rewards()) {
            if (!rewards.add(reward.id())) {
                findings.violated("reward %s exists more than once".formatted(reward.id()));
            }
            if (reward.isOfPlay() && !seen.contains(reward.playRef())) {
                findings.violated(
                        "reward %s is of play %s, which does not exist".formatted(reward.id(), reward.play()));
            }
        }
    }

    private static void sessions(Snapshot snapshot, Findings findings) {
        Map<Ref, SessionRow> consumed =
                snapshot.sessions().stream().collect(toMap(SessionRow::id, Function.identity(), (first, _) -> first));
        Map<Ref, PlayRow> played = new HashMap<>();
        for (PlayRow play : snapshot.plays()) {
            var session = new Ref(play.id().tenant(), play.session());
            PlayRow other = played.putIfAbsent(session, play);
            if (other != null) {
                findings.violated("session %s was played twice: %s and %s"
                        .formatted(session, other.id().id(), play.id().id()));
            }
            SessionRow row = consumed.get(session);
            if (row == null) {
                findings.violated("play %s is of session %s, which is not consumed".formatted(play.id(), session.id()));
            } else if (!row.player().equals(play.player()) || !row.game().equals(play.game())) {
                findings.violated("play %s of %s in %s has the session of %s in %s"
                        .formatted(play.id(), play.player(), play.game(), row.player(), row.game()));
            }
        }
        Set<Ref> caught =
                snapshot.terms().caught().stream().map(CaughtRow::sessionRef).collect(toSet());
        for (Ref session : consumed.keySet()) {
            if (!played.containsKey(session) && !caught.contains(session)) {
                findings.violated("session %s was consumed by no play".formatted(session));
            }
        }
    }

    /** An attempt that was caught made an end of its session, and is no play. */
    private static void caught(Snapshot snapshot, Findings findings) {
        Map<Ref, SessionRow> consumed =
                snapshot.sessions().stream().collect(toMap(SessionRow::id, Function.identity(), (first, _) -> first));
        Set<Ref> plays = snapshot.plays().stream().map(PlayRow::id).collect(toSet());
        Map<Ref, Ref> played = snapshot.plays().stream()
                .collect(toMap(play -> new Ref(play.id().tenant(), play.session()), PlayRow::id, (first, _) -> first));
        for (CaughtRow caught : snapshot.terms().caught()) {
            SessionRow session = consumed.get(caught.sessionRef());
            if (session == null) {
                findings.violated(
                        "%s was caught in session %s, which is not consumed".formatted(caught.id(), caught.session()));
            } else if (!session.player().equals(caught.player())
                    || !session.game().equals(caught.game())) {
                findings.violated("%s of %s in %s was caught in the session of %s in %s"
                        .formatted(caught.id(), caught.player(), caught.game(), session.player(), session.game()));
            }
            Ref play = played.get(caught.sessionRef());
            if (play != null) {
                findings.violated("%s was caught in session %s, and was played as %s"
                        .formatted(caught.id(), caught.session(), play.id()));
            }
            if (plays.contains(caught.id())) {
                findings.violated("%s was caught, and is a play".formatted(caught.id()));
            }
        }
    }

    private static void numbers(Snapshot snapshot, Findings findings) {
        Map<Ref, List<Long>> numbers = new HashMap<>();
        snapshot.plays().stream()
                .collect(groupingBy(PlayRow::player))
                .forEach((player, plays) -> numbers.put(
                        player, plays.stream().map(PlayRow::number).sorted().toList()));
        numbers.forEach((player, given) -> {
            for (int i = 0; i < given.size(); i++) {
                if (given.get(i) != i + 1) {
                    findings.violated(
                            "plays of %s have number %d in place of %d".formatted(player, given.get(i), i + 1));
                    return;
                }
            }
        });
        for (LastNumber last : snapshot.lastNumbers()) {
            long plays = numbers.getOrDefault(last.player(), List.of()).size();
            if (last.stream().equals("plays") && last.number() != plays) {
                findings.violated("%s has %d plays, and %d numbers were given out"
                        .formatted(last.player(), plays, last.number()));
            }
        }
    }

    private static void answers(Snapshot snapshot, Findings findings) {
        Map<Ref, PlayRow> plays =
                snapshot.plays().stream().collect(toMap(PlayRow::id, Function.identity(), (first, _) -> first));
        Map<Ref, List<Outcome>> outcomes = outcomes(snapshot);
        Map<Ref, KeptAnswer> told = new HashMap<>();
        for (KeptAnswer answer : snapshot.answers()) {
            var id = new Ref(answer.tenant(), answer.play());
            PlayRow play = plays.get(id);
            if (play == null) {
                findings.violated("%s of %s was told of play %s under key '%s', and there is none"
                        .formatted(answer.caller(), answer.tenant(), answer.play(), answer.key()));
                continue;
            }
            if (!answer.caller().equals("player:" + play.player().id())) {
                findings.violated(
                        "%s was told of play %s, which is of %s".formatted(answer.caller(), id, play.player()));
            }
            if (!answer.rewards().equals(outcomes.getOrDefault(id, List.of()))) {
                findings.violated("the answer kept under key '%s' tells other rewards than play %s has"
                        .formatted(answer.key(), id));
            }
            KeptAnswer other = told.putIfAbsent(id, answer);
            if (other != null) {
                findings.violated(
                        "play %s answers both key '%s' and key '%s'".formatted(id, other.key(), answer.key()));
            }
        }
    }
}
