package io.fanfare.edge.health;

import io.fanfare.edge.answer.Envelope;
import io.fanfare.edge.caller.Public;
import io.fanfare.edge.error.Reason;
import io.fanfare.edge.error.Refused;
import io.fanfare.edge.health.ReadinessCheck.Readiness;
import io.fanfare.edge.health.ReadinessCheck.Readiness.NotReady;
import io.fanfare.edge.health.ReadinessCheck.Readiness.Ready;
import io.fanfare.edge.health.ReadinessCheck.Readiness.Warning;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether the process lives ({@code /healthz}), and whether it can serve ({@code /readyz}). */
@RestController
final class HealthRoutes implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final ApplicationAvailability availability;
    private final List<ReadinessCheck> checks;
    private final ExecutorService asking = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("readiness-", 0).factory());

    HealthRoutes(ApplicationAvailability availability, List<ReadinessCheck> checks) {
        this.availability = availability;
        this.checks = List.copyOf(checks);
    }

    /** @param status always {@code alive} */
    record Liveness(String status) {}

    /** @param checks what was asked, each {@code ready}, or {@code warning: } and why */
    record Serving(Map<String, String> checks) {}

    @Public
    @GetMapping("/healthz")
    Envelope<Liveness> healthz() {
        return Envelope.ok(new Liveness("alive"));
    }

    @Public
    @GetMapping("/readyz")
    Envelope<Serving> readyz() throws InterruptedException {
        var found = new TreeMap<String, Readiness>();
        found.put("application", application());
        List<Callable<Readiness>> questions =
                checks.stream().<Callable<Readiness>>map(check -> check::check).toList();
        List<Future<Readiness>> answers = asking.invokeAll(questions, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        for (int i = 0; i < checks.size(); i++) {
            found.put(checks.get(i).name(), answer(answers.get(i)));
        }
        return Envelope.ok(new Serving(requireReady(found)));
    }

    @Override
    public void close() {
        asking.shutdownNow();
    }

    private Readiness application() {
        return availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC
                ? ReadinessCheck.READY
                : new NotReady("is starting or stopping");
    }

    private static Readiness answer(Future<Readiness> answer) throws InterruptedException {
        try {
            return answer.get();
        } catch (CancellationException _) {
            return new NotReady("did not answer within " + PATIENCE.toSeconds() + " s");
        } catch (ExecutionException e) {
            return new NotReady(String.valueOf(e.getCause()));
        }
    }

    private static Map<String, String> requireReady(Map<String, Readiness> found) {
        var words = new TreeMap<String, String>();
        found.forEach((name, readiness) -> words.put(name, word(readiness)));
        if (found.values().stream().anyMatch(NotReady.class::isInstance)) {
            throw new Refused(Reason.UNAVAILABLE, "not ready", words);
        }
        return words;
    }

    private static String word(Readiness readiness) {
        return switch (readiness) {
            case Ready _ -> "ready";
            case Warning(String why) -> "warning: " + why;
            case NotReady(String why) -> why;
        };
    }
}
