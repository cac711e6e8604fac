package io.fanfare.bench.verify;

import static java.util.stream.Collectors.toMap;

import io.fanfare.bench.verify.Snapshot.Outcome;
import io.fanfare.bench.verify.Snapshot.PlayRow;
import io.fanfare.events.PlayCompleted;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What players were told is what is: each acknowledged play exists, with the outcome that was returned, and is in its topic. */
final class AnswersStand {

    private AnswersStand() {}

    private record Request(Ref player, String key) {}

    static Check check(List<Acknowledged> acknowledged, Snapshot snapshot, List<Fact<PlayCompleted>> published) {
        var findings = new Findings(1, "acknowledged plays stand");
        findings.saw(acknowledged.size());
        Map<Ref, PlayRow> plays =
                snapshot.plays().stream().collect(toMap(PlayRow::id, Function.identity(), (first, _) -> first));
        Map<Ref, List<Outcome>> outcomes = PlaysExistOnce.outcomes(snapshot);
        Map<Ref, PlayCompleted> told = new HashMap<>();
        for (Fact<PlayCompleted> fact : published) {
            PlayCompleted play = fact.value();
            if (play != null) {
                told.put(new Ref(play.getTenantId(), play.getPlayId()), play);
            }
        }
        for (Acknowledged one : acknowledged) {
            PlayRow play = plays.get(one.id());
            if (play == null) {
                findings.violated(
                        "play %s of %s was acknowledged and does not exist".formatted(one.play(), one.player()));
            } else {
                compare(one, play, outcomes.getOrDefault(one.id(), List.of()), told.get(one.id()), findings);
            }
        }
        requests(acknowledged, findings);
        return findings.result();
    }

    private static void compare(
            Acknowledged one, PlayRow play, List<Outcome> outcome, @Nullable PlayCompleted told, Findings findings) {
        if (!play.player().equals(one.player())) {
            findings.violated(
                    "play %s was acknowledged to %s and is of %s".formatted(one.id(), one.player(), play.player()));
        }
        if (one.session() != null && !one.session().equals(play.session())) {
            findings.violated("play %s was acknowledged for session %s and is of %s"
                    .formatted(one.id(), one.session(), play.session()));
        }
        if (one.rewards() != null && !one.rewards().equals(outcome)) {
            findings.violated(
                    "play %s was acknowledged with %s and has %s".formatted(one.id(), one.rewards(), outcome));
        }
        String consistency = play.scope() == null ? null : play.scope() + ":" + play.walletNumber();
        if (one.consistency() != null && !Objects.equals(one.consistency(), consistency)) {
            findings.violated(
                    "play %s was acknowledged at %s and is at %s".formatted(one.id(), one.consistency(), consistency));
        }
        if (told == null) {
            findings.violated("play %s was acknowledged and is not in its topic".formatted(one.id()));
        } else if (one.won() != null && one.won() != told.getWon()) {
            findings.violated("play %s was acknowledged with won=%s and published with won=%s"
                    .formatted(one.id(), one.won(), told.getWon()));
        }
    }

    /** A key that was used again got the same answer; two requests never got the same play. */
    private static void requests(List<Acknowledged> acknowledged, Findings findings) {
        Map<Request, Acknowledged> byKey = new HashMap<>();
        Set<Ref> answered = new HashSet<>();
        for (Acknowledged one : acknowledged) {
            Acknowledged before =
                    one.key() == null ? null : byKey.putIfAbsent(new Request(one.player(), one.key()), one);
            if (before == null) {
                if (!answered.add(one.id())) {
                    findings.violated("play %s was acknowledged to two requests".formatted(one.id()));
                }
            } else if (!before.play().equals(one.play()) || !Objects.equals(before.rewards(), one.rewards())) {
                findings.violated("key '%s' of %s was answered with play %s and then with %s"
                        .formatted(one.key(), one.player(), before.play(), one.play()));
            }
        }
    }
}
