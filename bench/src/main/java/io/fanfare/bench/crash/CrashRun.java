package io.fanfare.bench.crash;

import io.fanfare.bench.crash.Kill.When;
import io.fanfare.bench.load.Acks;
import io.fanfare.bench.load.Api;
import io.fanfare.bench.load.Arena;
import io.fanfare.bench.load.Crowd;
import io.fanfare.bench.load.Gaming;
import io.fanfare.bench.load.Outcome.Acknowledged;
import io.fanfare.bench.load.Outcome.Credit;
import io.fanfare.bench.platform.Installation;
import io.fanfare.bench.verify.Report;
import io.fanfare.bench.verify.Verify;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * One run: people play, parts die, the platform comes back, and in the end everything that was acknowledged is looked for. It is
 * over at the first kill that the platform does not recover from.
 */
final class CrashRun {

    private static final int SEATS = 12;
    private static final Arena.Size SIZE = new Arena.Size(200, 25);
    private static final int STEADY_PLAYS = 100;
    private static final Duration RECOVERY = Duration.ofMinutes(8);
    private static final Duration VERIFY = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration HEALTH_POLL = Duration.ofMillis(200);

    private final Installation installation;
    private final Path acks;
    private final Consumer<String> progress;
    private int launches;

    /** @param acks file to keep the acknowledgements in */
    CrashRun(Installation installation, Path acks, Consumer<String> progress) {
        this.installation = installation;
        this.acks = acks;
        this.progress = progress;
    }

    /**
     * Returns with what was found, whether it is good or bad.
     *
     * @throws IOException where the platform did not come up in the first place
     */
    CrashReport run(long seed, List<Kill> kills) throws IOException, SQLException, InterruptedException {
        installation.launch();
        await("the platform to be well", HEALTH_POLL, this::isUpAndWell);
        String tenant = "crash-" + Long.toString(Instant.now().getEpochSecond(), 36);
        Api api = Api.at(installation.api());
        Arena arena = Arena.build(api, tenant, installation.webhookSink(), SIZE);
        var recoveries = new ArrayList<Recovery>();
        try (var file = new Acks(acks)) {
            var gaming = new Gaming(api, arena, file, RECOVERY);
            var crowd = new Crowd(gaming, SEATS);
            crowd.enter();
            String failure = "";
            try {
                for (int i = 0; i < kills.size(); i++) {
                    boolean isCutShort =
                            i + 1 < kills.size() && kills.get(i + 1).when() == When.DURING_START;
                    Recovery recovery = survive(kills.get(i), isCutShort, crowd, gaming);
                    recoveries.add(recovery);
                    progress.accept(recovery.line(recoveries.size(), kills.size()));
                }
                morePlays(crowd);
                crowd.leave();
            } catch (IOException e) {
                failure = String.valueOf(e.getMessage());
                progress.accept("  " + failure);
            }
            Optional<Report> verified = failure.isEmpty()
                    ? Optional.of(new Verify(installation.target(), System.getenv("FANFARE_JWT_SECRET"), VERIFY)
                            .run(Optional.of(acks)))
                    : Optional.empty();
            return new CrashReport(seed, recoveries, crowd.acknowledged(), crowd.complaints(), failure, verified);
        }
    }

    private Recovery survive(Kill kill, boolean isCutShort, Crowd crowd, Gaming gaming)
            throws IOException, InterruptedException {
        if (kill.when() == When.UNDER_LOAD) {
            morePlays(crowd);
            LockSupport.parkNanos(kill.after().toNanos());
            await("requests in flight", POLL, () -> crowd.inFlight() > 0);
        } else {
            installation.launch();
            // On a busy machine the script alone takes seconds, and nobody would die.
            await(
                    "the start of " + kill.victim(),
                    POLL,
                    () -> !installation.processes(kill.victim()).isEmpty());
            LockSupport.parkNanos(kill.after().toNanos());
        }
        int inFlight = crowd.inFlight();
        Instant at = Instant.now();
        long killed = System.nanoTime();
        var found = new Recovery.Found(kill, at, installation.kill(kill.victim()), inFlight);
        long dead = System.nanoTime();
        if (isCutShort) {
            await("the launch to notice", POLL, () -> !installation.isLaunching());
            return Recovery.cutShort(found);
        }
        return recover(found, killed, dead, crowd, gaming);
    }

    private Recovery recover(Recovery.Found found, long killed, long dead, Crowd crowd, Gaming gaming)
            throws IOException, InterruptedException {
        // What was sent before may have been answered before.
        CompletableFuture<Acknowledged> play = crowd.next(next -> next.sentNanos() > dead);
        CompletableFuture<Acknowledged> win =
                crowd.next(next -> next.sentNanos() > dead && next.credit().isPresent());
        int before = launches;
        await("a play after the death of " + found.kill().victim(), POLL, () -> isTendedAnd(play.isDone(), crowd));
        Duration firstPlay = Duration.ofNanos(play.join().heardNanos() - killed);
        await("a win after the death of " + found.kill().victim(), POLL, () -> isTendedAnd(win.isDone(), crowd));
        Credit credit = win.join().credit().orElseThrow();
        Duration firstCredit = Duration.ofNanos(gaming.awaitVisible(Api.at(installation.state()), credit) - killed);
        await(
                "all to be well after the death of " + found.kill().victim(),
                HEALTH_POLL,
                () -> isTendedAnd(installation.isWell(), crowd));
        Duration well = Duration.ofNanos(System.nanoTime() - killed);
        return new Recovery(found, launches - before, Optional.of(new Recovery.Times(firstPlay, firstCredit, well)));
    }

    /** Launches what does not come back by itself. */
    private boolean isTendedAnd(boolean done, Crowd crowd) throws IOException {
        if (!installation.isLaunching() && installation.needsLaunch()) {
            installation.launch();
            launches++;
        }
        if (crowd.isLosingPlayers()) {
            throw new IOException(
                    "a player had no answer for %d s; see %s".formatted(RECOVERY.toSeconds(), installation.logs()));
        }
        return done;
    }

    private boolean isUpAndWell() throws IOException, InterruptedException {
        return !installation.isLaunching() && !installation.needsLaunch() && installation.isWell();
    }

    private void morePlays(Crowd crowd) throws IOException, InterruptedException {
        long enough = crowd.acknowledged() + STEADY_PLAYS;
        await(STEADY_PLAYS + " more plays", POLL, () -> crowd.acknowledged() >= enough);
    }

    private interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    private void await(String what, Duration poll, Condition condition) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + RECOVERY.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                throw new IOException(
                        "waited %d s for %s; see %s".formatted(RECOVERY.toSeconds(), what, installation.logs()));
            }
            LockSupport.parkNanos(poll.toNanos());
        }
    }
}
