package io.fanfare.bench.crash;

import io.fanfare.bench.crash.Kill.When;
import io.fanfare.bench.load.Acks;
import io.fanfare.bench.load.Api;
import io.fanfare.bench.load.Arena;
import io.fanfare.bench.load.Crowd;
import io.fanfare.bench.load.Customers;
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
import org.jspecify.annotations.Nullable;

/**
 * One run: people play, and where that is wanted use their wallets, parts die, the platform comes back, and in the end everything that
 * was acknowledged is looked for. It is over at the first kill that the platform does not recover from.
 */
final class CrashRun {

    private static final int SEATS = 12;
    /** Beside players who use their wallets: as many as it takes to see that it goes on. */
    private static final int FEW_SEATS = 3;

    private static final Arena.Size SIZE = new Arena.Size(200, 25);
    private static final int STEADY_PLAYS = 100;
    private static final Duration RECOVERY = Duration.ofMinutes(8);
    private static final Duration VERIFY = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration HEALTH_POLL = Duration.ofMillis(200);

    private final Installation installation;
    private final Path acks;
    private final Consumer<String> progress;
    private final Arguments.@Nullable Wallets wallets;
    private int launches;

    /**
     * @param acks file to keep the acknowledgements in
     * @param wallets who use their wallets meanwhile; null: nobody
     */
    CrashRun(Installation installation, Path acks, Consumer<String> progress, Arguments.@Nullable Wallets wallets) {
        this.installation = installation;
        this.acks = acks;
        this.progress = progress;
        this.wallets = wallets;
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
            var gaming = new Gaming(api, arena.wheel(), file, RECOVERY);
            var load = new Load(
                    new Crowd(gaming, wallets == null ? SEATS : FEW_SEATS), customers(api, tenant, file, seed));
            load.goOnTo(load.share(1, kills.size() + 1));
            load.enter();
            String failure = "";
            try {
                for (int i = 0; i < kills.size(); i++) {
                    boolean isCutShort =
                            i + 1 < kills.size() && kills.get(i + 1).when() == When.DURING_START;
                    if (kills.get(i).when() == When.UNDER_LOAD) {
                        Load.Share share = load.share(i + 1, kills.size() + 1);
                        await("the wallets to be used", POLL, () -> isTendedAnd(load.hasDone(share), load));
                    }
                    load.goOnTo(load.share(i + 2, kills.size() + 1));
                    Recovery recovery = survive(kills.get(i), isCutShort, load, gaming);
                    recoveries.add(recovery);
                    progress.accept(recovery.line(recoveries.size(), kills.size()));
                }
                morePlays(load);
                load.leave();
            } catch (IOException e) {
                failure = String.valueOf(e.getMessage());
                progress.accept("  " + failure);
            }
            Optional<Report> verified = failure.isEmpty()
                    ? Optional.of(new Verify(installation.target(), System.getenv("FANFARE_JWT_SECRET"), VERIFY)
                            .run(Optional.of(acks)))
                    : Optional.empty();
            return new CrashReport(
                    seed,
                    recoveries,
                    load.crowd().acknowledged(),
                    load.walletFigures(),
                    load.complaints(),
                    failure,
                    verified);
        }
    }

    private Optional<Customers> customers(Api api, String tenant, Acks file, long seed)
            throws IOException, InterruptedException {
        return wallets == null
                ? Optional.empty()
                : Optional.of(Customers.of(api, tenant, file, RECOVERY, seed, wallets.players(), wallets.operations()));
    }

    private Recovery survive(Kill kill, boolean isCutShort, Load load, Gaming gaming)
            throws IOException, InterruptedException {
        if (kill.when() == When.UNDER_LOAD) {
            morePlays(load);
            LockSupport.parkNanos(kill.after().toNanos());
            await("requests in flight", POLL, () -> load.inFlight() > 0);
        } else {
            installation.launch();
            // On a busy machine the script alone takes seconds, and nobody would die.
            await(
                    "the start of " + kill.victim(),
                    POLL,
                    () -> !installation.processes(kill.victim()).isEmpty());
            LockSupport.parkNanos(kill.after().toNanos());
        }
        int inFlight = load.inFlight();
        Instant at = Instant.now();
        long killed = System.nanoTime();
        var found = new Recovery.Found(kill, at, installation.kill(kill.victim()), inFlight);
        long dead = System.nanoTime();
        if (isCutShort) {
            await("the launch to notice", POLL, () -> !installation.isLaunching());
            return Recovery.cutShort(found);
        }
        return recover(found, killed, dead, load, gaming);
    }

    private Recovery recover(Recovery.Found found, long killed, long dead, Load load, Gaming gaming)
            throws IOException, InterruptedException {
        // What was sent before may have been answered before.
        CompletableFuture<Acknowledged> play = load.crowd().next(next -> next.sentNanos() > dead);
        CompletableFuture<Acknowledged> win = load.crowd()
                .next(next -> next.sentNanos() > dead && next.credit().isPresent());
        int before = launches;
        await("a play after the death of " + found.kill().victim(), POLL, () -> isTendedAnd(play.isDone(), load));
        Duration firstPlay = Duration.ofNanos(play.join().heardNanos() - killed);
        await("a win after the death of " + found.kill().victim(), POLL, () -> isTendedAnd(win.isDone(), load));
        Credit credit = win.join().credit().orElseThrow();
        Duration firstCredit = Duration.ofNanos(gaming.awaitVisible(Api.at(installation.state()), credit) - killed);
        await(
                "all to be well after the death of " + found.kill().victim(),
                HEALTH_POLL,
                () -> isTendedAnd(installation.isWell(), load));
        Duration well = Duration.ofNanos(System.nanoTime() - killed);
        return new Recovery(found, launches - before, Optional.of(new Recovery.Times(firstPlay, firstCredit, well)));
    }

    /** Launches what does not come back by itself. */
    private boolean isTendedAnd(boolean done, Load load) throws IOException {
        if (!installation.isLaunching() && installation.needsLaunch()) {
            installation.launch();
            launches++;
        }
        if (load.isLosingPlayers()) {
            throw new IOException(
                    "a player had no answer for %d s; see %s".formatted(RECOVERY.toSeconds(), installation.logs()));
        }
        return done;
    }

    private boolean isUpAndWell() throws IOException, InterruptedException {
        return !installation.isLaunching() && !installation.needsLaunch() && installation.isWell();
    }

    private void morePlays(Load load) throws IOException, InterruptedException {
        Crowd crowd = load.crowd();
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
