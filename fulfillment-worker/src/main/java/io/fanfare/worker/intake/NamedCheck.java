package io.fanfare.worker.intake;

import io.fanfare.edge.health.ReadinessCheck;
import java.util.concurrent.Callable;

/** A readiness check out of a question. */
public record NamedCheck(String name, Callable<Readiness> question) implements ReadinessCheck {

    @Override
    public Readiness check() throws Exception {
        return question.call();
    }

    public static Readiness readyIf(boolean ready, String otherwise) {
        return ready ? READY : new Readiness.NotReady(otherwise);
    }
}
