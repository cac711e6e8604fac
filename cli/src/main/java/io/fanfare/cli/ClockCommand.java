package io.fanfare.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanfare.cli.Api.Answer;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/** {@code clock}: what time it is on the platform, and moves it, in development mode. */
final class ClockCommand {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final PrintStream out;

    ClockCommand(PrintStream out) {
        this.out = out;
    }

    /** What one service says. */
    private record Seen(Instant now, Duration ahead, Path file) {}

    int run(List<String> line, Map<String, String> environment) throws IOException, InterruptedException {
        Words words = Words.of("clock", line, Set.of("--json", "--force"), Place.OPTIONS);
        Optional<ClockMove> move = words.only().map(ClockMove::parse);
        Place place = Place.of(words, environment);
        Map<String, Seen> services = ask(place);
        if (move.isEmpty()) {
            show(services, words.has("--json"));
            return Cli.DONE;
        }
        if (place.starting()) {
            throw new CannotDo("the platform is starting; its time can be moved when it is ready");
        }
        Path file = fileOf(services);
        ClockFile.Change change = new ClockFile(file).change(before -> moved(before, move.get(), words.has("--force")));
        show(awaitFollowed(place, change.after()), words.has("--json"));
        return Cli.DONE;
    }

    private static Duration moved(Duration before, ClockMove move, boolean isForced) {
        Duration after = move.ahead(before, Instant.now());
        if (after.compareTo(before) < 0 && !isForced) {
            throw new CannotDo("""
                    that would move time back by %s, and what has happened since stays: plays of the future keep their turns and \
                    limits, what expired stays expired, and what was swept out is gone. Use a fresh data folder, or --force if \
                    you mean it (docs/development-clock.md)""".formatted(before.minus(after)));
        }
        return after;
    }

    private static Path fileOf(Map<String, Seen> services) {
        List<Path> files = services.values().stream().map(Seen::file).distinct().toList();
        if (files.size() > 1) {
            throw new CannotDo("the services do not share one clock: %s".formatted(files));
        }
        Path file = files.getFirst();
        Path folder = file.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new CannotDo("%s is not on this machine; move the clock where the services run".formatted(file));
        }
        return file;
    }

    private static Map<String, Seen> awaitFollowed(Place place, Duration ahead) throws InterruptedException {
        Instant deadline = Instant.now().plus(PATIENCE);
        Map<String, Seen> services = ask(place);
        while (services.values().stream().anyMatch(seen -> !seen.ahead().equals(ahead))) {
            if (Instant.now().isAfter(deadline)) {
                Map<String, Duration> behind = new LinkedHashMap<>();
                services.forEach((name, seen) -> behind.put(name, seen.ahead()));
                throw new CannotDo(
                        "the clock was set %s ahead, but not all services follow: %s".formatted(ahead, behind));
            }
            LockSupport.parkNanos(PAUSE.toNanos());
            services = ask(place);
        }
        return services;
    }

    private static Map<String, Seen> ask(Place place) throws InterruptedException {
        var seen = new TreeMap<String, Seen>();
        for (Map.Entry<String, URI> service : place.services().entrySet()) {
            try (var api = new Api(service.getValue(), Map.of())) {
                seen.put(service.getKey(), seen(service.getKey(), api.get("/dev/clock")));
            }
        }
        return seen;
    }

    private static Seen seen(String service, Answer answer) {
        if (answer.status() == 404) {
            throw new CannotDo(
                    "%s has no development clock: it takes development mode (FANFARE_DEV_MODE=true) and FANFARE_DEV_CLOCK_FILE"
                            .formatted(service));
        }
        if (!answer.isOk()) {
            throw new RefusedByApi("the question for the time", answer);
        }
        JsonNode data = answer.data();
        return new Seen(
                Instant.parse(data.path("now").asText()),
                Duration.parse(data.path("ahead").asText()),
                Path.of(data.path("file").asText()));
    }

    private void show(Map<String, Seen> services, boolean json) {
        Seen one = services.values().iterator().next();
        if (json) {
            ObjectNode all = Json.object()
                    .put("now", one.now().toString())
                    .put("ahead", one.ahead().toString())
                    .put("file", one.file().toString());
            ObjectNode each = all.putObject("services");
            services.forEach((name, seen) -> each.putObject(name)
                    .put("now", seen.now().toString())
                    .put("ahead", seen.ahead().toString()));
            out.println(Json.pretty(all));
            return;
        }
        out.println("%s, %s".formatted(one.now(), words(one.ahead())));
        services.forEach((name, seen) -> out.println("  %-18s %s".formatted(name, seen.now())));
    }

    private static String words(Duration ahead) {
        if (ahead.isZero()) {
            return "the machine's own time";
        }
        Duration size = ahead.abs();
        String amount = "%s%02d:%02d:%02d"
                .formatted(
                        size.toDays() == 0 ? "" : size.toDays() + "d ",
                        size.toHoursPart(),
                        size.toMinutesPart(),
                        size.toSecondsPart());
        return amount + (ahead.isNegative() ? " behind" : " ahead of") + " the machine's";
    }
}
