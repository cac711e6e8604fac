package io.fanfare.cli;

import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.ConfluentRegistry;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code rebuild}: has the state of an app built anew from its topics, beside the one that is in use, and says how far it is. The
 * platform does it; who ends this command ends nothing, and the next one looks on.
 */
final class RebuildCommand {

    private static final String APP = "wallets";
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int PATIENCE_SECONDS = 300;
    private static final int MAX_PATIENCE_SECONDS = 86_400;

    private final PrintStream out;
    private final PrintStream err;

    RebuildCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    int run(List<String> line, Map<String, String> environment) throws IOException, InterruptedException {
        Words words = Words.of(
                "rebuild", line, Set.of("--json", "--anew", "--no-wait"), Cli.with(Place.OPTIONS, "--patience"));
        String app = words.only().orElseThrow(() -> new NotUnderstood("rebuild needs an app: wallets"));
        if (!app.equals(APP)) {
            throw new NotUnderstood("rebuild knows wallets, not '%s'".formatted(app));
        }
        int patience = words.number("--patience", PATIENCE_SECONDS, 1, MAX_PATIENCE_SECONDS);
        Place place = Place.of(words, environment);
        var registry = new ConfluentRegistry(place.registry());
        try (var generations = new TopicGenerations(app, place.bootstrap(), registry)) {
            var rebuild = new Rebuild(generations, out, err, Duration.ofSeconds(patience), PAUSE, Clock.systemUTC());
            int building = rebuild.begin(words.has("--anew"));
            if (!words.has("--no-wait")) {
                rebuild.await(building);
            }
            rebuild.show(words.has("--json"));
            return Cli.DONE;
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
