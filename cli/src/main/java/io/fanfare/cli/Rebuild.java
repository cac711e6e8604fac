package io.fanfare.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanfare.cli.Generations.Progress;
import io.fanfare.events.GenerationChanged;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A rebuild as somebody sees it who asks for it, or looks on. */
final class Rebuild {

    private static final Duration LINE_EVERY = Duration.ofSeconds(5);

    private final Generations generations;
    private final PrintStream out;
    private final PrintStream err;
    private final Duration patience;
    private final Duration pause;
    private final Clock clock;

    /**
     * @param patience how long nothing may move before it is not waited for any more
     * @param pause between two looks
     */
    Rebuild(Generations generations, PrintStream out, PrintStream err, Duration patience, Duration pause, Clock clock) {
        this.generations = generations;
        this.out = out;
        this.err = err;
        this.patience = patience;
        this.pause = pause;
        this.clock = clock;
    }

    /**
     * Asks for the next generation where none is being built.
     *
     * @param anew gives up a replay that is under way; a switch is never given up
     * @return the generation that is being built
     */
    int begin(boolean anew) throws InterruptedException {
        GenerationChanged now = generations.current();
        Integer building = now.getBuilding();
        if (building != null && !(anew && !now.getSwitching())) {
            err.printf("generation %d is being built already%n", building);
            return building;
        }
        now = generations.begin(now);
        building = now.getBuilding();
        if (building == null) {
            throw new CannotDo("nothing is being built: " + now);
        }
        err.printf("generation %d is being built beside generation %d%n", building, now.getLive());
        return building;
    }

    /**
     * Waits until it is live, and says how far it is.
     *
     * @throws CannotDo where it is given up for another one, or nothing has moved for too long
     */
    void await(int building) throws InterruptedException {
        Instant nextLine = clock.instant();
        Instant lastMove = nextLine;
        @Nullable Progress before = null;
        GenerationChanged now = generations.current();
        while (now.getLive() < building) {
            Integer other = now.getBuilding();
            if (other != null && other != building) {
                throw new CannotDo("generation %d was given up for generation %d".formatted(building, other));
            }
            Progress progress = generations.progress(now);
            Instant time = clock.instant();
            boolean hasMoved = !progress.equals(before);
            lastMove = hasMoved ? time : lastMove;
            if (lastMove.plus(patience).isBefore(time)) {
                throw new CannotDo(
                        "generation %d has not moved for %d s (%s); the platform goes on with it: look at its log, and run this again to look on"
                                .formatted(building, patience.toSeconds(), progress));
            }
            boolean isNews = hasMoved && progress.switching() && (before == null || !before.switching());
            if (isNews || !time.isBefore(nextLine)) {
                err.println("  " + progress);
                nextLine = time.plus(LINE_EVERY);
            }
            before = progress;
            LockSupport.parkNanos(pause.toNanos());
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            now = generations.current();
        }
    }

    void show(boolean json) {
        GenerationChanged now = generations.current();
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
}
