package io.fanfare.worker.integration;

import io.fanfare.edge.health.ReadinessCheck;
import java.util.concurrent.Callable;

/** A readiness check out of a question. */
record NamedCheck(String name, Callable<Readiness> question) implements ReadinessCheck {

    @Override
    public Readiness check() throws Exception {
        return question.call();
    }

    static Readiness readyIf(boolean ready, String otherwise) {
        return ready ? READY : new Readiness.NotReady(otherwise);
    }
}
