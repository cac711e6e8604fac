package io.fanfare.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanfare.events.GenerationChanged;
import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.ConfluentRegistry;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Has the state of an app built anew from its topics, beside the one that is in use, and says how far it is. The platform does it; who
 * ends this command ends nothing, and the next one looks on.
 */
final class RebuildCommand {

    private static final String APP = "wallets";
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration LINE_EVERY = Duration.ofSeconds(5);

    private final PrintStream out;
    private final PrintStream err;

    RebuildCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    int run(List<String> line, Map<String, String> environment) throws IOException, InterruptedException {
        Words words = Words.of("rebuild", line, Set.of("--json", "--anew", "--no-wait"), Place.OPTIONS);
        String app = words.only().orElseThrow(() -> new NotUnderstood("rebuild needs an app: wallets"));
        if (!app.equals(APP)) {
            throw new NotUnderstood("rebuild knows wallets, not '%s'".formatted(app));
        }
        Place place = Place.of(words, environment);
        var registry = new ConfluentRegistry(place.registry());
        try (var generations = new Generations(app, place.bootstrap(), registry)) {
            GenerationChanged now = generations.current();
            Integer building = now.getBuilding();
            if (building == null || (words.has("--anew") && !now.getSwitching())) {
                now = generations.begin(now);
                building = now.getBuilding();
                err.printf("generation %d is being built beside generation %d%n", building, now.getLive());
            } else {
                err.printf("generation %d is being built already%n", building);
            }
            if (building == null) {
                throw new CannotDo("nothing is being built: " + now);
            }
            if (!words.has("--no-wait")) {
                await(generations, building);
            }
            show(generations.current(), words.has("--json"));
            return Cli.DONE;
        }
    }

    private void await(Generations generations, int building) throws InterruptedException {
        Instant next = Instant.now();
        GenerationChanged now = generations.current();
        while (now.getLive() < building) {
            Integer other = now.getBuilding();
            if (other != null && other != building) {
                throw new CannotDo("generation %d was given up for generation %d".formatted(building, other));
            }
            if (!Instant.now().isBefore(next)) {
                err.println(now.getSwitching() ? "  caught up; switching" : "  " + generations.progress(now));
                next = Instant.now().plus(LINE_EVERY);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            now = generations.current();
        }
    }

    private void show(GenerationChanged now, boolean json) {
        if (json) {
            ObjectNode report = Json.object();
            report.put("app", now.getApp()).put("live", now.getLive()).put("switching", now.getSwitching());
            if (now.getBuilding() != null) {
                report.put("building", now.getBuilding());
            }
            now.getCut().forEach(report.putArray("cut")::add);
            out.println(Json.pretty(report));
        } else {
            out.printf("generation %d of %s is live%n", now.getLive(), now.getApp());
        }
    }

    /** Consumer group of a generation. */
    static String group(String app, int generation) {
        return "fanfare-" + app + (generation == 1 ? "" : "-" + generation);
    }

    /** What a generation is made of. */
    static String source() {
        return Topics.WALLET_COMMANDS.name();
    }
}
