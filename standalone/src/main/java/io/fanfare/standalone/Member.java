package io.fanfare.standalone;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process of a cluster. It may run since an earlier call, and stays when the one that started it ends: whoever wants to know
 * of it reads its {@link MemberFile}.
 */
final class Member implements Part {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int LAST_WORDS = 15;
    /** A service that finds its database too slow to answer ends, and is better off the next time. */
    private static final int LAUNCHES = 3;

    private static final Logger LOG = LoggerFactory.getLogger(Member.class);

    private final Path root;
    private final Described described;
    private final List<Part> needs;
    private final Lifecycle lifecycle;
    private final Semaphore places;

    /** @param places on the way up; who finds none waits, so that a small machine does not start everything at once */
    Member(Path root, Described described, List<Part> needs, Lifecycle lifecycle, Semaphore places) {
        this.places = places;
        this.root = root;
        this.described = described;
        this.needs = List.copyOf(needs);
        this.lifecycle = lifecycle;
    }

    /**
     * @param name of the process, and of its file
     * @param log what it writes
     * @param console what it says where it does not come up
     */
    record Described(String name, URI address, URI probe, Path log, Path console) {}

    /** How the process comes and goes. */
    interface Lifecycle {

        /** The process, if it runs, whoever started it. */
        Optional<ProcessHandle> running() throws IOException;

        /** Returns the process as soon as its number is known; whether it is well is looked at from outside. */
        ProcessHandle launch() throws Exception;

        /** Returns when the process has ended in order. */
        void end(ProcessHandle process) throws Exception;
    }

    @Override
    public String name() {
        return described.name();
    }

    @Override
    public List<Part> needs() {
        return needs;
    }

    @Override
    public Optional<URI> address() {
        return Optional.of(described.address());
    }

    @Override
    public Optional<URI> probe() {
        return Optional.of(described.probe());
    }

    @Override
    public long pid() {
        try {
            return running().map(ProcessHandle::pid).orElse(-1L);
        } catch (IOException e) {
            return -1;
        }
    }

    /** The process, if it runs. */
    Optional<ProcessHandle> running() throws IOException {
        return lifecycle.running();
    }

    @Override
    public void start() throws Exception {
        Optional<ProcessHandle> before = running();
        if (before.isPresent()) {
            writtenDown(before.get());
            if (becomesWell(before.get())) {
                return;
            }
        }
        places.acquire();
        try {
            launchUntilWell();
        } finally {
            places.release();
        }
    }

    private void launchUntilWell() throws Exception {
        for (int launch = 1; launch <= LAUNCHES; launch++) {
            ProcessHandle process = lifecycle.launch();
            writtenDown(process);
            if (becomesWell(process)) {
                return;
            }
            LOG.warn("{} ended while it started, launch {} of {}:\n{}", name(), launch, LAUNCHES, lastWords());
        }
        throw new IllegalStateException("it ended each time:\n" + lastWords());
    }

    private void writtenDown(ProcessHandle process) throws IOException {
        new MemberFile(name(), ChildRecord.of(process), described.address(), described.probe(), described.log())
                .write(root);
    }

    /** False: it ended. */
    private boolean becomesWell(ProcessHandle process) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!Probe.isWell(described.probe())) {
            if (!process.isAlive()) {
                return false;
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("pid " + process.pid() + " runs, but " + described.probe()
                        + " has not told that it is well within " + PATIENCE.toSeconds() + " s; see "
                        + described.log());
            }
            TimeUnit.MILLISECONDS.sleep(250);
        }
        return true;
    }

    private String lastWords() throws IOException {
        if (!Files.exists(described.console())) {
            return "it has not said why; see " + described.log();
        }
        List<String> lines = Files.readAllLines(described.console());
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_WORDS), lines.size())) + "\n(more in "
                + described.log() + ")";
    }

    /** Also where it was started by an earlier call. */
    @Override
    public void stop() throws Exception {
        Optional<ProcessHandle> process = running();
        if (process.isPresent()) {
            lifecycle.end(process.get());
        }
        Files.deleteIfExists(MemberFile.path(root, name()));
    }
}
