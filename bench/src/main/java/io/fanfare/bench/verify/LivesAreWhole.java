package io.fanfare.bench.verify;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import io.fanfare.bench.verify.Snapshot.CodeRow;
import io.fanfare.bench.verify.Snapshot.Life;
import io.fanfare.bench.verify.Snapshot.RewardRow;
import io.fanfare.bench.verify.Snapshot.StepRow;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * A reward is where its steps have brought it. One that was revoked or has expired has given its unit back, unless it was
 * fulfilled, and its code is void; no other has.
 */
final class LivesAreWhole {

    private static final Set<String> OVER = Set.of("revoked", "expired");

    private LivesAreWhole() {}

    static void check(Snapshot snapshot, Findings findings) {
        Map<Ref, List<StepRow>> steps = snapshot.terms().steps().stream().collect(groupingBy(StepRow::reward));
        for (RewardRow reward : snapshot.rewards()) {
            steps(reward, steps.getOrDefault(reward.id(), List.of()), findings);
            unit(reward, findings);
        }
        codes(snapshot, findings);
        findings.saw(snapshot.terms().steps().size());
    }

    private static void steps(RewardRow reward, List<StepRow> steps, Findings findings) {
        List<StepRow> inOrder =
                steps.stream().sorted(Comparator.comparingInt(StepRow::number)).toList();
        for (int i = 0; i < inOrder.size(); i++) {
            if (inOrder.get(i).number() != i + 1) {
                findings.violated("reward %s has step %d in place of %d"
                        .formatted(reward.id(), inOrder.get(i).number(), i + 1));
                return;
            }
        }
        String status = reward.life().status();
        boolean isThere = inOrder.isEmpty()
                ? status.equals(reward.life().wasFulfilled() ? "fulfilled" : "won")
                : status.equals(statusAfter(inOrder.getLast().step()));
        if (!isThere) {
            findings.violated("reward %s is %s after %s"
                    .formatted(
                            reward.id(),
                            status,
                            inOrder.stream().map(StepRow::step).toList()));
        }
    }

    private static String statusAfter(String step) {
        return switch (step) {
            case "claim" -> "claimed";
            case "fulfil" -> "fulfilled";
            case "revoke" -> "revoked";
            case "expire" -> "expired";
            default -> "what no step makes it: " + step;
        };
    }

    private static void unit(RewardRow reward, Findings findings) {
        Life life = reward.life();
        boolean isOver = OVER.contains(life.status());
        if (life.isUnitReturned() && (!isOver || reward.isCredit())) {
            findings.violated("reward %s is %s, a %s, and its unit is in stock again"
                    .formatted(reward.id(), life.status(), reward.type()));
        }
        if (isOver && !life.isUnitReturned() && !life.wasFulfilled() && !reward.isCredit()) {
            findings.violated("reward %s is %s, and its unit has not come back".formatted(reward.id(), life.status()));
        }
    }

    private static void codes(Snapshot snapshot, Findings findings) {
        Map<Ref, RewardRow> rewards =
                snapshot.rewards().stream().collect(toMap(RewardRow::id, Function.identity(), (first, _) -> first));
        for (CodeRow code : snapshot.codes()) {
            RewardRow reward = code.reward() == null
                    ? null
                    : rewards.get(new Ref(code.prize().tenant(), code.reward()));
            boolean isOver = reward != null && OVER.contains(reward.life().status());
            if (reward != null && isOver != code.isVoid()) {
                findings.violated("reward %s is %s, and its code is %s"
                        .formatted(reward.id(), reward.life().status(), code.isVoid() ? "void" : "good"));
            }
        }
    }
}
