package io.fanfare.standalone;

import io.fanfare.standalone.demo.DemoSeed;
import io.fanfare.standalone.demo.DemoSeed.Demo;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;

/** The demo on one data folder: seeded by the first start, found again by the next. */
record DemoTenant(DataDir dir, Ports ports, Console console) {

    private static final String FILE = "demo.properties";
    private static final int PERCENT_PER_LINE = 25;

    /**
     * The demo, seeded now if it has not been.
     *
     * @throws CannotStart where it could not be seeded; the next start goes on from there
     */
    Demo seededOnce() throws InterruptedException {
        Path file = dir.root().resolve(FILE);
        try {
            return Files.exists(file) ? read(file) : seed(file);
        } catch (IOException e) {
            throw new CannotStart("the demo could not be seeded: " + e.getMessage(), e);
        }
    }

    private Demo seed(Path file) throws IOException, InterruptedException {
        console.say("  seeding the demo");
        var api = URI.create("http://127.0.0.1:" + ports.api());
        var sink = URI.create("http://127.0.0.1:" + ports.worker() + "/dev/webhooks/demo");
        var told = new AtomicInteger();
        Demo demo = new DemoSeed(api, sink).seed(percent -> tell(told, percent));
        write(file, demo);
        return demo;
    }

    private void tell(AtomicInteger told, int percent) {
        int line = percent / PERCENT_PER_LINE;
        if (told.getAndUpdate(before -> Math.max(before, line)) < line) {
            console.say("    %3d %% of its players have played".formatted(line * PERCENT_PER_LINE));
        }
    }

    private static Demo read(Path file) throws IOException {
        var properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return new Demo(
                properties.getProperty("tenant"),
                properties.getProperty("campaign"),
                properties.getProperty("game"),
                properties.getProperty("leaderboard"));
    }

    private static void write(Path file, Demo demo) throws IOException {
        var properties = new Properties();
        properties.setProperty("tenant", demo.tenant());
        properties.setProperty("campaign", demo.campaign());
        properties.setProperty("game", demo.game());
        properties.setProperty("leaderboard", demo.leaderboard());
        Path unfinished = file.resolveSibling(FILE + ".new");
        try (Writer writer = Files.newBufferedWriter(unfinished)) {
            properties.store(writer, "What the first start has seeded");
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
