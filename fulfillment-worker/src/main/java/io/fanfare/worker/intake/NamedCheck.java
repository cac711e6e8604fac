package io.fanfare.worker.intake;

import io.fanfare.edge.health.ReadinessCheck;
import io.fanfare.edge.topic.Intake;
import java.util.concurrent.Callable;

/** A readiness check out of a question. */
public record NamedCheck(String name, Callable<Readiness> question) implements ReadinessCheck {

    @Override
    public Readiness check() throws Exception {
        return question.call();
    }

    /** Ready as long as the topic is read, and what is read is processed. */
    public static NamedCheck of(String name, Intake intake) {
        return new NamedCheck(name, () -> readyIf(intake.isReady(), "cannot be read or processed"));
    }

    public static Readiness readyIf(boolean ready, String otherwise) {
        return ready ? READY : new Readiness.NotReady(otherwise);
    }
}
