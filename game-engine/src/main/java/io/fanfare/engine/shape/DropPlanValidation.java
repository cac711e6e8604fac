package io.fanfare.engine.shape;

import io.fanfare.engine.anticheat.Replay;
import io.fanfare.engine.config.Form;
import io.fanfare.engine.shape.DealtDrops.Drop;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * {@code drop_plan}: what was caught must have been dealt, once each, and of each type no more than can be caught. In a replay
 * each event is one catch, {@code x} the number of the drop, and no drop is caught before it falls.
 */
record DropPlanValidation() implements Validator {

    static final Form<DropPlanValidation> FORM =
            Form.empty("what was caught must have been dealt", new DropPlanValidation());

    @Override
    public Set<String> inputFields() {
        return DealtDrops.INPUT.names();
    }

    @Override
    public boolean isReplayable() {
        return true;
    }

    @Override
    public OptionalLong claimOf(Attempt attempt) {
        return OptionalLong.of(caught(attempt).size());
    }

    @Override
    public Verdict judge(Attempt attempt) {
        DealtDrops dealt = DealtDrops.of(attempt.seed());
        Map<String, Drop> byId = dealt.byId();
        Set<String> seen = new HashSet<>();
        Map<String, Long> caughtOfType = new HashMap<>();
        for (String id : caught(attempt)) {
            Drop drop = byId.get(id);
            if (drop == null) {
                return new Verdict.Cheating("something was caught that never fell", Map.of("drop_id", id));
            }
            if (!seen.add(id)) {
                return new Verdict.Cheating("something was caught twice", Map.of("drop_id", id));
            }
            long ofType = caughtOfType.merge(drop.type(), 1L, Long::sum);
            if (!drop.type().equals(DropPlan.EMPTY) && ofType > dealt.limitOf(drop.type())) {
                return new Verdict.Cheating("more was caught than can be", Map.of("type", drop.type()));
            }
        }
        return new Verdict.Plausible();
    }

    @Override
    public Verdict judgeReplay(Attempt attempt, Replay replay) {
        Map<String, Drop> byId = DealtDrops.of(attempt.seed()).byId();
        List<String> caught = caught(attempt);
        for (int i = 0; i < replay.events().size(); i++) {
            Replay.Event event = replay.events().get(i);
            String id = caught.get(i);
            if (!id.equals("d_" + event.x())) {
                return new Verdict.Cheating("the replay catches something else", Map.of("drop_id", id));
            }
            Drop drop = byId.get(id);
            if (drop != null && event.atMs() < drop.spawnAtMs()) {
                return new Verdict.Cheating("something was caught before it fell", Map.of("drop_id", id));
            }
        }
        return new Verdict.Plausible();
    }

    private static List<String> caught(Attempt attempt) {
        return DealtDrops.INPUT.readPart("payload", attempt.input());
    }
}
